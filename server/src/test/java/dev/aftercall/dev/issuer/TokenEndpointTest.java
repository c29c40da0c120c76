package dev.aftercall.dev.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.aftercall.http.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Applications and names with passwords at the token endpoint. */
class TokenEndpointTest extends IssuerCalls {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://graph.microsoft.com/.default",
        "https://graph.microsoft.com//.default",
        "https://localhost/.default",
        "https://localhost:8443/.default",
        "https://localhost:8443/.default openid profile offline_access",
        "https://GRAPH.microsoft.us/.default",
        "00000003-0000-0000-c000-000000000000/.default",
        ".default"
      })
  void every_spelling_of_graph_gives_the_configured_audience(String scope) throws Exception {
    JsonNode body = ok(client("scope", scope));
    assertThat(claims(body).getAudience()).containsExactly(Demo.AUDIENCE);
    assertThat(body.path("token_type").asText()).isEqualTo("Bearer");
    long lasts = body.path("expires_in").asLong();
    assertThat(lasts).isBetween(3599L, 4798L);
    assertThat(claims(body).getExpirationTime()).isEqualTo(now.plusSeconds(lasts + 1));
    assertThat(body.path("ext_expires_in").asLong()).isEqualTo(lasts);
    assertThat(body.has("refresh_token")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "client_id, nobody, 400, unauthorized_client, 700016",
        "client_id, -, 400, invalid_request, 900144",
        "client_secret, wrong, 401, invalid_client, 7000215",
        "client_secret, -, 401, invalid_client, 7000218",
        "grant_type, magic, 400, unsupported_grant_type, 70003",
        "grant_type, -, 400, invalid_request, 900144",
        "scope, -, 400, invalid_request, 900144",
        "scope, User.Read, 400, invalid_scope, 1002012",
        "scope, https://evil.example/.default, 400, invalid_resource, 500011",
        "scope, https://localhost@evil.example/.default, 400, invalid_resource, 500011",
      })
  void a_wrong_request_is_refused_in_entras_shape(
      String field, @Nullable String value, int status, String error, int number) throws Exception {
    Answer answer = post(TOKEN, client(field, value == null ? "" : value));
    JsonNode body = json(answer);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(body.path("error").asText()).isEqualTo(error);
    assertThat(body.path("error_codes").path(0).asInt()).isEqualTo(number);
    assertThat(body.path("error_description").asText()).startsWith("AADSTS" + number + ": ");
    assertThat(body.path("timestamp").asText()).isEqualTo("2026-11-23 12:00:00Z");
    assertThat(body.path("trace_id").asText()).isEqualTo("the-request");
    assertThat(body.path("correlation_id").asText()).isEqualTo("the-client");
    assertThat(answer.headers().get("Cache-Control")).contains("no-store");
  }

  @ParameterizedTest
  @CsvSource({
    "3F9B1C52-6A1E-4D6B-8F0A-2F1D7F2A9C10, 200",
    "common, 200",
    "organizations, 200",
    "demo.example, 200",
    "00000000-0000-4000-8000-000000000000, 400",
    "other.example, 400"
  })
  void the_tenant_goes_by_its_id_its_domain_or_a_word_for_any(String tenant, int status)
      throws Exception {
    Answer answer = post("/" + tenant + "/oauth2/v2.0/token", client("scope", GRAPH));
    assertThat(answer.status()).isEqualTo(status);
    if (status == 200) {
      assertThat(claims(json(answer)).getIssuer()).isEqualTo(BASE + "/" + Demo.TENANT + "/v2.0");
    } else {
      assertThat(json(answer).path("error_codes").path(0).asInt()).isEqualTo(90002);
    }
  }

  @Test
  void http_basic_serves_as_well() throws Exception {
    String pair = Demo.BOT.clientId() + ":" + encode(Demo.BOT.clientSecret());
    String basic =
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    String form = "grant_type=client_credentials&scope=" + encode(GRAPH);
    Answer right =
        call(
            "POST",
            TOKEN,
            "",
            Map.of("Authorization", basic),
            form.getBytes(StandardCharsets.UTF_8));
    assertThat(right.status()).isEqualTo(200);
    for (String wrong : List.of("Basic ***", "Basic bm9uZQ==", basic + "AAAA")) {
      Answer answer =
          call(
              "POST",
              TOKEN,
              "",
              Map.of("Authorization", wrong),
              form.getBytes(StandardCharsets.UTF_8));
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.headers()).containsEntry("WWW-Authenticate", "Basic realm=\"token\"");
    }
  }

  @Test
  void an_assertion_of_an_app_without_certificate_says_what_to_do() throws Exception {
    String assertion =
        key.sign(
            new JWTClaimsSet.Builder()
                .issuer(Demo.BOT.clientId())
                .subject(Demo.BOT.clientId())
                .audience(BASE + TOKEN)
                .build());
    JsonNode body =
        json(
            post(
                TOKEN,
                Map.of(
                    "grant_type",
                    "client_credentials",
                    "scope",
                    GRAPH,
                    "client_assertion_type",
                    "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                    "client_assertion",
                    assertion)));
    assertThat(body.path("error_description").asText())
        .contains("AADSTS700027")
        .contains("no certificate registered");
  }

  @Test
  void version_1_speaks_of_resources_and_writes_numbers_as_text() throws Exception {
    Map<String, String> form = client("resource", "https://graph.microsoft.com/");
    form.remove("scope");
    JsonNode body = ok("/" + Demo.TENANT + "/oauth2/token", form);
    assertThat(body.path("expires_in").isTextual()).isTrue();
    assertThat(body.path("resource").asText()).isEqualTo(Demo.AUDIENCE);
    assertThat(claims(body).getIssuer()).isEqualTo(BASE + "/" + Demo.TENANT + "/");
    assertThat(claims(body).getStringClaim("ver")).isEqualTo("1.0");
    JsonNode metadata = json(get("/" + Demo.TENANT + "/.well-known/openid-configuration", ""));
    assertThat(metadata.path("issuer").asText()).isEqualTo(claims(body).getIssuer());
  }

  @ParameterizedTest
  @CsvSource({
    "nobody@demo.example, b, 50034",
    "ben@demo.example, wrong, 50126",
    "BEN@demo.example, b, 0"
  })
  void a_person_needs_the_right_name_and_password(String name, String password, int error)
      throws Exception {
    Answer answer =
        post(
            TOKEN,
            Map.of(
                "grant_type",
                "password",
                "client_id",
                Demo.BOT.clientId(),
                "scope",
                "https://graph.microsoft.com/OnlineMeetingRecording.Read.All",
                "username",
                name,
                "password",
                password));
    assertThat(json(answer).path("error_codes").path(0).asInt()).isEqualTo(error);
    if (error == 0) {
      assertThat(claims(json(answer)).getStringClaim("scp"))
          .isEqualTo("OnlineMeetingRecording.Read.All");
      assertThat(json(answer).has("id_token")).isFalse();
      assertThat(json(answer).has("client_info")).isFalse();
    }
  }

  @Test
  void on_behalf_of_needs_a_persons_token_for_the_application_itself() throws Exception {
    Map<String, String> form = new HashMap<>();
    form.put("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
    form.put("client_id", Demo.API.clientId());
    form.put("client_secret", Demo.API.clientSecret());
    form.put("requested_token_use", "on_behalf_of");
    form.put("scope", GRAPH);
    form.put("assertion", issuer.mintUser(Demo.ADA, Demo.BOT, Set.of("User.Read")));
    assertError(post(TOKEN, form), 500131);
    form.put("assertion", "nonsense");
    assertError(post(TOKEN, form), 50013);
    String toApi =
        ok(client("scope", "api://" + Demo.API.clientId() + "/.default"))
            .path("access_token")
            .asText();
    form.put("assertion", toApi);
    assertError(post(TOKEN, form), 50013);
  }

  @Test
  void a_form_has_an_end_and_no_field_twice() throws Exception {
    byte[] large = new byte[Form.LIMIT + 1];
    assertThat(call("POST", TOKEN, "", Map.of(), large).status()).isEqualTo(413);
    assertThat(call("POST", SIGN_IN, "", Map.of(), large).status()).isEqualTo(413);
    byte[] twice = "grant_type=a&grant_type=b".getBytes(StandardCharsets.UTF_8);
    assertThat(call("POST", TOKEN, "", Map.of(), twice).status()).isEqualTo(400);
    byte[] broken = "grant_type=%zz".getBytes(StandardCharsets.UTF_8);
    assertError(call("POST", TOKEN, "", Map.of(), broken), 90013);
  }
}
