package dev.aftercall.journal;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * A file of records, mapped into memory: what was put into it the system keeps when the process is
 * killed. Each record is its length, its CRC-32C and its bytes; a length of 0 ends them. One thread
 * at a time appends, another reads.
 */
final class Segment {
  static final String SUFFIX = ".journal";
  static final int HEADER = 32;

  private static final byte[] MAGIC = "AFTRJRN1".getBytes(StandardCharsets.US_ASCII);
  private static final int BEFORE_RECORD = 8;
  private static final int PAGE = 4_096;

  private final Path file;
  private final UUID id;
  private final long created;
  private final MappedByteBuffer bytes;
  private volatile int end;
  private volatile boolean sealed;

  /** How far it has gone to the database; the reading thread's alone. */
  private int read = HEADER;

  private Segment(Path file, UUID id, long created, MappedByteBuffer bytes, int end) {
    this.file = file;
    this.id = id;
    this.created = created;
    this.bytes = bytes;
    this.end = end;
  }

  /** What a record holds, or why it cannot be read. */
  sealed interface Found {
    String id();

    record Good(String id, byte[] payload) implements Found {}

    record Damaged(String id, String reason, byte[] payload) implements Found {}
  }

  /**
   * Makes a file whose every block exists, so that no full disk can be met while it is written.
   *
   * @param created ticks
   */
  static Segment create(Path folder, UUID id, long created, int size) throws IOException {
    Path file = folder.resolve(id + SUFFIX);
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      ByteBuffer zeros = ByteBuffer.allocate(1 << 16);
      for (int written = 0; written < size; ) {
        zeros.clear().limit(Math.min(zeros.capacity(), size - written));
        written += channel.write(zeros);
      }
      MappedByteBuffer bytes = channel.map(MapMode.READ_WRITE, 0, size);
      bytes.putLong(8, id.getMostSignificantBits());
      bytes.putLong(16, id.getLeastSignificantBits());
      bytes.putLong(24, created);
      bytes.put(0, MAGIC);
      return new Segment(file, id, created, bytes, HEADER);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /** Opens what an ended process left; empty when it had not even begun. */
  static Optional<Segment> recover(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (channel.size() < HEADER || channel.size() > Integer.MAX_VALUE) {
        return Optional.empty();
      }
      MappedByteBuffer bytes = channel.map(MapMode.READ_WRITE, 0, channel.size());
      byte[] magic = new byte[MAGIC.length];
      bytes.get(0, magic);
      if (!Arrays.equals(magic, MAGIC)) {
        return Optional.empty();
      }
      UUID id = new UUID(bytes.getLong(8), bytes.getLong(16));
      Segment segment = new Segment(file, id, bytes.getLong(24), bytes, lastEnd(bytes));
      segment.seal();
      return Optional.of(segment);
    }
  }

  /** Behind the last record that has a length; one that was cut off within is there by its CRC. */
  private static int lastEnd(MappedByteBuffer bytes) {
    int position = HEADER;
    while (position + BEFORE_RECORD <= bytes.capacity()) {
      int length = bytes.getInt(position);
      if (length == 0) {
        break;
      }
      boolean fits = length > 0 && length <= bytes.capacity() - position - BEFORE_RECORD;
      position = fits ? position + BEFORE_RECORD + length : bytes.capacity();
    }
    return position;
  }

  /**
   * Writes to every page, so that nobody who appends waits for the system to make one writable;
   * that takes it a hundred times as long as the record.
   */
  void touch() {
    for (int i = HEADER; i < bytes.capacity(); i += PAGE) {
      bytes.put(i, (byte) 0);
    }
  }

  /** Appends a record; false when there is no room for it. */
  boolean append(byte[] payload) {
    int position = end;
    if (sealed || payload.length > bytes.capacity() - position - BEFORE_RECORD) {
      return false;
    }
    bytes.putInt(position + Integer.BYTES, crc(payload));
    bytes.put(position + BEFORE_RECORD, payload);
    // The length last: a process killed before it has written no record.
    VarHandle.releaseFence();
    bytes.putInt(position, payload.length);
    end = position + BEFORE_RECORD + payload.length;
    return true;
  }

  /** Reads on from where {@link #advance} left off. */
  List<Found> read(int most) {
    List<Found> found = new ArrayList<>();
    int position = read;
    int until = end;
    while (position < until && found.size() < most) {
      String recordId = id + "-" + position;
      int length = bytes.getInt(position);
      if (length <= 0 || length > until - position - BEFORE_RECORD) {
        byte[] rest = slice(position, until - position);
        found.add(new Found.Damaged(recordId, "its length is impossible; the rest is lost", rest));
        return found;
      }
      byte[] payload = slice(position + BEFORE_RECORD, length);
      found.add(
          crc(payload) == bytes.getInt(position + Integer.BYTES)
              ? new Found.Good(recordId, payload)
              : new Found.Damaged(recordId, "its checksum is wrong", payload));
      position += BEFORE_RECORD + length;
    }
    return found;
  }

  /** These records are safe elsewhere. */
  void advance(List<Found> done) {
    for (Found found : done) {
      switch (found) {
        case Found.Good good -> read += BEFORE_RECORD + good.payload().length;
        case Found.Damaged damaged ->
            read = Math.min(end, read + BEFORE_RECORD + damaged.payload().length);
      }
    }
  }

  /** Nothing comes to it any more. */
  void seal() {
    sealed = true;
  }

  boolean unread() {
    return read < end;
  }

  boolean finished() {
    return sealed && !unread();
  }

  boolean halfEmpty() {
    return !sealed && end < bytes.capacity() / 2;
  }

  /** Bytes that are here alone. */
  long waiting() {
    return (long) end - read;
  }

  long created() {
    return created;
  }

  /** Makes what was written outlive the machine's power too. */
  void force() {
    bytes.force(0, end);
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  private byte[] slice(int position, int length) {
    byte[] copy = new byte[length];
    bytes.get(position, copy);
    return copy;
  }

  private static int crc(byte[] payload) {
    CRC32C crc = new CRC32C();
    crc.update(payload);
    return (int) crc.getValue();
  }
}
