package dev.aftercall.dev.issuer;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Tells addresses of this machine from all others, without asking any name server. */
final class Loopback {
  private Loopback() {}

  /** The text as a URI with a scheme; empty when it is none. */
  static Optional<URI> uri(String text) {
    try {
      URI uri = new URI(text);
      return uri.isAbsolute() ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Whether it is http or https with a plain host: no user information that imitates one. */
  static boolean isWeb(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    return (scheme.equals("http") || scheme.equals("https"))
        && uri.getHost() != null
        && uri.getRawUserInfo() == null;
  }

  static boolean isLoopback(String host) {
    String bare = host.replace("[", "").replace("]", "");
    if (bare.equalsIgnoreCase("localhost")
        || bare.toLowerCase(Locale.ROOT).endsWith(".localhost")) {
      return true; // RFC 6761, section 6.3
    }
    try {
      return InetAddress.ofLiteral(bare).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** {@code https://host:port} of a web address, as browsers write it in Origin. */
  static String origin(URI uri) {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return (uri.getScheme() + "://" + uri.getHost() + port).toLowerCase(Locale.ROOT);
  }
}
