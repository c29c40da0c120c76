package dev.aftercall.identity;

import static dev.aftercall.identity.TestToken.bearer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.aftercall.identity.AuthenticationException.Kind;
import java.util.Optional;

/** What a test expects of a refusal. */
final class Refused {
  private final AuthenticationException refusal;

  private Refused(AuthenticationException refusal) {
    this.refusal = refusal;
    assertThat(refusal.remedy()).endsWith(".").hasSizeGreaterThan(20);
  }

  static Refused token(Authenticator authenticator, String token) {
    return header(authenticator, bearer(token));
  }

  static Refused header(Authenticator authenticator, Optional<String> header) {
    return new Refused(
        catchThrowableOfType(
            AuthenticationException.class, () -> authenticator.authenticate(header)));
  }

  void as(Kind kind, String rule, String text) {
    assertThat(refusal.rule()).isEqualTo(rule);
    assertThat(refusal.text()).isEqualTo(text);
    assertThat(refusal.kind()).isEqualTo(kind);
  }

  void as(String rule, String text) {
    as(Kind.UNAUTHENTICATED, rule, text);
  }

  void asBadSignature() {
    as("BadSignature", "Access token validation failure. Invalid signature.");
  }
}
