package dev.aftercall.dev.issuer;

import java.net.URI;
import java.util.Locale;

/**
 * Where a sign-in may return to: an address of this machine, one that the application registered,
 * or MSAL's own scheme for the application. Anything else would make the issuer an open redirect
 * that carries codes.
 */
final class Redirects {
  private Redirects() {}

  /**
   * Checks a redirect_uri.
   *
   * @throws OAuthException when the sign-in must not return there; the answer must then not be a
   *     redirect either
   */
  static URI check(String text, DevApp app) {
    URI uri =
        Loopback.uri(text)
            .filter(any -> any.getRawFragment() == null)
            .orElseThrow(() -> refused(text, app));
    boolean loopback = Loopback.isWeb(uri) && Loopback.isLoopback(uri.getHost());
    // msal{clientId}://auth is what MSAL registers on desktops and mobiles.
    boolean own =
        uri.getScheme()
            .toLowerCase(Locale.ROOT)
            .equals("msal" + app.clientId().toLowerCase(Locale.ROOT));
    if (loopback || own || app.redirectUris().contains(text)) {
      return uri;
    }
    throw refused(text, app);
  }

  /** What a page's Content-Security-Policy must allow for a form to end at that address. */
  static String policySource(URI redirect) {
    // A policy's grammar has no IPv6 hosts (CSP Level 3, host-source): the scheme stands for them.
    return Loopback.isWeb(redirect) && !redirect.getHost().startsWith("[")
        ? Loopback.origin(redirect)
        : redirect.getScheme() + ":";
  }

  private static OAuthException refused(String text, DevApp app) {
    return new OAuthException(
        OAuthError.BAD_REDIRECT,
        ("The redirect URI '%s' specified in the request does not match the redirect URIs "
                + "configured for the application '%s'. Addresses of this machine (localhost, "
                + "127.0.0.1, [::1]) need no configuration.")
            .formatted(text, app.clientId()));
  }
}
