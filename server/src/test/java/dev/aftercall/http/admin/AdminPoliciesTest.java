package dev.aftercall.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.http.admin.AdminClient.Reply;
import dev.aftercall.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies over HTTP: the behaviour that every resource of administrators shares. */
final class AdminPoliciesTest {
  private static final String APPS = "{\"appIds\":[\"one\"]}";

  private TestServer server;
  private AdminClient admin;

  @BeforeEach
  void start() {
    server = new TestServer();
    admin = AdminClient.manager(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aPolicyIsMadeReadChangedAndRemoved() {
    String body = "{\"description\":\"Archive\",\"appIds\":[\"b\",\"a\",\"b\"]}";
    Reply made = admin.send("PUT", "/policies/Tag:Archive%20it", body).expect(201);
    assertThat(made.response().headers().firstValue("Location"))
        .contains(server.base() + "/admin/v1/policies/Tag:Archive%20it");
    assertThat(made.json().path("name").asText()).isEqualTo("Tag:Archive it");
    assertThat(texts(made.json().path("appIds"))).containsExactly("a", "b");

    Reply read = admin.get("/policies/Tag:Archive%20it").expect(200);
    assertThat(read.tag()).isEqualTo(made.tag());
    assertThat(read.json().path("@odata.etag").asText()).isEqualTo(made.tag());
    admin.get("/policies/Tag:Archive%20it", "If-None-Match", read.tag()).expect(304);

    // What was read can be sent back with a change.
    String back = read.json().toString().replace("Archive\",", "Changed\",");
    Reply replaced =
        admin.send("PUT", "/policies/Tag:Archive%20it", back, "If-Match", read.tag()).expect(200);
    assertThat(replaced.tag()).isNotEqualTo(read.tag());
    assertThat(replaced.json().path("description").asText()).isEqualTo("Changed");

    Reply patched =
        admin
            .send(
                "PATCH",
                "/policies/Tag:Archive%20it",
                "{\"appIds\":[\"c\"]}",
                "If-Match",
                replaced.tag())
            .expect(200);
    assertThat(texts(patched.json().path("appIds"))).containsExactly("c");
    assertThat(patched.json().path("description").asText()).isEqualTo("Changed");

    admin.send("DELETE", "/policies/Tag:Archive%20it", "", "If-Match", patched.tag()).expect(204);
    admin.get("/policies/Tag:Archive%20it").expect(404);
    Reply again = admin.send("PUT", "/policies/Tag:Archive%20it", APPS).expect(201);
    assertThat(again.tag()).as("made anew").isNotIn(made.tag(), replaced.tag(), patched.tag());
  }

  @Test
  void twoAdministratorsEditingOneLoses() {
    String read = admin.send("PUT", "/policies/p", APPS).expect(201).tag();
    admin.send("PUT", "/policies/p", APPS, "If-Match", read).expect(200);

    Reply late = admin.send("PUT", "/policies/p", "{\"appIds\":[]}", "If-Match", read).expect(412);
    assertThat(late.rule()).isEqualTo("Stale");
    admin.send("PATCH", "/policies/p", APPS, "If-Match", read).expect(412);
    admin.send("DELETE", "/policies/p", "", "If-Match", read).expect(412);
    assertThat(texts(admin.get("/policies/p").json().path("appIds"))).containsExactly("one");
  }

  @Test
  void aChangeSaysWhichStateItChanges() {
    admin.send("PUT", "/policies/p", APPS, "If-Match", "\"7\"").expect(412);
    admin.send("PUT", "/policies/p", APPS, "If-Match", "*").expect(412);
    admin.send("PUT", "/policies/p", APPS, "If-None-Match", "*").expect(201);
    admin.send("PUT", "/policies/p", APPS, "If-None-Match", "*").expect(412);
    assertThat(admin.send("PUT", "/policies/p", APPS).expect(428).rule())
        .isEqualTo("PreconditionRequired");
    admin.send("PATCH", "/policies/p", APPS).expect(428);
    admin.send("DELETE", "/policies/p", "").expect(428);
    String tag = admin.get("/policies/p").tag();
    admin.send("PUT", "/policies/p", APPS, "If-Match", "W/" + tag).expect(412);
    admin.send("PUT", "/policies/p", APPS, "If-Match", "\"0\", " + tag).expect(200);
    admin.send("PUT", "/policies/p", APPS, "If-Match", "*").expect(200);
    admin.send("PUT", "/policies/p", APPS, "If-Match", "7").expect(400);
    admin.send("DELETE", "/policies/none", "", "If-Match", "*").expect(404);
  }

  @Test
  void listsGoPageByPage() {
    for (int i = 0; i < 25; i++) {
      admin.send("PUT", "/policies/p%02d".formatted(i), APPS).expect(201);
    }
    List<String> names = new ArrayList<>();
    String link = "/policies?$top=10";
    int pages = 0;
    while (!link.isEmpty()) {
      Reply page = admin.get(link).expect(200);
      page.json().path("value").forEach(policy -> names.add(policy.path("name").asText()));
      link = page.json().path("@odata.nextLink").asText();
      pages++;
    }
    assertThat(pages).isEqualTo(3);
    assertThat(names).hasSize(25).doesNotHaveDuplicates().isSorted();
    assertThat(admin.get("/policies").json().path("value")).hasSize(25);
    assertThat(admin.get("/policies").json().has("@odata.nextLink")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$top=0",
        "$top=1000",
        "$top=x",
        "$top=-1",
        "$skiptoken=abc",
        "$filter=x",
        "$top=1&$top=2"
      })
  void unreadableOptionsAreRefused(String options) {
    admin.get("/policies?" + options).expect(400);
  }

  @Test
  void aTokenCountsForItsListAndTenantAlone() {
    admin.send("PUT", "/policies/a", APPS).expect(201);
    admin.send("PUT", "/policies/b", APPS).expect(201);
    String link = admin.get("/policies?$top=1").json().path("@odata.nextLink").asText();
    admin.get(link).expect(200);
    AdminClient.manager(server, TestServer.guid("another tenant")).get(link).expect(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | MemberMissing | appIds",
        "{\"appIds\":null} | MemberMissing | appIds",
        "{\"appIds\":[\"a\"],\"apps\":[]} | MemberUnknown | apps",
        "{\"appIds\":\"a\"} | MemberInvalid | appIds",
        "{\"appIds\":[1]} | MemberInvalid | appIds[0]",
        "{\"appIds\":[\" \"]} | MemberInvalid | appIds[0]",
        "{\"appIds\":[\"a\"],\"description\":7} | MemberInvalid | description",
        "{\"appIds\":[\"a\\u0000\"]} | MemberInvalid | appIds[0]"
      })
  void anUnfitBodyIsRefusedByName(String body, String rule, String member) {
    Reply refused = admin.send("PUT", "/policies/p", body).expect(400);
    assertThat(refused.rule()).isEqualTo(rule);
    assertThat(refused.json().at("/error/message").asText()).contains("'" + member + "'");
    assertThat(refused.json().at("/error/innerError/message").asText()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{", "{\"appIds\":[],\"appIds\":[]}", "7"})
  void whatIsNoObjectIsRefused(String body) {
    admin.send("PUT", "/policies/p", body).expect(400);
  }

  @Test
  void aBodyHasItsBounds() {
    admin.send("PUT", "/policies/p", "{\"x\":\"" + "y".repeat(1 << 20) + "\"}").expect(413);
    assertThat(
            admin
                .send("PUT", "/policies/p", APPS, "X-Any", "y")
                .expect(201)
                .response()
                .headers()
                .firstValue("Content-Type"))
        .contains("application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%20", "%20a", "a%0A", "a%2Fb"})
  void aNameMustStandInAPath(String name) {
    admin.send("PUT", "/policies/" + name, APPS).expect(400);
  }

  @Test
  void anotherMethodIsNotAllowed() {
    Reply refused = admin.send("POST", "/policies/p", APPS).expect(405);
    assertThat(refused.response().headers().firstValue("Allow"))
        .contains("DELETE, GET, HEAD, PATCH, PUT");
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
