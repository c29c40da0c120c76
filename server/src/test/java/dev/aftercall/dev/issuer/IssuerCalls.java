package dev.aftercall.dev.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.aftercall.http.Answer;
import dev.aftercall.http.Query;
import dev.aftercall.http.Request;
import dev.aftercall.http.Route;
import dev.aftercall.http.Trace;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Calls the issuer's handlers as the pipeline does, under a clock that the test moves. */
abstract class IssuerCalls {
  static final String BASE = "https://localhost:8443";
  static final String TOKEN = "/" + Demo.TENANT + "/oauth2/v2.0/token";
  static final String SIGN_IN = "/" + Demo.TENANT + "/oauth2/v2.0/authorize";
  static final String CALLBACK = "http://127.0.0.1:3000/back";
  static final String GRAPH = "https://graph.microsoft.com/.default";

  @TempDir static Path folder;
  static SigningKey key;

  Instant now = Instant.parse("2026-11-23T12:00:00Z");
  DevIssuer issuer;
  List<Route> routes;

  @BeforeAll
  static void makeKey() throws Exception {
    key = SigningKey.loadOrCreate(folder.resolve("data/signing.jwk"));
  }

  @BeforeEach
  void start() {
    issuer = Demo.issuer(Demo.directory(), key, () -> now);
    routes = issuer.routes();
  }

  static Map<String, String> client(String field, String value) {
    Map<String, String> form = new HashMap<>();
    form.put("grant_type", "client_credentials");
    form.put("client_id", Demo.BOT.clientId());
    form.put("client_secret", Demo.BOT.clientSecret());
    form.put("scope", GRAPH);
    form.put(field, value);
    return form;
  }

  static Map<String, String> authorization(String field, String value) {
    Map<String, String> query = new HashMap<>();
    query.put("client_id", Demo.BOT.clientId());
    query.put("response_type", "code");
    query.put("redirect_uri", CALLBACK);
    query.put("scope", GRAPH + " openid offline_access");
    query.put("state", "s");
    query.put("prompt", "none");
    query.put("login_hint", Demo.ADA.upn());
    query.put(field, value);
    return query;
  }

  String location(Map<String, String> query) {
    return String.valueOf(get(SIGN_IN, encode(query)).headers().get("Location"));
  }

  String silentCode(Map<String, String> query) {
    return location(query).replaceAll(".*[?&]code=([^&]+).*", "$1");
  }

  Answer redeem(String code, String field, String value) {
    Map<String, String> form = new HashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("client_id", Demo.BOT.clientId());
    form.put("redirect_uri", CALLBACK);
    form.put("code", code);
    form.put(field, value);
    return post(TOKEN, form);
  }

  Answer refresh(JsonNode earlier, DevApp app) {
    return post(
        TOKEN,
        Map.of(
            "grant_type", "refresh_token",
            "client_id", app.clientId(),
            "refresh_token", earlier.path("refresh_token").asText()));
  }

  JsonNode begin() throws Exception {
    return ok(
        "/" + Demo.TENANT + "/oauth2/v2.0/devicecode",
        Map.of("client_id", Demo.BOT.clientId(), "scope", GRAPH));
  }

  Answer poll(JsonNode begun) {
    return post(
        TOKEN,
        Map.of(
            "grant_type", "urn:ietf:params:oauth:grant-type:device_code",
            "client_id", Demo.BOT.clientId(),
            "device_code", begun.path("device_code").asText()));
  }

  String approve(JsonNode begun, String account) {
    return text(
        post(
            "/" + Demo.TENANT + "/oauth2/v2.0/deviceauth",
            Map.of("user_code", begun.path("user_code").asText(), "account", account)));
  }

  static void assertError(Answer answer, int number) throws Exception {
    assertThat(json(answer).path("error_codes").path(0).asInt()).isEqualTo(number);
  }

  static void assertError(Answer answer, String word) throws Exception {
    assertThat(json(answer).path("error").asText()).isEqualTo(word);
  }

  JsonNode ok(Map<String, String> form) throws Exception {
    return ok(TOKEN, form);
  }

  JsonNode ok(String path, Map<String, String> form) throws Exception {
    Answer answer = post(path, form);
    assertThat(answer.status()).as(text(answer)).isEqualTo(200);
    return json(answer);
  }

  static JWTClaimsSet claims(JsonNode body) throws Exception {
    SignedJWT token = SignedJWT.parse(body.path("access_token").asText());
    assertThat(key.signed(token)).isTrue();
    return token.getJWTClaimsSet();
  }

  static JsonNode json(Answer answer) throws Exception {
    return JsonMapper.builder().build().readTree(text(answer));
  }

  static String text(Answer answer) {
    return answer instanceof Answer.Whole whole
        ? new String(whole.body(), StandardCharsets.UTF_8)
        : "";
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static String encode(Map<String, String> fields) {
    List<String> pairs = new ArrayList<>();
    fields.forEach((name, value) -> pairs.add(encode(name) + "=" + encode(value)));
    return String.join("&", pairs);
  }

  Answer get(String path, String query) {
    return call("GET", path, query, Map.of(), new byte[0]);
  }

  Answer post(String path, Map<String, String> form) {
    return call("POST", path, "", Map.of(), encode(form).getBytes(StandardCharsets.UTF_8));
  }

  Answer call(String method, String path, String query, Map<String, String> headers, byte[] body) {
    List<String> segments = List.of(path.substring(1).split("/", -1));
    for (Route route : routes) {
      Optional<Map<String, String>> caught = route.path().match(segments);
      if (caught.isPresent() && route.methods().contains(method)) {
        Request request =
            new Request(
                method,
                new Request.Target(BASE, path, Query.parse(query), caught.get()),
                name -> Optional.ofNullable(headers.get(name)),
                new ByteArrayInputStream(body),
                -1,
                new Trace("the-request", "the-client"),
                Optional.empty());
        try {
          return route.handler().handle(request);
        } catch (Exception e) {
          throw new AssertionError(e);
        }
      }
    }
    return Answer.empty(404);
  }
}
