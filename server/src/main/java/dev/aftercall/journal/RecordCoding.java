package dev.aftercall.journal;

import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.journal.Journal.Entry;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** An entry as bytes in the spool: numbers first, then each text behind its length. */
final class RecordCoding {
  private static final byte VERSION = 1;
  private static final int NUMBERS = 1 + 8 + 16 + 1 + 4 + 8 + 1 + 8;

  /** A longer text is cut: a record must fit a segment, whatever a client makes up. */
  private static final int LONGEST = 4_000;

  private RecordCoding() {}

  static byte[] encode(Entry entry) {
    Delivery delivery = entry.delivery();
    byte[][] texts = {
      bytes(entry.requestId()),
      bytes(entry.caller()),
      bytes(entry.appId()),
      bytes(entry.action()),
      bytes(entry.target()),
      bytes(entry.rule()),
      bytes(delivery.ranges().toString())
    };
    int size = NUMBERS;
    for (byte[] text : texts) {
      size += Integer.BYTES + text.length;
    }
    ByteBuffer buffer =
        ByteBuffer.allocate(size)
            .put(VERSION)
            .putLong(entry.at())
            .putLong(entry.tenant().getMostSignificantBits())
            .putLong(entry.tenant().getLeastSignificantBits())
            .put((byte) (entry.allowed() ? 1 : 0))
            .putInt(delivery.status())
            .putLong(delivery.bytes())
            .put((byte) (delivery.whole() ? 1 : 0))
            .putLong(delivery.minutes());
    for (byte[] text : texts) {
      buffer.putInt(text.length).put(text);
    }
    return buffer.array();
  }

  /**
   * Reads it back.
   *
   * @throws IllegalArgumentException when the bytes are none of ours
   */
  static Entry decode(byte[] bytes) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      if (buffer.get() != VERSION) {
        throw new IllegalArgumentException("a record of another version");
      }
      long at = buffer.getLong();
      UUID tenant = new UUID(buffer.getLong(), buffer.getLong());
      boolean allowed = buffer.get() != 0;
      int status = buffer.getInt();
      long sent = buffer.getLong();
      boolean whole = buffer.get() != 0;
      long minutes = buffer.getLong();
      return new Entry(
          at,
          text(buffer),
          tenant,
          text(buffer),
          text(buffer),
          text(buffer),
          text(buffer),
          text(buffer),
          allowed,
          new Delivery(status, sent, whole, Ranges.parse(text(buffer)), minutes));
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("a record that ends early", e);
    }
  }

  private static byte[] bytes(String text) {
    String whole = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    // PostgreSQL keeps every character but this one.
    String kept = whole.indexOf('\0') < 0 ? whole : whole.replace('\0', '\uFFFD');
    return kept.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(ByteBuffer buffer) {
    int length = buffer.getInt();
    if (length < 0 || length > buffer.remaining()) {
      throw new IllegalArgumentException("a text that is longer than its record");
    }
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
