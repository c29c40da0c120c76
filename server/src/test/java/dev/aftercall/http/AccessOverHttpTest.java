package dev.aftercall.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.access.RecordingAccess;
import dev.aftercall.jdbc.Database;
import dev.aftercall.jdbc.RuleEditor;
import dev.aftercall.ruling.Grantee;
import dev.aftercall.ruling.Policy;
import dev.aftercall.testing.Poll;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rules changed by another process are obeyed within a second, both ways. */
final class AccessOverHttpTest {
  private static final Duration PROMISED = Duration.ofSeconds(1);

  private static TestServer server;
  private static Recorded recorded;

  @BeforeAll
  static void start() {
    server = new TestServer();
    recorded = server.record();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aPolicyOpensAndItsRemovalShuts() {
    String app = server.app();
    assertThat(status(recorded.path(), app)).isEqualTo(403);
    try (Database elsewhere = Database.open(Database.Location.in(server.dataDir()))) {
      RuleEditor editor = new RuleEditor(elsewhere, TestServer.TENANT);
      editor.putPolicy(new Policy("p", "", List.of(TestServer.APP)));
      editor.grant(new Grantee.User(TestServer.ORGANIZER), "p");

      becomes(200, recorded.path(), app);
      assertThat(status(recorded.contentPath(), app)).isEqualTo(200);
      assertThat(status(recorded.pathOf(TestServer.ATTENDEE), app)).isEqualTo(403);

      editor.removePolicy("p");
      becomes(403, recorded.path(), app);
    }
  }

  @Test
  void theDownloadSwitchOpensAndShuts() {
    String attendee = server.user(TestServer.ATTENDEE);
    String content = recorded.pathOf(TestServer.ATTENDEE) + "/content";
    assertThat(status(content, attendee)).isEqualTo(403);
    try (Database elsewhere = Database.open(Database.Location.in(server.dataDir()))) {
      RuleEditor editor = new RuleEditor(elsewhere, TestServer.TENANT);
      editor.setParticipantDownload(true);
      becomes(200, content, attendee);

      editor.setParticipantDownload(false);
      becomes(403, content, attendee);
    }
  }

  @Test
  void consentOpensOneChat() {
    String chatApp = TestServer.guid("chat app").toString();
    String token = server.tokens().app(TestServer.TENANT, chatApp).roles().signed();
    Recorded other = server.record();
    Recorded channel = server.handOver().channel().keep();
    for (Recorded film : List.of(recorded, channel)) {
      server.rules().setConsent(film.threadId(), chatApp, RecordingAccess.READ_CHAT, true);
    }

    becomes(200, recorded.path(), token);
    assertThat(status(recorded.contentPath(), token)).isEqualTo(200);
    assertThat(status(other.path(), token)).isEqualTo(403);
    assertThat(status(channel.path(), token)).isEqualTo(403);
  }

  private static void becomes(int status, String path, String token) {
    Poll.until(status + " for " + path, PROMISED, () -> status(path, token) == status);
  }

  private static int status(String path, String token) {
    return server.get(path, token).statusCode();
  }
}
