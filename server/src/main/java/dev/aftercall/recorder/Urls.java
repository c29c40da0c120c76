package dev.aftercall.recorder;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Addresses below a recorder's own API. */
public final class Urls {
  private Urls() {}

  /** The configured address, without a slash at its end. */
  static String base(Connection connection) {
    URI url =
        connection
            .url()
            .orElseThrow(() -> new IllegalStateException("The settings require a url here."));
    return base(url);
  }

  /** An address without a slash at its end. */
  public static String base(URI url) {
    return url.toString().replaceFirst("/+$", "");
  }

  /** One step of a path, whatever it holds. */
  public static String segment(String text) {
    // The JDK encodes forms, which differ in these two from RFC 3986.
    String encoded =
        URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("%7E", "~");
    // Dots alone would go up.
    return encoded.matches("\\.{1,2}") ? encoded.replace(".", "%2E") : encoded;
  }
}
