package dev.aftercall.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient.Version;
import java.util.Locale;

/** The ways in which hand-written clients spell one and the same request. */
@Conformance("HTTP: spellings")
final class SpellingsTest {
  private final ServerUnderTest server;
  private final ReadyFile.Held held;

  SpellingsTest(ServerUnderTest server) {
    this.server = server;
    this.held = server.recording();
  }

  @Verified(year = 2026)
  void keysInParentheses() {
    same(
        "users('%s')/onlineMeetings('%s')/recordings('%s')"
            .formatted(held.organizer(), held.meetingId(), held.recordingId()));
    same(
        "me/onlineMeetings('%s')/recordings('%s')".formatted(held.meetingId(), held.recordingId()));
  }

  @Verified(year = 2026)
  void keysInParenthesesPercentEncoded() {
    same(
        "users(%%27%s%%27)/onlineMeetings(%%27%s%%27)/recordings(%%27%s%%27)"
            .formatted(held.organizer(), encoded(held.meetingId()), encoded(held.recordingId())));
    same(
        "users%%28%%27%s%%27%%29/onlineMeetings%%28%%27%s%%27%%29/recordings%%28%%27%s%%27%%29"
            .formatted(held.organizer(), encoded(held.meetingId()), encoded(held.recordingId())));
  }

  @Verified(year = 2026)
  void keysInParenthesesBesideKeysAsSegments() {
    same(
        "users/%s/onlineMeetings('%s')/recordings/%s"
            .formatted(held.organizer(), held.meetingId(), held.recordingId()));
  }

  @Verified(year = 2026)
  void idsPercentEncoded() {
    same(
        "users/%s/onlineMeetings/%s/recordings/%s"
            .formatted(held.organizer(), encoded(held.meetingId()), encoded(held.recordingId())));
    same(
        "users/%s/onlineMeetings/%s/recordings/%s"
            .formatted(
                held.organizer(),
                encoded(held.meetingId()).replace("%3D", "%3d"),
                encoded(held.recordingId()).replace("%3D", "%3d")));
  }

  @Verified(year = 2026)
  void segmentsInAnyCase() {
    same("ME/ONLINEMEETINGS/%s/RECORDINGS/%s".formatted(held.meetingId(), held.recordingId()));
    same(
        "users/%s/onlinemeetings/%s/Recordings/%s"
            .formatted(held.organizer(), held.meetingId(), held.recordingId()));
    same(
        "users/%s/onlineMeetings/%s/recordings/%s"
            .formatted(
                held.organizer().toUpperCase(Locale.ROOT), held.meetingId(), held.recordingId()));
    String content =
        "Users/%s/OnlineMeetings/%s/Recordings/%s/Content"
            .formatted(held.organizer(), held.meetingId(), held.recordingId());
    assertThat(server.wire().get(content).as("app").reply().body()).hasSize((int) held.size());
  }

  @Verified(year = 2026)
  void aSlashAtTheEnd() {
    same(held.byOrganizer() + "/");
    assertThat(server.wire().get(held.byOrganizer() + "/content/").as("app").reply().body())
        .hasSize((int) held.size());
  }

  @Verified(year = 2026)
  void contentWhateverIsAccepted() {
    for (String accept :
        new String[] {
          "", "application/json", "application/octet-stream, application/json", "*/*", "video/mp4"
        }) {
      Wire.Call call = server.wire().get(held.byMe() + "/content").as("organizer");
      if (!accept.isEmpty()) {
        call.header("Accept", accept);
      }
      Wire.Reply reply = call.reply();
      assertThat(reply.status()).as(accept).isEqualTo(200);
      assertThat(reply.header("Content-Type")).isEqualTo("video/mp4");
      assertThat(Bytes.sha256(reply.body())).isEqualTo(held.sha256());
    }
  }

  @Verified(year = 2026)
  void metadataWhateverIsAcceptedAndPreferred() {
    for (String accept :
        new String[] {
          "application/json;odata.metadata=none", "text/plain;q=0.9", "image/png", "*/*"
        }) {
      Wire.Reply reply =
          server
              .wire()
              .get(held.byMe())
              .as("organizer")
              .header("Accept", accept)
              .header("Content-Type", "application/json")
              .header("Prefer", "outlook.body-content-type=\"text\"")
              .header("ConsistencyLevel", "eventual")
              .reply();
      assertThat(reply.status()).as(accept).isEqualTo(200);
      assertThat(reply.json().path("id").asText()).isEqualTo(held.recordingId());
    }
  }

  @Verified(year = 2026)
  void theSchemeBearerInAnyCase() {
    Wire.Reply reply =
        server
            .wire()
            .get(held.byMe())
            .header("Authorization", "bearer " + server.ready().token("organizer"))
            .reply();
    assertThat(reply.status()).isEqualTo(200);
  }

  @Verified(year = 2026)
  void anUpgradeToHttp2IsIgnored() {
    // The JDK's client sends Upgrade: h2c and HTTP2-Settings with every request in the clear.
    for (String path : new String[] {held.byMe(), held.byMe() + "/content"}) {
      Wire.Reply reply =
          server
              .wire()
              .call("GET", server.ready().http() + "/v1.0/" + path)
              .as("organizer")
              .version(Version.HTTP_2)
              .reply();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.version()).isEqualTo(Version.HTTP_1_1);
    }
  }

  @Verified(year = 2026)
  void anOptionWithoutDollarIsNoOptionInVersionOne() {
    Wire.Reply reply = server.wire().get(held.byMe() + "?expand=x&foo=bar").as("organizer").reply();
    assertThat(reply.status()).isEqualTo(200);
  }

  @Verified(year = 2026)
  void anOptionWithoutDollarCountsInBeta() {
    Wire.Reply reply =
        server
            .wire()
            .call("GET", server.ready().https() + "/beta/" + held.byMe() + "?select=id")
            .as("organizer")
            .reply();
    assertThat(reply.json().fieldNames()).toIterable().containsExactly("@odata.context", "id");
  }

  @Verified(year = 2026)
  void aTranscriptsIdIsNoMeetingsId() {
    String transcript =
        held.transcriptId().orElse("MSMjMCMjN2ZmMWFlYzItYzhkMS0zNWNmLTgyN2UtNzE3Mzk0Zjk4Zjgz");
    Wire.Reply reply =
        server
            .wire()
            .get("me/onlineMeetings/%s/recordings/%s".formatted(transcript, held.recordingId()))
            .as("organizer")
            .reply();
    assertThat(GraphErrors.refused(400, "BadRequest", reply).path("message").asText())
        .isEqualTo("Unexpected id format");
  }

  private void same(String path) {
    Wire.Reply reply = server.wire().get(path).as("organizer").reply();
    assertThat(reply.status()).as(path + " " + reply.text()).isEqualTo(200);
    assertThat(reply.json())
        .isEqualTo(server.wire().get(held.byMe()).as("organizer").reply().json());
  }

  private static String encoded(String id) {
    // Both encodings of the padding, and a letter that need not be encoded at all.
    return "%" + Integer.toHexString(id.charAt(0)) + id.substring(1).replace("=", "%3D");
  }
}
