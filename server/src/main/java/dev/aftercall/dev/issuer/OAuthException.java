package dev.aftercall.dev.issuer;

/** A request to the issuer that ends in an OAuth 2.0 error. */
final class OAuthException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final OAuthError error;

  OAuthException(OAuthError error, String message) {
    super(message, null, false, false);
    this.error = error;
  }

  OAuthError error() {
    return error;
  }

  /** With the number in front, as Entra writes it and client code searches for it. */
  String description() {
    return "AADSTS" + error.number() + ": " + getMessage();
  }
}
