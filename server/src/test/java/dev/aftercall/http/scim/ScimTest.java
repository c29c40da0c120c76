package dev.aftercall.http.scim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.access.AdminAccess;
import dev.aftercall.http.admin.AdminClient;
import dev.aftercall.identity.Guids;
import dev.aftercall.jdbc.JdbcScimTokens;
import dev.aftercall.ruling.Policy;
import dev.aftercall.scim.ScimTokens;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SCIM 2.0 over HTTP, in the words that Entra ID, Okta and Keycloak send. */
class ScimTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final UUID ADA = TestServer.ORGANIZER;
  private static final UUID BEA = TestServer.guid("bea");
  private static final UUID STAFF = TestServer.guid("staff");

  private TestServer server;
  private String token;

  TestSetup.Difference[] setup() {
    return new TestSetup.Difference[0];
  }

  @BeforeEach
  void start() {
    server = new TestServer(setup());
    token = token(Optional.empty());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String token(Optional<String> issuer) {
    return new JdbcScimTokens(server.database())
        .create(
            new ScimTokens.Token(
                UUID.randomUUID(), TestServer.TENANT, "entra", issuer, 1, Optional.empty()),
            "secret" + UUID.randomUUID().toString().replace("-", ""));
  }

  record Reply(int status, JsonNode json, HttpResponse<byte[]> response) {
    Reply expect(int wanted) {
      assertThat(status).as(() -> response.uri() + " answered " + json).isEqualTo(wanted);
      return this;
    }
  }

  private Reply send(String method, String path, String body) {
    return send(token, method, path, body);
  }

  private Reply send(String bearer, String method, String path, String body, String... fields) {
    var request =
        server
            .request("/scim/v2" + path, bearer)
            .header("Content-Type", "application/scim+json; charset=utf-8")
            .method(
                method,
                body.isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(body.replace('\'', '"')));
    if (fields.length > 0) {
      request.headers(fields);
    }
    HttpResponse<byte[]> response = server.send(request);
    try {
      return new Reply(response.statusCode(), JSON.readTree(response.body()), response);
    } catch (java.io.IOException e) {
      throw new AssertionError(new String(response.body(), UTF_8), e);
    }
  }

  private Reply filtered(String kind, String filter) {
    return send("GET", "/" + kind + "?filter=" + URLEncoder.encode(filter, UTF_8), "");
  }

  private Reply user(UUID id, String name) {
    return send(
        "POST",
        "/Users",
        """
        {'schemas':['urn:ietf:params:scim:schemas:core:2.0:User',
          'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'],
         'externalId':'%s','userName':'%s','active':true,'displayName':'%s',
         'emails':[{'primary':true,'type':'work','value':'%s'}],
         'meta':{'resourceType':'User'},'name':{'formatted':'X','familyName':'Y','givenName':'Z'},
         'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User':{'department':'d'},
         'title':'overlooked'}
        """
            .formatted(id, name, name, name));
  }

  private static String patch(String... operations) {
    return "{'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],'Operations':["
        + String.join(",", operations)
        + "]}";
  }

  @Test
  void entraProvisionsAPersonFromFirstLookToDeletion() {
    JsonNode none = filtered("Users", "userName eq \"ada@example.com\"").expect(200).json();
    assertThat(none.path("totalResults").asInt(-1)).isZero();
    assertThat(none.path("Resources").isArray()).isTrue();

    Reply made = user(ADA, "ada@example.com").expect(201);
    assertThat(made.json().path("id").asText()).isEqualTo(ADA.toString());
    assertThat(made.json().at("/meta/location").asText())
        .isEqualTo(server.base() + "/scim/v2/Users/" + ADA);
    assertThat(made.response().headers().firstValue("Content-Type"))
        .hasValue("application/scim+json");
    assertThat(made.json().has("title")).isFalse();
    assertThat(user(ADA, "other@example.com").expect(409).json().path("scimType").asText())
        .isEqualTo("uniqueness");
    user(BEA, "ADA@example.com").expect(409);
    user(BEA, "bea@example.com").expect(201);

    for (String filter :
        List.of(
            "userName eq \"ADA@EXAMPLE.COM\"",
            "externalId eq \"" + ADA + "\"",
            "id eq \"" + ADA + "\" and active eq true",
            "userName sw \"ada@\" or displayName eq \"nobody\"",
            "not (userName eq \"bea@example.com\")",
            "urn:ietf:params:scim:schemas:core:2.0:User:userName eq \"ada@example.com\"")) {
      JsonNode list = filtered("Users", filter).expect(200).json();
      assertThat(list.path("totalResults").asInt()).as(filter).isEqualTo(1);
      assertThat(list.at("/Resources/0/id").asText()).as(filter).isEqualTo(ADA.toString());
    }

    Reply changed =
        send(
                "PATCH",
                "/Users/" + ADA,
                patch(
                    "{'op':'Replace','path':'active','value':'False'}",
                    "{'op':'Add','path':'name.givenName','value':'Ada'}",
                    "{'op':'Replace','path':'emails[type eq \\'work\\'].value','value':'a@b.c'}"
                        .replace("\\'", "\\\""),
                    "{'op':'Add','path':"
                        + "'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department',"
                        + "'value':'x'}"))
            .expect(200);
    assertThat(changed.json().path("active").asBoolean(true)).isFalse();
    assertThat(changed.json().at("/name/givenName").asText()).isEqualTo("Ada");
    assertThat(changed.json().at("/name/familyName").asText()).isEqualTo("Y");
    assertThat(changed.json().at("/emails/0/value").asText()).isEqualTo("a@b.c");
    assertThat(filtered("Users", "active eq false").json().path("totalResults").asInt())
        .isEqualTo(1);

    String stale = made.json().at("/meta/version").asText();
    send(
            token,
            "PATCH",
            "/Users/" + ADA,
            patch("{'op':'replace','value':{'active':true}}"),
            "If-Match",
            stale)
        .expect(412);
    // Okta's way, without a path.
    assertThat(
            send("PATCH", "/Users/" + ADA, patch("{'op':'replace','value':{'active':true}}"))
                .expect(200)
                .json()
                .path("active")
                .asBoolean())
        .isTrue();
    send("DELETE", "/Users/" + ADA, "").expect(204);
    send("GET", "/Users/" + ADA, "").expect(404);
    send("DELETE", "/Users/" + ADA, "").expect(404);
  }

  @Test
  void groupsOfTheDirectoryOpenAndShutWhatPoliciesGrantThem() {
    Recorded recorded = server.record();
    server.rules().putPolicy(new Policy("staff", "", List.of(TestServer.APP)));
    server.rules().grant(STAFF, 1, "staff");
    user(ADA, "ada@example.com").expect(201);
    assertThat(content(recorded)).isEqualTo(403);

    send(
            "POST",
            "/Groups",
            "{'schemas':['urn:ietf:params:scim:schemas:core:2.0:Group'],'externalId':'"
                + STAFF
                + "','displayName':'Staff'}")
        .expect(201);
    send(
            "PATCH",
            "/Groups/" + STAFF,
            patch("{'op':'Add','path':'members','value':[{'value':'" + ADA + "'}]}"))
        .expect(204);
    assertThat(content(recorded)).isEqualTo(200);
    assertThat(
            filtered("Groups", "members.value eq \"" + ADA + "\"")
                .expect(200)
                .json()
                .at("/Resources/0/displayName")
                .asText())
        .isEqualTo("Staff");
    JsonNode without =
        send("GET", "/Groups?excludedAttributes=members&filter=displayName%20eq%20%22staff%22", "")
            .expect(200)
            .json();
    assertThat(without.at("/Resources/0").has("members")).isFalse();
    assertThat(send("GET", "/Groups/" + STAFF, "").json().at("/members/0/value").asText())
        .isEqualTo(ADA.toString());

    // A deactivated person is in no group, and again in all of them when active.
    send("PATCH", "/Users/" + ADA, patch("{'op':'Replace','path':'active','value':false}"))
        .expect(200);
    assertThat(content(recorded)).isEqualTo(403);
    send("PATCH", "/Users/" + ADA, patch("{'op':'Replace','path':'active','value':'True'}"))
        .expect(200);
    assertThat(content(recorded)).isEqualTo(200);

    // Entra removes by value, Okta by a filter.
    send(
            "PATCH",
            "/Groups/" + STAFF,
            patch("{'op':'Remove','path':'members','value':[{'value':'" + ADA + "'}]}"))
        .expect(204);
    assertThat(content(recorded)).isEqualTo(403);
    send(
            "PUT",
            "/Groups/" + STAFF,
            "{'displayName':'All staff','members':[{'value':'"
                + ADA
                + "'},{'value':'"
                + BEA
                + "','type':'User'}]}")
        .expect(200);
    assertThat(content(recorded)).isEqualTo(200);
    send(
            "PATCH",
            "/Groups/" + STAFF,
            patch("{'op':'remove','path':'members[value eq \\\"" + ADA + "\\\"]'}"))
        .expect(204);
    assertThat(content(recorded)).isEqualTo(403);
    assertThat(send("GET", "/Groups/" + STAFF, "").json().path("members")).hasSize(1);
    send(
            "PATCH",
            "/Groups/" + STAFF,
            patch("{'op':'replace','path':'members','value':[{'value':'" + ADA + "'}]}"))
        .expect(204);
    assertThat(content(recorded)).isEqualTo(200);

    send("DELETE", "/Users/" + ADA, "").expect(204);
    assertThat(content(recorded)).isEqualTo(403);
    send("DELETE", "/Groups/" + STAFF, "").expect(204);
    send("GET", "/Groups/" + STAFF, "").expect(404);
  }

  private int content(Recorded recorded) {
    server.obey();
    return server.get(recorded.path(), server.app()).statusCode();
  }

  @Test
  void deactivatedPeopleAreServedNoMore() {
    Recorded recorded = server.record();
    user(ADA, "ada@example.com").expect(201);
    String own = server.user(ADA);
    assertThat(server.get(recorded.path(), own).statusCode()).isEqualTo(200);

    send("PATCH", "/Users/" + ADA, patch("{'op':'replace','path':'active','value':false}"));
    server.obey();
    HttpResponse<byte[]> refused = server.get(recorded.path(), own);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(new String(refused.body(), UTF_8)).contains("AccountDeactivated");

    send("PATCH", "/Users/" + ADA, patch("{'op':'replace','path':'active','value':true}"));
    server.obey();
    assertThat(server.get(recorded.path(), own).statusCode()).isEqualTo(200);
  }

  @Test
  void aTokenOpensItsTenantUntilItIsRevoked() {
    user(ADA, "ada@example.com").expect(201);
    send("", "GET", "/Users", "").expect(401);
    send(token + "x", "GET", "/Users", "").expect(401);
    send(server.app(), "GET", "/Users", "").expect(403);
    String manager = server.tokens().app(TestServer.TENANT, "m").roles(AdminAccess.MANAGE).signed();
    send(manager, "GET", "/Users/" + ADA, "").expect(200);
    String other =
        server.tokens().app(TestServer.guid("other"), "m").roles(AdminAccess.MANAGE).signed();
    send(other, "GET", "/Users/" + ADA, "").expect(404);
    // It is for provisioning, and for nothing else.
    AdminClient.with(server, token).get("/policies").expect(401);

    JdbcScimTokens tokens = new JdbcScimTokens(server.database());
    UUID id = tokens.list(TestServer.TENANT).getFirst().id();
    assertThat(tokens.revoke(TestServer.guid("other"), id, 2)).isFalse();
    assertThat(tokens.revoke(TestServer.TENANT, id, 2)).isTrue();
    send("GET", "/Users", "").expect(401);
    assertThat(tokens.revoke(TestServer.TENANT, id, 3)).isFalse();
  }

  @Test
  void idsThatAreNoGuidsAreThoseThatTokensName() {
    String okta = "https://example.okta.com/oauth2/default";
    Reply refused = send("POST", "/Users", "{'userName':'x','externalId':'00u1abcd'}").expect(400);
    assertThat(refused.json().path("detail").asText()).contains("--issuer");
    assertThat(refused.json().path("status").asText()).isEqualTo("400");
    assertThat(refused.json().at("/schemas/0").asText())
        .isEqualTo("urn:ietf:params:scim:api:messages:2.0:Error");

    Reply made =
        send(token(Optional.of(okta)), "POST", "/Users", "{'userName':'x','externalId':'00u1'}")
            .expect(201);
    assertThat(made.json().path("id").asText()).isEqualTo(Guids.ofName(okta, "00u1").toString());
  }

  @Test
  void pagesAndCountsAsAsked() {
    for (int i = 0; i < 5; i++) {
      user(UUID.randomUUID(), "person" + i).expect(201);
    }
    JsonNode page = send("GET", "/Users?startIndex=2&count=3", "").expect(200).json();
    assertThat(page.path("totalResults").asInt()).isEqualTo(5);
    assertThat(page.path("startIndex").asInt()).isEqualTo(2);
    assertThat(page.path("itemsPerPage").asInt()).isEqualTo(3);
    assertThat(send("GET", "/Users?count=0", "").json().path("totalResults").asInt()).isEqualTo(5);
    assertThat(send("GET", "/Users?startIndex=9", "").json().path("Resources")).isEmpty();
    send("GET", "/Users?count=many", "").expect(400);
  }

  @Test
  void saysWhatItCan() {
    JsonNode config = send("GET", "/ServiceProviderConfig", "").expect(200).json();
    assertThat(config.at("/patch/supported").asBoolean()).isTrue();
    assertThat(send("GET", "/ResourceTypes", "").json().path("totalResults").asInt()).isEqualTo(2);
    assertThat(send("GET", "/Schemas", "").json().path("totalResults").asInt()).isEqualTo(2);
    send("GET", "/Schemas/urn:ietf:params:scim:schemas:core:2.0:User", "").expect(200);
    send("GET", "/Schemas/urn:none", "").expect(404);
  }

  @Test
  void wrongWordsAreRefusedInScimsWords() {
    user(ADA, "ada@example.com").expect(201);
    for (String filter :
        List.of(
            "userName",
            "userName eq",
            "userName eq ada",
            "(userName eq \"a\"",
            "title eq \"x\"",
            "userName gt \"a\"",
            "userName eq \"a\" nor x eq \"b\"",
            "(".repeat(500) + "userName pr" + ")".repeat(500))) {
      assertThat(filtered("Users", filter).expect(400).json().path("scimType").asText())
          .as(filter)
          .isEqualTo("invalidFilter");
    }
    for (String body :
        List.of(
            "{",
            "[]",
            "{}",
            "{'userName':7000}",
            "{'userName':{}}",
            "{'userName':''}",
            "{'userName':'a','active':'maybe','externalId':'" + BEA + "'}")) {
      assertThat(send("POST", "/Users", body).status()).as(body).isIn(400);
    }
    for (String operation :
        List.of(
            "{}",
            "{'op':'move','path':'active'}",
            "{'op':'remove'}",
            "{'op':'replace','path':'active','value':'maybe'}",
            "{'op':'replace','path':'emails[','value':1}",
            "{'op':'replace','value':3}",
            "{'op':'remove','path':'userName'}",
            "{'op':'replace','path':'externalId','value':'" + BEA + "'}")) {
      send("PATCH", "/Users/" + ADA, patch(operation)).expect(400);
    }
    send("PATCH", "/Users/" + ADA, "{'Operations':[]}").expect(400);
    send("PATCH", "/Users/ada", patch("{'op':'remove','path':'title'}")).expect(404);
    send("POST", "/Groups", "{'displayName':'g','members':[{'value':'ada'}]}").expect(400);
    send(
            "POST",
            "/Groups",
            "{'displayName':'g','members':[{'type':'Group','value':'" + STAFF + "'}]}")
        .expect(400);
    assertThat(send("GET", "/Users/" + ADA, "").expect(200).json().path("userName").asText())
        .isEqualTo("ada@example.com");
  }
}
