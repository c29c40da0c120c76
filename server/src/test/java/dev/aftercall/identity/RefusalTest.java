package dev.aftercall.identity;

import static com.nimbusds.jose.JWSAlgorithm.RS256;
import static dev.aftercall.identity.TestToken.APP;
import static dev.aftercall.identity.TestToken.AUDIENCE;
import static dev.aftercall.identity.TestToken.TENANT;
import static dev.aftercall.identity.TestToken.bearer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import dev.aftercall.identity.AuthenticationException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way to be turned away that needs no network. */
final class RefusalTest {
  private static final String ISSUER = "https://issuer.example/one";
  private static final String UNPARSABLE = "CompactToken parsing failed with error code: 80049217";
  private static final String EXPIRED = "Access token has expired or is not yet valid.";

  private final HandClock clock = new HandClock();
  private final JWKSet keys =
      new JWKSet(List.of(Keys.FIRST, Keys.CURVE, Keys.BIG_CURVE)).toPublicJWKSet();
  private final Authenticator authenticator =
      new Authenticator(
          List.of(
              TrustedIssuer.local(
                  ISSUER::equals, () -> keys, IssuerOptions.entra(Set.of(AUDIENCE)))),
          clock);

  private TestToken token() {
    return new TestToken(ISSUER, clock);
  }

  private Refused refused(TestToken token) {
    return Refused.token(authenticator, token.signed(Keys.FIRST));
  }

  private Refused refused(String token) {
    return Refused.token(authenticator, token);
  }

  private void admitted(TestToken token) throws AuthenticationException {
    assertThat(authenticator.authenticate(bearer(token.signed(Keys.FIRST))).tenant())
        .isEqualTo(TENANT);
  }

  @Test
  void noTokenAtAll() {
    for (String header : List.of("", "   ", "Bearer", "bearer  ")) {
      Refused.header(authenticator, Optional.of(header))
          .as("TokenMissing", "Access token is empty.");
    }
    Refused.header(authenticator, Optional.empty()).as("TokenMissing", "Access token is empty.");
  }

