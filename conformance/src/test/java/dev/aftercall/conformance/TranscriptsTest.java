package dev.aftercall.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.graph.models.CallTranscript;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.graph.users.item.onlinemeetings.item.transcripts.item.CallTranscriptItemRequestBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Assumptions;

@Conformance("Graph SDK: transcripts")
final class TranscriptsTest {
  private static final String UNATTRIBUTED = "application/vnd.microsoft.graph.transcript+text";

  private final ServerUnderTest server;
  private final ReadyFile.Held held;

  TranscriptsTest(ServerUnderTest server) {
    this.server = server;
    this.held = server.recording();
    Assumptions.assumeTrue(held.transcriptId().isPresent(), "the ready file has no transcripts");
  }

  @Verified(year = 2026)
  void anAppWithPolicyReadsEveryProperty() {
    CallTranscript it = builder(server.graph().app("app")).get();

    assertThat(it.getId()).isEqualTo(held.transcriptId().orElseThrow());
    assertThat(it.getMeetingId()).isEqualTo(held.meetingId());
    assertThat(it.getCreatedDateTime()).isNotNull().isBefore(it.getEndDateTime());
    assertThat(it.getCreatedDateTime().getOffset()).isEqualTo(ZoneOffset.UTC);
    assertThat(it.getMeetingOrganizer().getUser().getId()).isEqualTo(held.organizer());
    assertThat(it.getTranscriptContentUrl()).endsWith("/transcripts/" + it.getId() + "/content");
    assertThat(it.getContent()).isNull();
    assertThat(it.getMetadataContent()).isNull();
    assertThat(it.getAdditionalData()).containsOnlyKeys("@odata.context");
  }

  @Verified(year = 2026)
  void recordingAndTranscriptNameTheSameCallAndCorrelation() {
    GraphServiceClient client = server.graph().app("app");
    CallTranscript transcript = builder(client).get();
    var recording = GraphClients.users(client, held.organizer(), held).get();

    assertThat(transcript.getContentCorrelationId())
        .isNotEmpty()
        .isEqualTo(recording.getContentCorrelationId());
    assertThat(transcript.getCallId()).isNotEmpty().isEqualTo(recording.getCallId());
  }

  @Verified(year = 2026)
  void anAppConsentedToInTheChatReads() throws IOException {
    assertThat(text(builder(server.graph().app("appRsc")).content().get())).startsWith("WEBVTT");
  }

  @Verified(year = 2026)
  void theContentIsWebVttWithVoices() throws IOException {
    assertThat(text(builder(server.graph().bearing("organizer")).content().get()))
        .startsWith("WEBVTT")
        .contains("<v ");
  }

  @Verified(year = 2026)
  void withoutNamesByAccept() throws IOException {
    String said =
        text(
            builder(server.graph().app("app"))
                .content()
                .get(
                    request -> {
                      request.headers.remove("Accept");
                      request.headers.add("Accept", UNATTRIBUTED);
                    }));

    assertThat(said).matches("(?s)\\d\\d:\\d\\d:\\d\\d\\.\\d{3} --> .* \n\n.* \n\n");
    assertThat(said).doesNotContain("<v ", "WEBVTT");
  }

  @Verified(year = 2026)
  void metadataContentsCuesAreJson() throws IOException {
    String said = text(builder(server.graph().app("app")).metadataContent().get());

    assertThat(said).startsWith("WEBVTT\n\n");
    JsonNode cue = new ObjectMapper().readTree(said.split("\n", -1)[3]);
    assertThat(cue.fieldNames())
        .toIterable()
        .containsExactly(
            "startDateTime", "endDateTime", "speakerName", "spokenText", "spokenLanguage");
    OffsetDateTime start = OffsetDateTime.parse(cue.path("startDateTime").asText());
    assertThat(start)
        .isAfterOrEqualTo(builder(server.graph().app("app")).get().getCreatedDateTime());
    assertThat(cue.path("startDateTime").asText()).matches(".*\\.\\d{7}\\+00:00");
  }

  @Verified(year = 2026)
  void formatWinsOverAccept() {
    Wire.Reply reply =
        server
            .wire()
            .get(path() + "/content?$format=text/vtt")
            .as("organizer")
            .header("Accept", "application/json;odata.metadata=none")
            .reply();
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).startsWith("WEBVTT");
  }

  @Verified(year = 2026)
  void wordDocumentsAreWithdrawn() {
    Wire.Reply reply =
        server
            .wire()
            .get(path() + "/content")
            .as("organizer")
            .header(
                "Accept", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
            .reply();
    assertThat(reply.status()).isEqualTo(406);
  }

  @Differs("Microsoft documents no ranges of a transcript; ours are RFC 9110's in every form")
  void rangesOfEveryForm() {
    Wire.Reply reply =
        server
            .wire()
            .get(path() + "/metadataContent")
            .as("organizer")
            .header("Range", "bytes=0-5")
            .reply();
    assertThat(reply.status()).isEqualTo(206);
    assertThat(reply.text()).isEqualTo("WEBVTT");
  }

  private String path() {
    return "me/onlineMeetings/"
        + held.meetingId()
        + "/transcripts/"
        + held.transcriptId().orElseThrow();
  }

  private CallTranscriptItemRequestBuilder builder(GraphServiceClient client) {
    return client
        .users()
        .byUserId(held.organizer())
        .onlineMeetings()
        .byOnlineMeetingId(held.meetingId())
        .transcripts()
        .byCallTranscriptId(held.transcriptId().orElseThrow());
  }

  private static String text(InputStream in) throws IOException {
    try (in) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
