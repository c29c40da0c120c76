package dev.aftercall.identity;

import static dev.aftercall.identity.TestToken.AUDIENCE;
import static dev.aftercall.identity.TestToken.USER;
import static dev.aftercall.identity.TestToken.bearer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** No altered token and no rubbish gets in, or out of the room as anything but a refusal. */
final class AlterationTest {
  private static final String ISSUER = "https://issuer.example/one";
  private static final String OTHERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.+/= \t\0é\"";

  private final Random random = new Random(20261123);
  private final HandClock clock = new HandClock();
  private final JWKSet keys = new JWKSet(List.of(Keys.FIRST, Keys.CURVE)).toPublicJWKSet();
  private final Authenticator authenticator =
      new Authenticator(
          List.of(
              TrustedIssuer.local(
                  ISSUER::equals, () -> keys, IssuerOptions.entra(Set.of(AUDIENCE)))),
          clock);

  private void refused(Optional<String> header) {
    assertThatExceptionOfType(AuthenticationException.class)
        .as("%s", header)
        .isThrownBy(() -> authenticator.authenticate(header));
  }

  @Test
  void everyCharacterCounts() throws AuthenticationException {
    for (JWK key : List.of(Keys.FIRST, Keys.CURVE)) {
      String token = new TestToken(ISSUER, clock).signed(key);
      Caller.User user = (Caller.User) authenticator.authenticate(bearer(token));
      assertThat(user.oid()).isEqualTo(USER);
      for (int at = 0; at < token.length(); at++) {
        StringBuilder altered = new StringBuilder(token);
        char other;
        do {
          other = OTHERS.charAt(random.nextInt(OTHERS.length()));
        } while (other == token.charAt(at)
            || (at == token.length() - 1 && Character.isWhitespace(other)));
        altered.setCharAt(at, other);
        refused(bearer(altered.toString()));
        refused(bearer(token.substring(0, at)));
      }
    }
  }

  /** The last character of a signature has spare bits that decode to nothing. */
  @Test
  void noSecondSpelling() {
    String token = new TestToken(ISSUER, clock).signed(Keys.FIRST);
    String start = token.substring(0, token.length() - 1);
    for (int i = 0; i < OTHERS.length(); i++) {
      char last = OTHERS.charAt(i);
      if (last != token.charAt(token.length() - 1) && !Character.isWhitespace(last)) {
        refused(bearer(start + last));
      }
    }
    refused(bearer(token + "="));
    refused(bearer(token + "A"));
  }

  @Test
  void rubbish() {
    for (int round = 0; round < 2000; round++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      refused(bearer(new String(bytes, StandardCharsets.ISO_8859_1)));
      StringBuilder shaped = new StringBuilder();
      for (int part = 0; part < 3; part++) {
        shaped
            .append(part == 0 ? "" : ".")
            .append(
                Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(rubbishJson().getBytes(StandardCharsets.UTF_8)));
      }
      refused(bearer(shaped.toString()));
    }
  }

  private String rubbishJson() {
    List<String> bits =
        List.of("{", "}", "[", "]", ":", ",", "\"alg\"", "\"RS256\"", "\"kid\"", "null", "1e999");
    StringBuilder json = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      json.append(bits.get(random.nextInt(bits.size())));
    }
    return json.toString();
  }

  /** What signs correctly may still be shaped to hurt. */
  @Test
  void claimsOfOddTypes() {
    List<Object> odd = List.of(1, true, List.of(), List.of(1), Map.of("a", 1), "", " ");
    for (String claim : List.of("iss", "aud", "exp", "tid", "azp", "oid")) {
      for (Object value : odd) {
        refused(bearer(new TestToken(ISSUER, clock).with(claim, value).signed(Keys.FIRST)));
      }
    }
  }
}
