package dev.aftercall.fetch.web;

import dev.aftercall.fetch.Access;
import dev.aftercall.fetch.FetchException;
import dev.aftercall.fetch.HostPattern;
import dev.aftercall.fetch.Shown;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** Whether a source may reach an address, asked anew for each redirect. */
final class Reach {
  private static final int LONGEST_URL = 8_192;

  private Reach() {}

  /** What an announcement names. */
  static void check(Access.Web access, URI at) throws FetchException {
    check(access, at, List.of());
  }

  /** Where an answer sends on to. */
  static void checkRedirect(Access.Web access, URI from, URI to) throws FetchException {
    check(access, to, access.redirectHosts());
    if ("https".equalsIgnoreCase(from.getScheme()) && !"https".equalsIgnoreCase(to.getScheme())) {
      throw Failures.notListed(Shown.of(to), "it was sent on to from https, and is not");
    }
  }

  private static void check(Access.Web access, URI at, List<HostPattern> besides)
      throws FetchException {
    String scheme = String.valueOf(at.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      throw Failures.notListed("An address of scheme '" + scheme + "'", "only https is known");
    }
    if (at.getHost() == null || at.toString().length() > LONGEST_URL) {
      throw Failures.notListed("An address", "it names no host, or is too long");
    }
    String shown = Shown.of(at);
    if (at.getRawUserInfo() != null) {
      throw Failures.notListed(shown, "it carries a user or a password");
    }
    if (scheme.equals("http") && !access.plainHttp()) {
      throw Failures.notListed(shown, "it is plain http, which anybody on the way may read");
    }
    if (!trusted(access, at) && !listed(besides, at)) {
      throw Failures.notListed(shown, "the source does not list this host and port");
    }
  }

  /** Whether the credential goes there. */
  static boolean trusted(Access.Web access, URI at) {
    return listed(access.hosts(), at);
  }

  private static boolean listed(List<HostPattern> hosts, URI at) {
    return hosts.stream().anyMatch(pattern -> pattern.matches(at));
  }
}
