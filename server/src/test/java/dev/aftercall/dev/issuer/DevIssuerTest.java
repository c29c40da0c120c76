package dev.aftercall.dev.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.aftercall.http.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Discovery, keys, minted tokens and who may read what. */
class DevIssuerTest extends IssuerCalls {
  @Test
  void discovery_follows_the_address_the_client_used() throws Exception {
    JsonNode metadata = json(get("/common/v2.0/.well-known/openid-configuration", ""));
    assertThat(metadata.path("issuer").asText()).isEqualTo(BASE + "/" + Demo.TENANT + "/v2.0");
    assertThat(metadata.path("token_endpoint").asText())
        .isEqualTo(BASE + "/common/oauth2/v2.0/token");
    for (String name : List.of("jwks_uri", "authorization_endpoint", "token_endpoint")) {
      String path = metadata.path(name).asText().substring(BASE.length());
      String method = name.equals("token_endpoint") ? "POST" : "GET";
      assertThat(call(method, path, "", Map.of(), new byte[0]).status()).isNotEqualTo(404);
    }
    JsonNode keys = json(get("/common/discovery/keys", ""));
    assertThat(keys.path("keys").path(0).path("kty").asText()).isEqualTo("RSA");
    assertThat(keys.path("keys").path(0).has("d")).as("private part").isFalse();
    assertThat(
            json(get("/common/discovery/instance", ""))
                .path("metadata")
                .path(0)
                .path("preferred_network")
                .asText())
        .isEqualTo("localhost:8443");
    assertThat(json(get("/common/userrealm/ada@demo.example", "")).path("account_type").asText())
        .isEqualTo("Managed");
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:3000, true",
    "https://127.0.0.1, true",
    "https://app.demo.example, true",
    "https://evil.example, false",
    "http://localhost.evil.example, false",
    "null, false"
  })
  void pages_of_this_machine_may_read_and_no_others(String origin, boolean may) throws Exception {
    Map<String, String> headers =
        Map.of("Origin", origin, "Access-Control-Request-Headers", "x-anchormailbox");
    Answer preflight = call("OPTIONS", TOKEN, "", headers, new byte[0]);
    assertThat(preflight.status()).isEqualTo(204);
    Answer refused = call("POST", TOKEN, "", headers, new byte[0]);
    assertThat(refused.status()).isEqualTo(400);
    for (Answer answer : List.of(preflight, refused)) {
      assertThat(Optional.ofNullable(answer.headers().get("Access-Control-Allow-Origin")))
          .isEqualTo(may ? Optional.of(origin) : Optional.empty());
      assertThat(answer.headers()).containsEntry("Vary", "Origin");
    }
  }

  @Test
  void minted_tokens_are_trusted_and_others_are_not() throws Exception {
    JWTClaimsSet bot = SignedJWT.parse(issuer.mintApplication(Demo.BOT)).getJWTClaimsSet();
    assertThat(bot.getStringListClaim("roles")).hasSize(2);
    assertThat(issuer.trusts(bot.getIssuer())).isTrue();
    JWTClaimsSet ada =
        SignedJWT.parse(issuer.mintUser(Demo.ADA, Demo.BOT, Set.of("b", "a"))).getJWTClaimsSet();
    assertThat(ada.getStringClaim("scp")).isEqualTo("a b");
    assertThat(issuer.trusts("http://10.0.0.5:1/" + Demo.TENANT + "/")).isTrue();
    for (String foreign :
        List.of(
            "",
            "https://x/" + Demo.ADA.oid() + "/v2.0",
            "https://x/y/" + Demo.TENANT + "/",
            "ftp://x/" + Demo.TENANT + "/")) {
      assertThat(issuer.trusts(foreign)).as(foreign).isFalse();
    }
  }

  @Test
  void the_key_survives_a_restart_and_is_for_its_owner_alone() throws Exception {
    Path file = folder.resolve("data/signing.jwk");
    SigningKey again = SigningKey.loadOrCreate(file);
    assertThat(again.publicKeys().toJSONObject()).isEqualTo(key.publicKeys().toJSONObject());
    assertThat(again.signed(SignedJWT.parse(issuer.mintApplication(Demo.BOT)))).isTrue();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void tickets_are_bounded_by_number_and_time() {
    Tickets<String> tickets = new Tickets<>(3, Duration.ofMinutes(1), () -> now);
    for (String name : List.of("a", "b", "c", "d")) {
      tickets.put(name, name.toUpperCase(Locale.ROOT));
    }
    assertThat(tickets.size()).isEqualTo(3);
    assertThat(tickets.get("a")).isEmpty();
    assertThat(tickets.take("d")).contains("D");
    assertThat(tickets.take("d")).isEmpty();
    now = now.plusSeconds(61);
    assertThat(tickets.get("b")).isEmpty();
    tickets.put("e", "E");
    assertThat(tickets.size()).isEqualTo(1);
  }
}
