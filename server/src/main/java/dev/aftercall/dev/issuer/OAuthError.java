package dev.aftercall.dev.issuer;

/**
 * The errors of the issuer: Entra's AADSTS number, the OAuth 2.0 word and the HTTP status it goes
 * with. Numbers and meanings:
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
enum OAuthError {
  MISSING_PARAMETER(900144, "invalid_request", 400),
  REPEATED_PARAMETER(90013, "invalid_request", 400),
  MALFORMED_REQUEST(90013, "invalid_request", 400),
  TOO_LARGE(90013, "invalid_request", 413),
  TENANT_NOT_FOUND(90002, "invalid_request", 400),
  UNKNOWN_APP(700016, "unauthorized_client", 400),
  WRONG_SECRET(7000215, "invalid_client", 401),
  NO_PROOF(7000218, "invalid_client", 401),
  BAD_ASSERTION(700027, "invalid_client", 401),
  UNSUPPORTED_GRANT(70003, "unsupported_grant_type", 400),
  UNSUPPORTED_RESPONSE(700054, "unsupported_response_type", 400),
  BAD_SCOPE(70011, "invalid_scope", 400),
  SCOPE_NOT_DEFAULT(1002012, "invalid_scope", 400),
  UNKNOWN_RESOURCE(500011, "invalid_resource", 400),
  BAD_REDIRECT(50011, "invalid_request", 400),
  UNKNOWN_USER(50034, "invalid_grant", 400),
  WRONG_PASSWORD(50126, "invalid_grant", 400),
  SIGN_IN_NEEDED(50058, "login_required", 400),
  DECLINED(65004, "access_denied", 400),
  BAD_GRANT(70000, "invalid_grant", 400),
  CODE_EXPIRED(70008, "invalid_grant", 400),
  CODE_REDEEMED(54005, "invalid_grant", 400),
  PROOF_KEY_MISMATCH(501481, "invalid_grant", 400),
  USER_ASSERTION_INVALID(50013, "invalid_grant", 400),
  USER_ASSERTION_NOT_FOR_APP(500131, "invalid_grant", 400),
  DEVICE_PENDING(70016, "authorization_pending", 400),
  DEVICE_TOO_FAST(70016, "slow_down", 400),
  DEVICE_DECLINED(70018, "authorization_declined", 400),
  DEVICE_UNKNOWN(70019, "bad_verification_code", 400),
  DEVICE_EXPIRED(70020, "expired_token", 400);

  private final int number;
  private final String word;
  private final int status;

  OAuthError(int number, String word, int status) {
    this.number = number;
    this.word = word;
    this.status = status;
  }

  int number() {
    return number;
  }

  String word() {
    return word;
  }

  int status() {
    return status;
  }
}
