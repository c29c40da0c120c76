package dev.aftercall.identity;

import static dev.aftercall.identity.AuthenticationException.Kind.FORBIDDEN;
import static dev.aftercall.identity.AuthenticationException.Kind.UNAUTHENTICATED;
import static dev.aftercall.identity.AuthenticationException.Kind.UNAVAILABLE;

import java.util.Collection;

/**
 * Every refusal of this room with its words. The first three messages are verbatim those of
 * graph.microsoft.com (error table, 401), since clients and their search engines know them.
 */
final class Refusal {
  private static final String EMPTY = "Access token is empty.";
  private static final String UNPARSABLE = "CompactToken parsing failed with error code: 80049217";
  private static final String EXPIRED = "Access token has expired or is not yet valid.";
  private static final String FAILURE = "Access token validation failure. ";
  private static final int QUOTE = 200;

  private Refusal() {}

  static AuthenticationException noToken() {
    return unauthenticated("TokenMissing", EMPTY, "Send the header Authorization: Bearer {token}.");
  }

  static AuthenticationException wrongScheme() {
    return unauthenticated(
        "WrongScheme",
        EMPTY,
        "Only the scheme Bearer is understood: Authorization: Bearer {token}.");
  }

  static AuthenticationException tooLong(int limit) {
    return unauthenticated(
        "TokenTooLong", UNPARSABLE, "Send a token of at most " + limit + " characters.");
  }

  static AuthenticationException notAToken() {
    return unauthenticated(
        "NotAToken",
        UNPARSABLE,
        "Send one signed JSON web token in compact form: three base64url parts with dots between.");
  }

  static AuthenticationException badSignature(String remedy) {
    return unauthenticated("BadSignature", FAILURE + "Invalid signature.", remedy);
  }

  static AuthenticationException unknownIssuer(String issuer) {
    return unauthenticated(
        "UnknownIssuer",
        FAILURE + "Invalid issuer.",
        "Trust the issuer '"
            + quote(issuer)
            + "' in the settings, or use a token of a trusted one.");
  }

  static AuthenticationException wrongAudience(Collection<String> wanted) {
    return unauthenticated(
        "WrongAudience",
        FAILURE + "Invalid audience.",
        "Ask the issuer for a token with one of the audiences " + wanted + ".");
  }

  static AuthenticationException expired() {
    return unauthenticated("TokenExpired", EXPIRED, "Get a fresh token from the issuer.");
  }

  static AuthenticationException notYetValid() {
    return unauthenticated(
        "TokenNotYetValid", EXPIRED, "Wait until the token's nbf, or set the clocks right.");
  }

  static AuthenticationException notAnAccessToken() {
    return unauthenticated(
        "NotAnAccessToken",
        FAILURE + "The token is not an access token.",
        "Send the access token, not the ID or refresh token that came with it.");
  }

  static AuthenticationException missingClaim(String rule, String claim) {
    return unauthenticated(
        rule,
        FAILURE + "The claim '" + claim + "' is missing.",
        "Have the issuer put '"
            + claim
            + "' into the token, or name another claim in the settings.");
  }

  static AuthenticationException malformedClaim(String claim, String wanted) {
    return unauthenticated(
        "MalformedClaim",
        FAILURE + "The claim '" + claim + "' is malformed.",
        "The claim '" + claim + "' has to be " + wanted + ".");
  }

  static AuthenticationException wrongTenant(String claim) {
    return unauthenticated(
        "WrongTenant",
        FAILURE + "The claim '" + claim + "' contradicts the issuer.",
        "The issuer may only speak for its own tenant; check which tenant it is configured for.");
  }

  static AuthenticationException unknownKindOfCaller() {
    return unauthenticated(
        "UnknownCallerKind",
        FAILURE + "The token tells neither a user nor an application.",
        "Add the optional claim idtyp, or set the mark that tells applications of this issuer.");
  }

  static AuthenticationException personalAccount() {
    return new AuthenticationException(
        FORBIDDEN,
        "PersonalAccount",
        "Personal Microsoft accounts are not supported.",
        "Sign in with a work or school account.");
  }

  static AuthenticationException deactivated() {
    return unauthenticated(
        "AccountDeactivated",
        FAILURE + "The account is disabled.",
        "The directory has deactivated this person; ask an administrator to activate them again.");
  }

  static AuthenticationException keysUnavailable(String issuer) {
    return new AuthenticationException(
        UNAVAILABLE,
        "KeysUnavailable",
        "The signing keys of the token's issuer are not available.",
        "Try again; if it lasts, see whether the server reaches " + quote(issuer) + ".");
  }

  private static AuthenticationException unauthenticated(
      String rule, String message, String remedy) {
    return new AuthenticationException(UNAUTHENTICATED, rule, message, remedy);
  }

  /** What a stranger wrote, short and printable, so that it cannot forge lines of a log. */
  private static String quote(String text) {
    String head = text.length() > QUOTE ? text.substring(0, QUOTE) : text;
    return head.replaceAll("[^\\x20-\\x7e]", "?");
  }
}
