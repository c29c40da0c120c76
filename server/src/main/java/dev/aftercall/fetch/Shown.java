package dev.aftercall.fetch;

import java.net.URI;

/** How addresses are shown in messages: without user, query and fragment, which may authorize. */
public final class Shown {
  private static final int LONGEST = 300;

  private Shown() {}

  /** Scheme, host and path. */
  public static String of(URI url) {
    StringBuilder shown = new StringBuilder();
    shown.append(url.getScheme()).append("://").append(url.getHost());
    if (url.getPort() >= 0) {
      shown.append(':').append(url.getPort());
    }
    shown.append(url.getRawPath() == null ? "" : url.getRawPath());
    return shown.length() > LONGEST ? shown.substring(0, LONGEST) + "…" : shown.toString();
  }
}
