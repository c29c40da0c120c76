package dev.aftercall.http;

import java.nio.charset.StandardCharsets;

/**
 * A file name as RFC 6266 and RFC 8187 want it: a plain ASCII one for everybody and the full one
 * beside it. {@code inline}, so that a browser plays the recording; the name counts when it is
 * saved.
 */
final class ContentDisposition {
  private static final String UNRESERVED = "!#$&+-.^_`|~";
  private static final int LONGEST = 180;

  private ContentDisposition() {}

  static String inline(String fileName) {
    String name = shortened(fileName);
    StringBuilder plain = new StringBuilder();
    name.codePoints()
        .forEach(
            c -> plain.append(c >= 0x20 && c < 0x7f && "\"\\/%;".indexOf(c) < 0 ? (char) c : '_'));
    return "inline; filename=\"" + plain + "\"; filename*=UTF-8''" + extended(name);
  }

  private static String shortened(String name) {
    if (name.length() <= LONGEST) {
      return name;
    }
    boolean splits = Character.isHighSurrogate(name.charAt(LONGEST - 1));
    return name.substring(0, splits ? LONGEST - 1 : LONGEST);
  }

  private static String extended(String name) {
    StringBuilder text = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= '0' && c <= '9')
              || (c >= 'A' && c <= 'Z')
              || (c >= 'a' && c <= 'z')
              || UNRESERVED.indexOf(c) >= 0;
      if (plain) {
        text.append(c);
      } else {
        text.append('%').append(String.format("%02X", (int) c));
      }
    }
    return text.toString();
  }
}