  @Test
  void onlyBearer() throws AuthenticationException {
    for (String header : List.of("Basic dTpw", "BearerToken x", token().signed(Keys.FIRST))) {
      Refused.header(authenticator, Optional.of(header))
          .as("WrongScheme", "Access token is empty.");
    }
    String lower = "bEARER  " + token().signed(Keys.FIRST) + " ";
    assertThat(authenticator.authenticate(Optional.of(lower)).appId()).isEqualTo(APP);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "a.b", "a.b.c", "..", "e30.e30.", "a.b.c.d.e", "....", "bnVsbA.bnVsbA.YQ"})
  void notAToken(String text) {
    refused(text).as("NotAToken", UNPARSABLE);
  }

  @Test
  void twoTokens() {
    String token = token().signed(Keys.FIRST);
    refused(token + ", Bearer " + token).as("NotAToken", UNPARSABLE);
    refused(token + " " + token).as("NotAToken", UNPARSABLE);
  }

  @Test
  void deepNestingIsNoStackOverflow() {
    String nested = Base64URL.encode("[".repeat(9000)).toString();
    refused(nested + ".e30.YQ").as("NotAToken", UNPARSABLE);
  }

  @Test
  void tooLong() {
    refused("a".repeat(BearerToken.MAX_LENGTH + 1)).as("TokenTooLong", UNPARSABLE);
    refused(token().with("pad", "x".repeat(13_000)).signed(Keys.FIRST))
        .as("TokenTooLong", UNPARSABLE);
  }

  @Test
  void encrypted() throws Exception {
    JWEObject jwe =
        new JWEObject(new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A256GCM), token().payload());
    jwe.encrypt(new DirectEncrypter(new byte[32]));
    refused(jwe.serialize()).as("NotAToken", UNPARSABLE);
  }

  @Test
  void unsigned() {
    String payload = token().payload().toBase64URL().toString();
    String none = Base64URL.encode("{\"alg\":\"none\",\"kid\":\"first\"}").toString();
    refused(none + "." + payload + ".").asBadSignature();
    String rs256 = Base64URL.encode("{\"alg\":\"RS256\",\"kid\":\"first\"}").toString();
    refused(rs256 + "." + payload + ".").as("NotAToken", UNPARSABLE);
    String mixed = Base64URL.encode("{\"alg\":\"nOnE\",\"kid\":\"first\"}").toString();
    refused(mixed + "." + payload + ".YQ").asBadSignature();
  }

  @Test
  void macWithThePublicKey() throws Exception {
    for (byte[] secret :
        List.of(
            Keys.FIRST.toPublicKey().getEncoded(),
            Keys.FIRST.toPublicJWK().toJSONString().getBytes(UTF_8))) {
      JWSObject object =
          new JWSObject(
              new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(), token().payload());
      object.sign(new MACSigner(secret));
      refused(object.serialize()).asBadSignature();
    }
  }

  @Test
  void otherAlgorithms() throws Exception {
    for (JWSAlgorithm other : List.of(JWSAlgorithm.RS384, JWSAlgorithm.RS512, JWSAlgorithm.PS512)) {
      JWSObject object =
          new JWSObject(new JWSHeader.Builder(other).keyID("first").build(), token().payload());
      object.sign(new RSASSASigner(Keys.FIRST));
      refused(object.serialize()).asBadSignature();
    }
    JWSHeader es384 = new JWSHeader.Builder(JWSAlgorithm.ES384).keyID("big-curve").build();
    refused(token().signed(Keys.BIG_CURVE, es384)).asBadSignature();
  }

  @Test
  void keyAndAlgorithmOfDifferentKinds() throws Exception {
    JWSHeader header = new JWSHeader.Builder(RS256).keyID("curve").build();
    refused(token().signed(Keys.FIRST, header)).asBadSignature();
    JWSHeader curve = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("big-curve").build();
    refused(token().signed(Keys.CURVE, curve)).asBadSignature();
  }

  @Test
  void unknownMissingOrStolenKid() {
    refused(token().signed(Keys.SECOND)).asBadSignature();
    refused(token().signed(Keys.FIRST, new JWSHeader(RS256))).asBadSignature();
    JWSHeader stolen = new JWSHeader.Builder(RS256).keyID("first").build();
    refused(token().signed(Keys.SECOND, stolen)).asBadSignature();
  }

  @Test
  void keysInTheHeaderAreNotBelieved() {
    JWSHeader own =
        new JWSHeader.Builder(RS256).keyID("second").jwk(Keys.SECOND.toPublicJWK()).build();
    refused(token().signed(Keys.SECOND, own)).asBadSignature();
  }

  @Test
  void criticalExtensions() {
    JWSHeader critical =
        new JWSHeader.Builder(RS256)
            .keyID("first")
            .criticalParams(Set.of("exp"))
            .customParam("exp", 1)
            .build();
    refused(token().signed(Keys.FIRST, critical)).asBadSignature();
  }

  @Test
  void twiceTheSameMember() throws Exception {
    Base64URL header = Base64URL.encode("{\"alg\":\"RS256\",\"kid\":\"first\"}");
    String json = token().payload().toString();
    Base64URL payload = Base64URL.encode(json.replaceFirst("^\\{", "{\"tid\":\"x\","));
    Base64URL signature =
        new RSASSASigner(Keys.FIRST)
            .sign(new JWSHeader(RS256), (header + "." + payload).getBytes(UTF_8));
    refused(header + "." + payload + "." + signature).as("NotAToken", UNPARSABLE);
  }

  @Test
  void otherTypesOfSignedStatements() {
    String text = "Access token validation failure. The token is not an access token.";
    JWSHeader header =
        new JWSHeader.Builder(RS256).keyID("first").type(new JOSEObjectType("logout+jwt")).build();
    refused(token().signed(Keys.FIRST, header)).as("NotAnAccessToken", text);
    refused(token().with("typ", "ID")).as("NotAnAccessToken", text);
    refused(token().with("at_hash", "abc")).as("NotAnAccessToken", text);
  }

  @Test
  void expired() throws AuthenticationException {
    TestToken token = token();
    clock.advance(Duration.ofSeconds(3659)); // exp and all but one second of the leeway
    admitted(token);
    clock.advance(Duration.ofSeconds(1));
    refused(token).as("TokenExpired", EXPIRED);
  }

  @Test
  void notYetValid() throws AuthenticationException {
    long now = clock.instant().getEpochSecond();
    admitted(token().with("nbf", now + 60));
    refused(token().with("nbf", now + 61)).as("TokenNotYetValid", EXPIRED);
    refused(token().with("nbf", "soon"))
        .as("MalformedClaim", "Access token validation failure. The claim 'nbf' is malformed.");
  }

  @Test
  void withoutEnd() {
    String text = "Access token validation failure. The claim 'exp' is missing.";
    refused(token().without("exp")).as("MissingExpiry", text);
    refused(token().with("exp", "9999999999")).as("MissingExpiry", text);
    refused(token().with("exp", Long.MIN_VALUE)).as("TokenExpired", EXPIRED);
  }

  @Test
  void farAwayEndIsNoOverflow() throws AuthenticationException {
    admitted(token().with("exp", Long.MAX_VALUE));
    admitted(token().with("exp", 9_999_999_999_999L));
  }

  @Test
  void issuer() {
    refused(token().with("iss", ISSUER + "/"))
        .as("UnknownIssuer", "Access token validation failure. Invalid issuer.");
    refused(token().without("iss"))
        .as("MissingIssuer", "Access token validation failure. The claim 'iss' is missing.");
  }

  @Test
  void audience() throws AuthenticationException {
    String text = "Access token validation failure. Invalid audience.";
    refused(token().with("aud", "https://graph.microsoft.us")).as("WrongAudience", text);
    refused(token().with("aud", AUDIENCE + "//")).as("WrongAudience", text);
    refused(token().with("aud", AUDIENCE.toUpperCase(Locale.ROOT))).as("WrongAudience", text);
    refused(token().with("aud", "x " + AUDIENCE)).as("WrongAudience", text);
    refused(token().without("aud")).as("WrongAudience", text);
    admitted(token().with("aud", AUDIENCE + "/"));
    admitted(token().with("aud", List.of("other", AUDIENCE)));
  }

  @Test
  void missingFacts() {
    String text = "Access token validation failure. The claim '%s' is missing.";
    refused(token().without("tid")).as("MissingTenant", text.formatted("tid"));
    refused(token().without("oid")).as("MissingUser", text.formatted("oid"));
    refused(token().without("azp")).as("MissingApplication", text.formatted("appid"));
    for (String tenant : List.of("example.org", "1-1-1-1-1", TENANT + "0")) {
      refused(token().with("tid", tenant))
          .as("MalformedClaim", "Access token validation failure. The claim 'tid' is malformed.");
    }
  }

  @Test
  void neitherUserNorApplication() {
    String text =
        "Access token validation failure. The token tells neither a user nor an application.";
    refused(token().without("scp")).as("UnknownCallerKind", text);
    refused(token().without("scp").with("roles", List.of("a"))).as("UnknownCallerKind", text);
    refused(token().with("idtyp", "device")).as("UnknownCallerKind", text);
  }

  @Test
  void personalAccounts() {
    String text = "Personal Microsoft accounts are not supported.";
    for (TestToken personal :
        List.of(
            token().with("tid", CallerReader.PERSONAL),
            token().with("idp", "live.com"),
            token().with("idp", "https://sts.windows.net/" + CallerReader.PERSONAL + "/"))) {
      refused(personal).as(Kind.FORBIDDEN, "PersonalAccount", text);
    }
  }
}
