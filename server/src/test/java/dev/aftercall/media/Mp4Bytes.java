package dev.aftercall.media;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes the few boxes that the samples do not have. */
final class Mp4Bytes {
  private Mp4Bytes() {}

  static byte[] join(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static byte[] box(String type, byte[]... parts) {
    byte[] body = join(parts);
    return join(ints(8 + body.length), type.getBytes(StandardCharsets.ISO_8859_1), body);
  }

  /** A box header that claims whatever the test wants. */
  static byte[] header(long size, String type) {
    return join(ints((int) size), type.getBytes(StandardCharsets.ISO_8859_1));
  }

  static byte[] ints(int... values) {
    var buffer = ByteBuffer.allocate(4 * values.length);
    for (int value : values) {
      buffer.putInt(value);
    }
    return buffer.array();
  }

  static byte[] longs(long... values) {
    var buffer = ByteBuffer.allocate(8 * values.length);
    for (long value : values) {
      buffer.putLong(value);
    }
    return buffer.array();
  }

  static byte[] ftyp() {
    return box("ftyp", "isom".getBytes(StandardCharsets.ISO_8859_1), ints(512));
  }

  static byte[] mdat() {
    return box("mdat", new byte[32]);
  }

  static byte[] mvhd(int timescale, int duration) {
    return box("mvhd", ints(0, 0, 0, timescale, duration), new byte[80]);
  }

  static byte[] trak(int id, String handler, byte[] mdhd) {
    return box(
        "trak",
        box("tkhd", ints(3, 0, 0, id, 0, 0), new byte[60]),
        box("mdia", mdhd, box("hdlr", ints(0, 0), handler.getBytes(StandardCharsets.ISO_8859_1))));
  }

  static byte[] mdhd(int timescale, int duration) {
    return box("mdhd", ints(0, 0, 0, timescale, duration, 0));
  }

  /** A fragment of {@code count} samples, {@code each} ticks long, without a tfdt. */
  static byte[] moof(int track, int count, int each) {
    return box(
        "moof",
        box("mfhd", ints(0, 1)),
        box("traf", box("tfhd", ints(0x8, track, each)), box("trun", ints(0, count))));
  }
}
