package dev.aftercall.identity;

import static dev.aftercall.identity.TestToken.AUDIENCE;
import static dev.aftercall.identity.TestToken.bearer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.jwk.JWKSet;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What is remembered, and how long. */
final class VerifiedTokensTest {
  private static final String ISSUER = "https://issuer.example/one";

  private final HandClock clock = new HandClock();
  private final AtomicReference<JWKSet> keys =
      new AtomicReference<>(new JWKSet(Keys.FIRST.toPublicJWK()));
  private final List<TrustedIssuer> issuers =
      List.of(
          TrustedIssuer.local(ISSUER::equals, keys::get, IssuerOptions.entra(Set.of(AUDIENCE))));
  private final Authenticator authenticator =
      new Authenticator(issuers, clock, 10, Duration.ofSeconds(60));

  private String token(int lifeSeconds) {
    return new TestToken(ISSUER, clock)
        .with("exp", clock.instant().getEpochSecond() + lifeSeconds)
        .with("jti", lifeSeconds)
        .signed(Keys.FIRST);
  }

  @Test
  void secondTimeWithoutParsing() throws AuthenticationException {
    String token = token(60);
    Caller first = authenticator.authenticate(bearer(token));
    assertThat(authenticator.authenticate(bearer(token))).isSameAs(first);
    assertThat(authenticator.remembered()).isEqualTo(1);
  }

  @Test
  void untilItExpires() throws AuthenticationException {
    clock.advance(Duration.ofMillis(1));
    String token = token(60);
    Caller first = authenticator.authenticate(bearer(token));
    clock.advance(Duration.ofMillis(59_998));
    assertThat(authenticator.authenticate(bearer(token))).isSameAs(first);
    clock.advance(Duration.ofMillis(1));
    // In the leeway it is still good, though looked at anew each time.
    assertThat(authenticator.authenticate(bearer(token))).isEqualTo(first).isNotSameAs(first);
    assertThat(authenticator.remembered()).isZero();
    clock.advance(Duration.ofSeconds(60));
    Refused.token(authenticator, token)
        .as("TokenExpired", "Access token has expired or is not yet valid.");
  }

  @Test
  void eachItsOwnTime() throws AuthenticationException {
    String brief = token(10);
    String lasting = token(1000);
    authenticator.authenticate(bearer(brief));
    Caller caller = authenticator.authenticate(bearer(lasting));
    clock.advance(Duration.ofSeconds(11));
    assertThat(authenticator.authenticate(bearer(lasting))).isSameAs(caller);
    assertThat(authenticator.remembered()).isEqualTo(1);
  }

  @Test
  void endlessTokensAreAskedForOnceADay() throws AuthenticationException {
    String token = new TestToken(ISSUER, clock).with("exp", Long.MAX_VALUE).signed(Keys.FIRST);
    Caller first = authenticator.authenticate(bearer(token));
    clock.advance(Duration.ofHours(23));
    assertThat(authenticator.authenticate(bearer(token))).isSameAs(first);
    clock.advance(Duration.ofHours(1));
    assertThat(authenticator.authenticate(bearer(token))).isEqualTo(first).isNotSameAs(first);
  }

  @Test
  void refusalsAreForgotten() {
    for (int i = 0; i < 5; i++) {
      Refused.token(authenticator, token(60) + "!")
          .as("NotAToken", "CompactToken parsing failed with error code: 80049217");
      Refused.token(authenticator, token(-100 - i))
          .as("TokenExpired", "Access token has expired or is not yet valid.");
    }
    assertThat(authenticator.remembered()).isZero();
  }

  @Test
  void noMoreThanAskedFor() throws AuthenticationException {
    for (int i = 1; i <= 50; i++) {
      authenticator.authenticate(bearer(token(i)));
    }
    assertThat(authenticator.remembered()).isEqualTo(10);
    Authenticator forgetful = new Authenticator(issuers, clock, 0, Duration.ZERO);
    forgetful.authenticate(bearer(token(60)));
    assertThat(forgetful.remembered()).isZero();
  }

  @Test
  void anotherSetWithTheSameKeyChangesNothing() throws AuthenticationException {
    String token = token(60);
    Caller caller = authenticator.authenticate(bearer(token));
    keys.set(new JWKSet(List.of(Keys.SECOND, Keys.FIRST.toPublicJWK())));
    assertThat(authenticator.authenticate(bearer(token))).isSameAs(caller);
    keys.set(new JWKSet());
    Refused.token(authenticator, token).asBadSignature();
    assertThat(authenticator.remembered()).isZero();
  }

  @Test
  void leewayIsAChoice() {
    Authenticator strict = new Authenticator(issuers, clock, 10, Duration.ZERO);
    Refused.token(strict, token(0))
        .as("TokenExpired", "Access token has expired or is not yet valid.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Authenticator(issuers, clock, 10, Duration.ofSeconds(-1)));
  }
}
