package dev.aftercall.recorder.folder;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes tar archives, also such as nobody should. */
final class Tars {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** A plain file. */
  Tars file(String name, byte[] content) {
    return member(name, '0', content.length, "").raw(content);
  }

  /** A header alone. */
  Tars member(String name, char type, long size, String link) {
    byte[] header = new byte[512];
    put(header, 0, name.length() > 100 ? name.substring(0, 100) : name);
    put(header, 100, "0000644\0");
    put(header, 124, size < 0 ? "77777777777\0" : "%011o\0".formatted(size));
    put(header, 136, "00000000000\0");
    header[156] = (byte) type;
    put(header, 157, link);
    put(header, 257, "ustar\00000");
    Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    bytes.writeBytes(header);
    return this;
  }

  /** A pax header that gives the next member another name. */
  Tars pax(String name) {
    String rest = " path=" + name + "\n";
    int length = rest.getBytes(StandardCharsets.UTF_8).length;
    int digits = String.valueOf(length + 3).length();
    byte[] record = ((length + digits) + rest).getBytes(StandardCharsets.UTF_8);
    return member("pax", 'x', record.length, "").raw(record);
  }

  /** GNU's way to give the next member another name. */
  Tars gnu(String name) {
    byte[] text = (name + "\0").getBytes(StandardCharsets.UTF_8);
    return member("././@LongLink", 'L', text.length, "").raw(text);
  }

  /** Bytes, filled up to a block. */
  Tars raw(byte[] content) {
    bytes.writeBytes(content);
    bytes.writeBytes(new byte[(512 - content.length % 512) % 512]);
    return this;
  }

  /** What was written, without an end. */
  byte[] open() {
    return bytes.toByteArray();
  }

  byte[] end() {
    bytes.writeBytes(new byte[1024]);
    return bytes.toByteArray();
  }

  private static void put(byte[] header, int at, String text) {
    byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(ascii, 0, header, at, ascii.length);
  }
}
