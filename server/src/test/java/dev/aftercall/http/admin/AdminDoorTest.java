package dev.aftercall.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.access.AdminAccess;
import dev.aftercall.http.admin.AdminClient.Reply;
import dev.aftercall.journal.Journal;
import dev.aftercall.testing.TestServer;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who comes through the administrators' door, and what the journal says of it. */
final class AdminDoorTest {
  private static final String BODY = "{\"appIds\":[\"a\"]}";

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void anApplicationNeedsTheRole() {
    AdminClient.manager(server).get("/policies").expect(200);
    Reply refused = AdminClient.with(server, server.app()).get("/policies").expect(403);
    assertThat(refused.rule()).isEqualTo("RoleMissing");
    assertThat(refused.json().at("/error/message").asText()).contains(AdminAccess.MANAGE);
  }

  @Test
  void aPersonNeedsScopeAndDirectoryRole() {
    AdminClient.person(server, AdminAccess.GLOBAL_ADMINISTRATOR).get("/policies").expect(200);
    AdminClient.person(server, AdminAccess.TEAMS_ADMINISTRATOR).get("/policies").expect(200);
    assertThat(AdminClient.person(server).get("/policies").expect(403).rule())
        .isEqualTo("DirectoryRoleMissing");
    assertThat(
            AdminClient.person(server, AdminAccess.COMPLIANCE_ADMINISTRATOR)
                .get("/policies")
                .expect(403)
                .rule())
        .isEqualTo("DirectoryRoleMissing");
    String withoutScope = server.user(TestServer.ORGANIZER);
    assertThat(AdminClient.with(server, withoutScope).get("/policies").expect(403).rule())
        .isEqualTo("ScopeMissing");
  }

  @Test
  void aComplianceReaderLooksAndChangesNothing() {
    AdminClient reader = AdminClient.reader(server);
    reader.get("/policies").expect(200);
    assertThat(reader.send("PUT", "/policies/x", BODY).expect(403).rule())
        .isEqualTo("ComplianceReaderChangesNothing");
    AdminClient.manager(server).get("/policies/x").expect(404);
  }

  @Test
  void everythingLiesInTheTokensTenant() {
    AdminClient.manager(server).send("PUT", "/policies/mine", BODY).expect(201);
    AdminClient other = AdminClient.manager(server, TestServer.guid("another tenant"));
    other.get("/policies/mine").expect(404);
    assertThat(other.get("/policies").json().path("value")).isEmpty();
  }

  @Test
  void withoutATokenNobodyLearnsAnything() {
    AdminClient.with(server, "").get("/policies").expect(401);
  }

  @Test
  void theJournalHearsOfEveryCall() {
    AdminClient manager = AdminClient.manager(server);
    Journal.Entry put = journalled(manager.send("PUT", "/policies/journalled", BODY));
    assertThat(put.action()).isEqualTo("admin");
    assertThat(put.target()).isEqualTo("PUT /admin/v1/policies/journalled");
    assertThat(put.allowed()).isTrue();
    assertThat(put.rule()).isEqualTo("administrator");
    assertThat(put.delivery().status()).isEqualTo(201);

    Journal.Entry unfit = journalled(manager.send("PUT", "/policies/journalled", BODY));
    assertThat(unfit.delivery().status()).isEqualTo(428);

    Journal.Entry refused =
        journalled(AdminClient.with(server, server.app()).get("/policies").expect(403));
    assertThat(refused.allowed()).isFalse();
    assertThat(refused.rule()).isEqualTo("RoleMissing");
  }

  private static Journal.Entry journalled(Reply reply) {
    return server.journal(reply.response().headers().firstValue("request-id").orElseThrow());
  }

  @Test
  void directoryRolesThatAreNoGuidsAreOverlooked() {
    String token =
        server
            .tokens()
            .user(TestServer.TENANT, UUID.nameUUIDFromBytes(new byte[] {7}))
            .scopes(AdminAccess.MANAGE)
            .with("wids", "Global Administrator")
            .signed();
    AdminClient.with(server, token).get("/policies").expect(403);
  }
}
