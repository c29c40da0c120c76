package dev.aftercall.recorder;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding (RFC 3986, 2.1), read as people and shells write it. */
final class PercentEncoding {
  private PercentEncoding() {}

  /** Decodes as UTF-8. A percent sign that begins no byte stays, and a plus sign is one. */
  static String decode(String encoded) {
    if (encoded.indexOf('%') < 0) {
      return encoded;
    }
    byte[] from = encoded.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream into = new ByteArrayOutputStream(from.length);
    for (int i = 0; i < from.length; i++) {
      if (from[i] == '%' && digit(from, i + 1) && digit(from, i + 2)) {
        into.write(HexFormat.fromHexDigit(from[i + 1]) << 4 | HexFormat.fromHexDigit(from[i + 2]));
        i += 2;
      } else {
        into.write(from[i]);
      }
    }
    return into.toString(StandardCharsets.UTF_8);
  }

  private static boolean digit(byte[] bytes, int at) {
    return at < bytes.length && HexFormat.isHexDigit(bytes[at]);
  }
}
