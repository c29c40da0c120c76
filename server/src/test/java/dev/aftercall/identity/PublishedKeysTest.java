package dev.aftercall.identity;

import static dev.aftercall.identity.TestToken.AUDIENCE;
import static dev.aftercall.identity.TestToken.TENANT;
import static dev.aftercall.identity.TestToken.bearer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.aftercall.identity.AuthenticationException.Kind;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys over the wire: found, rotated, withdrawn, out of reach. */
final class PublishedKeysTest {
  private static final IssuerOptions OPTIONS = IssuerOptions.entra(Set.of(AUDIENCE));
  private static final Duration AN_INTERVAL = CachedKeys.INTERVAL.plusSeconds(1);

  private final HandClock clock = new HandClock();
  private final FakeIssuer issuer = new FakeIssuer(Keys.FIRST);
  private final Authenticator authenticator = trusting(issuer.name());

  @AfterEach
  void stop() {
    issuer.close();
  }

  private Authenticator trusting(String name) {
    return new Authenticator(List.of(TrustedIssuer.discover(name, OPTIONS)), clock);
  }

  private String token(JWK key) {
    return new TestToken(issuer.name(), clock).with("exp", Long.MAX_VALUE).signed(key);
  }

  private void admitted(String token) throws AuthenticationException {
    assertThat(authenticator.authenticate(bearer(token)).tenant()).isEqualTo(TENANT);
  }

  private static void unavailable(Authenticator authenticator, String token) {
    Refused.token(authenticator, token)
        .as(
            Kind.UNAVAILABLE,
            "KeysUnavailable",
            "The signing keys of the token's issuer are not available.");
  }

  @Test
  void eachAlgorithm() throws AuthenticationException {
    issuer.publish(Keys.FIRST, Keys.CURVE);
    admitted(token(Keys.FIRST));
    admitted(token(Keys.CURVE));
    JWSHeader pss = new JWSHeader.Builder(JWSAlgorithm.PS256).keyID("first").build();
    admitted(new TestToken(issuer.name(), clock).signed(Keys.FIRST, pss));
  }

  @Test
  void nothingIsFetchedBeforeItIsNeeded() throws AuthenticationException {
    assertThat(issuer.asked).isEmpty();
    admitted(token(Keys.FIRST));
    admitted(token(Keys.FIRST));
    assertThat(issuer.asked)
        .containsExactly("/realms/one/.well-known/openid-configuration", "/keys");
  }

  @Test
  void keysForAnotherUse() {
    issuer.publish(
        new RSAKey.Builder(Keys.FIRST).keyUse(KeyUse.ENCRYPTION).build(),
        new RSAKey.Builder(Keys.SECOND).algorithm(JWSAlgorithm.RS512).build());
    Refused.token(authenticator, token(Keys.FIRST)).asBadSignature();
    Refused.token(authenticator, token(Keys.SECOND)).asBadSignature();
  }

  @Test
  void keysNobodyUnderstandsAreLeftOut() throws AuthenticationException {
    Map<String, Object> good = Keys.FIRST.toPublicJWK().toJSONObject();
    issuer.keys =
        List.of(Map.of("kty", "new"), Map.of(), Map.of("kty", "RSA", "kid", "first"), good);
    admitted(token(Keys.FIRST));
  }

  @Test
  void shortKeysAreNoKeys() {
    // 1024 bits; signatures need not be tried, the key is passed over.
    RSAKey small =
        new RSAKey.Builder(
                Base64URL.encode(BigInteger.ONE.shiftLeft(1023).setBit(0)),
                Base64URL.encode(BigInteger.valueOf(65537)))
            .keyID("first")
            .build();
    issuer.publish(small);
    Refused.token(authenticator, token(Keys.FIRST)).asBadSignature();
  }

  @Test
  void documentOfAnotherIssuer() {
    issuer.discovery =
        Map.of("issuer", "https://evil.example", "jwks_uri", issuer.base() + "/keys");
    unavailable(authenticator, token(Keys.FIRST));
    assertThat(issuer.fetches()).isZero();
  }

  @Test
  void keysInTheClear() {
    issuer.discovery =
        Map.of("issuer", issuer.name(), "jwks_uri", "http://keys.example.invalid/keys");
    unavailable(authenticator, token(Keys.FIRST));
    issuer.discovery = Map.of("issuer", issuer.name(), "jwks_uri", "file:///etc/passwd");
    clock.advance(AN_INTERVAL);
    unavailable(authenticator, token(Keys.FIRST));
  }

  @Test
  void documentTooLarge() {
    issuer.discovery =
        Map.of(
            "issuer", issuer.name(),
            "jwks_uri", issuer.base() + "/keys",
            "pad", "x".repeat(512 * 1024));
    unavailable(authenticator, token(Keys.FIRST));
  }

  /** The timeout of an HTTP request would be satisfied by the header fields. */
  @Test
  void bodyThatNeverComes() {
    issuer.stalled = true;
    assertThatIOException()
        .isThrownBy(() -> WebDocument.fetch(issuer.base().resolve("/keys")))
        .withMessageContaining("did not answer");
  }

  @Test
  void documentsThatAreNone() {
    for (String body : List.of("", "null", "[1]", "<html>")) {
      issuer.body = Optional.of(body);
      assertThatIOException()
          .isThrownBy(() -> WebDocument.fetch(issuer.base().resolve("/keys")))
          .withMessageContaining("is not a JSON object");
    }
  }

