package dev.aftercall.dev.tls;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The names a server certificate speaks for, in one spelling each, so that those asked for can be
 * compared with those of a certificate at hand.
 */
record Names(Set<String> dns, Set<InetAddress> addresses) {
  /** RFC 5280 GeneralName tags. */
  private static final int DNS = 2;

  private static final int ADDRESS = 7;
  private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
  private static final Pattern HOST = Pattern.compile("(\\*\\.)?" + LABEL + "(\\." + LABEL + ")*");

  /**
   * What every development certificate speaks for, and more.
   *
   * @param extra host names or literal addresses
   * @throws IllegalArgumentException when one of them is neither
   */
  static Names withLoopback(Collection<String> extra) {
    Names names = empty();
    List.of("localhost", "127.0.0.1", "::1").forEach(names::add);
    extra.forEach(names::add);
    return names;
  }

  /** The subject alternative names of a certificate. */
  static Names of(X509Certificate certificate) throws CertificateParsingException {
    Names names = empty();
    Collection<List<?>> all = certificate.getSubjectAlternativeNames();
    for (List<?> name : all == null ? List.<List<?>>of() : all) {
      if (name.get(0) instanceof Integer tag && (tag == DNS || tag == ADDRESS)) {
        names.add(String.valueOf(name.get(1)));
      }
    }
    return names;
  }

  private static Names empty() {
    return new Names(
        new TreeSet<>(), new TreeSet<>((a, b) -> a.getHostAddress().compareTo(b.getHostAddress())));
  }

  private void add(String name) {
    String bare =
        name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    if (bare.contains(":") || bare.matches("[0-9.]+")) {
      addresses.add(InetAddress.ofLiteral(bare));
      return;
    }
    String host = bare.toLowerCase(Locale.ROOT);
    if (host.length() > 253 || !HOST.matcher(host).matches()) {
      throw new IllegalArgumentException(
          "'" + name + "' is neither a host name nor an IP address to put into a certificate.");
    }
    dns.add(host);
  }
}
