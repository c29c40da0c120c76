package dev.aftercall.http;

import dev.aftercall.config.CidrRange;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The address a client used, for the links it gets back: the configured one, else what a trusted
 * proxy forwards, else the Host field.
 */
final class PublicAddress {
  private static final Pattern AUTHORITY =
      Pattern.compile("(?:[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]{1,5})?");

  private final Optional<String> configured;
  private final List<CidrRange> trustedProxies;

  PublicAddress(Optional<String> configured, List<CidrRange> trustedProxies) {
    this.configured = configured;
    this.trustedProxies = List.copyOf(trustedProxies);
  }

  /**
   * Scheme and authority without a slash at the end.
   *
   * @param scheme of the connection itself
   * @param host the Host field
   * @param fallback the authority we listen at, for clients that send no usable Host
   */
  String base(String scheme, Optional<String> host, String fallback, String peer, Headers headers) {
    if (configured.isPresent()) {
      return configured.get();
    }
    String usedScheme = scheme;
    Optional<String> authority = host;
    if (trusts(peer)) {
      usedScheme =
          forwarded(headers, "proto", "X-Forwarded-Proto")
              .map(word -> word.toLowerCase(Locale.ROOT))
              .filter(word -> word.equals("http") || word.equals("https"))
              .orElse(scheme);
      authority = forwarded(headers, "host", "X-Forwarded-Host").or(() -> host);
      Optional<String> port = forwarded(headers, "port", "X-Forwarded-Port");
      String standard = usedScheme.equals("https") ? "443" : "80";
      authority = authority.map(name -> withPort(name, port.filter(it -> !it.equals(standard))));
    }
    String name = authority.filter(text -> AUTHORITY.matcher(text).matches()).orElse(fallback);
    return usedScheme + "://" + name;
  }

  private static String withPort(String authority, Optional<String> port) {
    boolean hasPort = authority.lastIndexOf(':') > authority.lastIndexOf(']');
    return hasPort || port.isEmpty() ? authority : authority + ":" + port.get();
  }

  private boolean trusts(String peer) {
    if (trustedProxies.isEmpty()) {
      return false;
    }
    try {
      InetAddress address = InetAddress.ofLiteral(peer);
      return trustedProxies.stream().anyMatch(range -> range.contains(address));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The first value of RFC 7239's Forwarded, else of its older cousin. */
  private static Optional<String> forwarded(Headers headers, String parameter, String older) {
    return headers
        .get("Forwarded")
        .flatMap(field -> parameter(field, parameter))
        .or(() -> headers.get(older).map(field -> field.split(",", 2)[0].strip()));
  }

  private static Optional<String> parameter(String field, String name) {
    for (String pair : field.split(",", 2)[0].split(";", -1)) {
      String[] parts = pair.strip().split("=", 2);
      if (parts.length == 2 && parts[0].strip().equalsIgnoreCase(name)) {
        return Optional.of(parts[1].strip().replace("\"", ""));
      }
    }
    return Optional.empty();
  }
}
