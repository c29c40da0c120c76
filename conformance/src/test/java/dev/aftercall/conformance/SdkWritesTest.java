package dev.aftercall.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.graph.models.CallRecording;
import com.microsoft.graph.models.CallTranscript;
import com.microsoft.graph.users.item.onlinemeetings.item.OnlineMeetingItemRequestBuilder;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;

/** The SDK has a builder for every write that the model would allow. */
@Conformance("Graph SDK: writing what is read-only")
final class SdkWritesTest {
  private static final String UNDOCUMENTED =
      "The SDK alone has it, Graph documents no answer; we answer the 405 of its batch page";

  private final ServerUnderTest server;
  private final ReadyFile.Held held;

  SdkWritesTest(ServerUnderTest server) {
    this.server = server;
    this.held = server.recording();
  }

  @Differs(UNDOCUMENTED)
  void createUpdateAndDeleteRecording() {
    var recordings = meeting().recordings();
    refused(() -> recordings.post(new CallRecording()));
    refused(() -> recordings.byCallRecordingId(held.recordingId()).patch(new CallRecording()));
    refused(() -> recordings.byCallRecordingId(held.recordingId()).delete());
    assertThat(recordings.byCallRecordingId(held.recordingId()).get().getId())
        .isEqualTo(held.recordingId());
  }

  @Differs(UNDOCUMENTED)
  void putAndDeleteContentOfARecording() {
    var content = meeting().recordings().byCallRecordingId(held.recordingId()).content();
    refused(() -> content.put(bytes()));
    refused(() -> content.delete());
  }

  @Differs(UNDOCUMENTED)
  void createUpdateAndDeleteTranscript() {
    var transcripts = meeting().transcripts();
    refused(() -> transcripts.post(new CallTranscript()));
    refused(() -> transcripts.byCallTranscriptId(transcript()).patch(new CallTranscript()));
    refused(() -> transcripts.byCallTranscriptId(transcript()).delete());
  }

  @Differs(UNDOCUMENTED)
  void putAndDeleteContentOfATranscript() {
    var transcript = meeting().transcripts().byCallTranscriptId(transcript());
    refused(() -> transcript.content().put(bytes()));
    refused(() -> transcript.content().delete());
    refused(() -> transcript.metadataContent().put(bytes()));
    refused(() -> transcript.metadataContent().delete());
  }

  @Differs(UNDOCUMENTED)
  void updateAndDeleteRecordingAndTranscriptOfAnAdHocCall() {
    Assumptions.assumeTrue(
        server.ready().adhocCall().isPresent(), "the ready file has no ad hoc call");
    ReadyFile.Call made = server.ready().adhocCall().orElseThrow();
    var call = server.graph().bearing("organizer").me().adhocCalls().byAdhocCallId(made.id());
    var recording = call.recordings().byCallRecordingId(made.recordingId());
    refused(() -> recording.patch(new CallRecording()));
    refused(() -> recording.delete());
    refused(() -> recording.content().put(bytes()));
    refused(() -> recording.content().delete());
    var transcript = call.transcripts().byCallTranscriptId(made.transcriptId());
    refused(() -> transcript.patch(new CallTranscript()));
    refused(() -> transcript.delete());
    refused(() -> transcript.content().put(bytes()));
    refused(() -> transcript.metadataContent().delete());
  }

  private static void refused(ThrowingCallable call) {
    GraphErrors.refused(405, "Request_BadRequest", call);
  }

  private OnlineMeetingItemRequestBuilder meeting() {
    return server
        .graph()
        .bearing("organizer")
        .me()
        .onlineMeetings()
        .byOnlineMeetingId(held.meetingId());
  }

  private String transcript() {
    Assumptions.assumeTrue(held.transcriptId().isPresent(), "the ready file has no transcripts");
    return held.transcriptId().orElseThrow();
  }

  private static InputStream bytes() {
    return new ByteArrayInputStream(new byte[] {1, 2, 3});
  }
}