  @Test
  void issuersNeedTls() {
    for (String name :
        List.of(
            "http://issuer.example",
            "http://localhost.evil.example",
            "http://127.0.0.1.evil.example",
            "ftp://localhost",
            "issuer.example")) {
      assertThatIllegalArgumentException()
          .as(name)
          .isThrownBy(() -> TrustedIssuer.discover(name, OPTIONS));
    }
    assertThat(TrustedIssuer.discover("https://issuer.example/", OPTIONS).name())
        .isEqualTo("https://issuer.example/");
  }

  @Test
  void rotationWithoutRestart() throws AuthenticationException {
    admitted(token(Keys.FIRST));
    issuer.publish(Keys.FIRST, Keys.SECOND);
    admitted(token(Keys.SECOND));
    admitted(token(Keys.FIRST));
    assertThat(issuer.fetches()).isEqualTo(2);
  }

  @Test
  void inventedKeysDoNotHammerTheIssuer() throws AuthenticationException {
    admitted(token(Keys.FIRST));
    for (int i = 0; i < 50; i++) {
      RSAKey invented = new RSAKey.Builder(Keys.SECOND).keyID("invented-" + i).build();
      Refused.token(authenticator, token(invented)).asBadSignature();
    }
    assertThat(issuer.fetches()).isEqualTo(2);
    admitted(token(Keys.FIRST));

    issuer.publish(Keys.FIRST, Keys.SECOND);
    Refused.token(authenticator, token(Keys.SECOND)).asBadSignature();
    clock.advance(AN_INTERVAL);
    admitted(token(Keys.SECOND));
  }

  @Test
  void withdrawnKeyEndsItsTokens() throws AuthenticationException {
    String token = token(Keys.FIRST);
    admitted(token);
    issuer.publish(Keys.SECOND);
    admitted(token); // nobody has looked yet
    admitted(token(Keys.SECOND));
    Refused.token(authenticator, token).asBadSignature();
    assertThat(authenticator.remembered()).isEqualTo(1);
  }

  @Test
  void withdrawnKeyEndsItsTokensThoughNoOtherArrives() throws AuthenticationException {
    String token = token(Keys.FIRST);
    admitted(token);
    issuer.publish(Keys.SECOND);
    clock.advance(CachedKeys.KEPT.plusMillis(1));
    Refused.token(authenticator, token).asBadSignature();
    assertThat(authenticator.remembered()).isZero();
  }

  @Test
  void exchangedKeyOfTheSameName() throws AuthenticationException {
    String token = token(Keys.FIRST);
    admitted(token);
    issuer.publish(new RSAKey.Builder(Keys.SECOND).keyID("first").build());
    clock.advance(CachedKeys.KEPT.plusMillis(1));
    Refused.token(authenticator, token).asBadSignature();
  }

  @Test
  void freshKeysWithoutWaiting() throws Exception {
    String token = token(Keys.FIRST);
    admitted(token);
    issuer.asked.clear();
    clock.advance(CachedKeys.KEPT.minus(CachedKeys.REFRESHED_AHEAD).plusSeconds(1));
    admitted(token); // from the cache, and starts a fetch beside it
    assertThat(issuer.asked.poll(10, TimeUnit.SECONDS)).endsWith("/openid-configuration");
    assertThat(issuer.asked.poll(10, TimeUnit.SECONDS)).isEqualTo("/keys");
  }

  @Test
  void outageOfTheIssuer() throws AuthenticationException {
    String token = token(Keys.FIRST);
    admitted(token);
    issuer.down = true;
    for (Duration late = Duration.ZERO;
        late.compareTo(CachedKeys.OUTAGE) < 0;
        late = late.plusHours(4)) {
      admitted(token);
      admitted(token(Keys.FIRST));
      Refused.token(authenticator, token(Keys.SECOND)).asBadSignature();
      clock.advance(Duration.ofHours(4));
    }
    clock.advance(CachedKeys.KEPT.multipliedBy(2));
    unavailable(authenticator, token);
    issuer.down = false;
    clock.advance(AN_INTERVAL);
    admitted(token);
  }

  @Test
  void outageFromTheStart() throws AuthenticationException {
    issuer.down = true;
    for (int i = 0; i < 10; i++) {
      unavailable(authenticator, token(Keys.FIRST));
    }
    // Two attempts, each retried once; then the rate limit answers.
    assertThat(issuer.asked).hasSize(4);
    issuer.down = false;
    clock.advance(AN_INTERVAL);
    admitted(token(Keys.FIRST));
  }

  @Test
  void oneIssuersOutageIsNotAnothers() throws AuthenticationException {
    try (FakeIssuer broken = new FakeIssuer(Keys.FIRST)) {
      broken.down = true;
      Authenticator both =
          new Authenticator(
              List.of(
                  TrustedIssuer.discover(broken.name(), OPTIONS),
                  TrustedIssuer.discover(issuer.name(), OPTIONS)),
              clock);
      unavailable(both, new TestToken(broken.name(), clock).signed(Keys.FIRST));
      assertThat(both.authenticate(bearer(token(Keys.FIRST))).tenant()).isEqualTo(TENANT);
    }
  }
}
