package dev.aftercall.fetch;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Hosts that may be reached: one by its name or address, or all below a domain.
 *
 * @param host lower case, without a closing dot; an IPv6 address stands in brackets
 * @param below whether it is a domain whose hosts are meant, itself not among them
 * @param port or -1 for the scheme's own; another port is another service and must be listed
 */
public record HostPattern(String host, boolean below, int port) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?<star>\\*\\.)?(?<host>\\[[0-9a-fA-F:.]+]|[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)"
              + "\\.?(?::(?<port>[0-9]{1,5}))?");

  /**
   * Reads {@code media.example.org}, {@code *.example.org} or either with {@code :port}.
   *
   * @throws IllegalArgumentException says what is wrong
   */
  public static HostPattern parse(String text) {
    var form = FORM.matcher(text);
    if (text.length() > 260 || !form.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no host; write media.example.org, *.example.org or either with :port");
    }
    String host = form.group("host").toLowerCase(Locale.ROOT);
    boolean below = form.group("star") != null;
    if (below && (host.indexOf('.') < 0 || host.startsWith("[") || host.matches("[0-9.]+"))) {
      throw new IllegalArgumentException(
          "'" + text + "' is too much; name a domain of two labels at least, as *.example.org");
    }
    String port = form.group("port");
    int number = port == null ? -1 : Integer.parseInt(port);
    if (number == 0 || number > 65_535) {
      throw new IllegalArgumentException("'" + text + "' has no port between 1 and 65535");
    }
    return new HostPattern(host, below, number);
  }

  /** The one host and port of an absolute http or https address. */
  public static HostPattern of(URI url) {
    int usual = "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
    return parse(url.getHost() + ":" + (url.getPort() < 0 ? usual : url.getPort()));
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return (below ? "*." : "") + host + (port < 0 ? "" : ":" + port);
  }

  /** Whether an absolute http or https address with a host leads there. */
  public boolean matches(URI url) {
    String asked = url.getHost().toLowerCase(Locale.ROOT);
    if (asked.endsWith(".")) {
      asked = asked.substring(0, asked.length() - 1);
    }
    int usual = "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
    int wanted = port < 0 ? usual : port;
    int given = url.getPort() < 0 ? usual : url.getPort();
    return wanted == given && (below ? asked.endsWith("." + host) : asked.equals(host));
  }
}
