package dev.aftercall.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.graph.models.CallRecording;
import com.microsoft.graph.models.CallTranscript;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.graph.users.item.adhoccalls.item.AdhocCallItemRequestBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import org.junit.jupiter.api.Assumptions;

@Conformance("Graph SDK: ad hoc calls")
final class AdhocCallsTest {
  private final ServerUnderTest server;
  private final ReadyFile.Call call;

  AdhocCallsTest(ServerUnderTest server) {
    this.server = server;
    Assumptions.assumeTrue(
        server.ready().adhocCall().isPresent(), "the ready file has no ad hoc call");
    this.call = server.ready().adhocCall().orElseThrow();
  }

  @Verified(year = 2026)
  void anAppReadsTheRecordingWithoutPolicy() {
    CallRecording it =
        builder(server.graph().app("appWithoutPolicy"))
            .recordings()
            .byCallRecordingId(call.recordingId())
            .get();

    assertThat(it.getId()).isEqualTo(call.recordingId());
    assertThat(it.getCallId()).isEqualTo(call.id());
    assertThat(it.getMeetingId()).isNull();
    assertThat(it.getContentCorrelationId()).matches("[0-9a-f-]{36}-\\d{8}_\\d{6}");
    assertThat(it.getMeetingOrganizer().getUser().getId()).isEqualTo(call.organizer());
    assertThat(it.getRecordingContentUrl()).contains("/adhocCalls/" + call.id() + "/recordings/");
  }

  @Verified(year = 2026)
  void whoeverMadeTheCallSavesIt() throws IOException {
    try (InputStream in =
        server
            .graph()
            .bearing("organizer")
            .me()
            .adhocCalls()
            .byAdhocCallId(call.id())
            .recordings()
            .byCallRecordingId(call.recordingId())
            .content()
            .get()) {
      assertThat(Bytes.sha256(in.readAllBytes())).isEqualTo(call.sha256());
    }
  }

  @Verified(year = 2026)
  void theTranscriptInItsForms() throws IOException {
    var transcript =
        builder(server.graph().app("app")).transcripts().byCallTranscriptId(call.transcriptId());
    CallTranscript it = transcript.get();

    assertThat(it.getCallId()).isEqualTo(call.id());
    assertThat(it.getTranscriptContentUrl()).contains("/adhocCalls/");
    try (InputStream in = transcript.content().get()) {
      assertThat(new String(in.readAllBytes(), UTF_8)).startsWith("WEBVTT");
    }
    try (InputStream in = transcript.metadataContent().get()) {
      assertThat(new String(in.readAllBytes(), UTF_8)).contains("\"spokenText\"");
    }
  }

  @Verified(year = 2026)
  void idsAreWhatClientsSniff() {
    assertThat(decoded(call.recordingId())).startsWith("3##19:").endsWith("-Recording");
    assertThat(decoded(call.transcriptId())).startsWith("3##19:").endsWith("-TranscriptV2##0");
  }

  @Verified(year = 2026)
  void whoWasCalledDoesNotReadIt() {
    GraphErrors.refused(
        403,
        "Forbidden",
        server
            .wire()
            .get("me/adhocCalls/" + call.id() + "/recordings/" + call.recordingId())
            .as("attendee")
            .reply());
  }

  private AdhocCallItemRequestBuilder builder(GraphServiceClient client) {
    return client.users().byUserId(call.organizer()).adhocCalls().byAdhocCallId(call.id());
  }

  private static String decoded(String id) {
    return new String(Base64.getDecoder().decode(id), UTF_8);
  }
}
