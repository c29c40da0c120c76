package dev.aftercall.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.graph.communications.adhoccalls.AdhocCallsRequestBuilder;
import com.microsoft.graph.communications.onlinemeetings.OnlineMeetingsRequestBuilder;
import com.microsoft.graph.communications.onlinemeetings.createorget.CreateOrGetPostRequestBody;
import com.microsoft.graph.communications.onlinemeetings.item.OnlineMeetingItemRequestBuilder;
import com.microsoft.graph.models.OnlineMeeting;
import java.time.OffsetDateTime;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The SDK repeats every builder below {@code /communications}; Graph documents few of them. */
@Conformance("Graph SDK: below /communications")
final class SdkCommunicationsTest {
  private static final OffsetDateTime START = OffsetDateTime.parse("2000-01-01T00:00:00Z");
  private static final OffsetDateTime END = OffsetDateTime.parse("2100-01-01T00:00:00Z");
  private static final String SUBSCRIPTIONS =
      "Graph documents it as what a subscription names; served as a request, too";
  private static final String SDK_ALONE =
      "The SDK alone has it, Graph documents no such request; not served";

  private final ServerUnderTest server;
  private final ReadyFile.Held held;

  SdkCommunicationsTest(ServerUnderTest server) {
    this.server = server;
    this.held = server.recording();
  }

  @Differs(SUBSCRIPTIONS)
  void getAllRecordings() {
    var all =
        meetings()
            .getAllRecordingsmeetingOrganizerUserIdMeetingOrganizerUserIdWithStartDateTimeWithEndDateTime()
            .get(
                request -> {
                  request.queryParameters.meetingOrganizerUserId = held.organizer();
                  request.queryParameters.startDateTime = START;
                  request.queryParameters.endDateTime = END;
                });
    assertThat(all.getValue()).extracting("id").contains(held.recordingId());
  }

  @Differs(SUBSCRIPTIONS)
  void getAllTranscripts() {
    var all =
        meetings()
            .getAllTranscriptsmeetingOrganizerUserIdMeetingOrganizerUserIdWithStartDateTimeWithEndDateTime()
            .get(
                request -> {
                  request.queryParameters.meetingOrganizerUserId = held.organizer();
                  request.queryParameters.startDateTime = START;
                  request.queryParameters.endDateTime = END;
                });
    assertThat(all.getValue())
        .extracting("meetingOrganizer.user.id")
        .isNotEmpty()
        .containsOnly(held.organizer());
  }

  @Verified(year = 2026)
  void meetingsByVideoTeleconferenceId() {
    assertThat(
            meetings()
                .get(
                    request ->
                        request.queryParameters.filter = "VideoTeleconferenceId eq 'nobodys'")
                .getValue())
        .isEmpty();
    GraphErrors.refused(400, "InvalidArgument", () -> meetings().get());
  }

  @Differs(SDK_ALONE)
  void makingAndCountingMeetings() {
    GraphErrors.refused(405, "Request_BadRequest", () -> meetings().post(new OnlineMeeting()));
    unknown(() -> meetings().createOrGet().post(new CreateOrGetPostRequestBody()));
    unknown(() -> meetings().count().get());
  }

  @Differs(SDK_ALONE)
  void oneMeeting() {
    unknown(() -> meeting().get());
    unknown(() -> meeting().patch(new OnlineMeeting()));
    unknown(() -> meeting().delete());
    unknown(() -> meeting().attendeeReport().get());
    unknown(() -> meeting().attendanceReports().get());
  }

  @Differs(SDK_ALONE)
  void recordingsOfAMeeting() {
    unknown(() -> meeting().recordings().get());
    unknown(() -> meeting().recordings().count().get());
    unknown(() -> meeting().recordings().delta().get());
    unknown(() -> meeting().recordings().byCallRecordingId(held.recordingId()).get());
    unknown(() -> meeting().recordings().byCallRecordingId(held.recordingId()).content().get());
  }

  @Differs(SDK_ALONE)
  void transcriptsOfAMeeting() {
    String id = held.transcriptId().orElse("any");
    unknown(() -> meeting().transcripts().get());
    unknown(() -> meeting().transcripts().count().get());
    unknown(() -> meeting().transcripts().delta().get());
    unknown(() -> meeting().transcripts().byCallTranscriptId(id).get());
    unknown(() -> meeting().transcripts().byCallTranscriptId(id).content().get());
    unknown(() -> meeting().transcripts().byCallTranscriptId(id).metadataContent().get());
  }

  @Verified(year = 2026)
  void getAllOfAdHocCalls() {
    GraphErrors.refused(
        404,
        "NotFound",
        () -> calls().getAllRecordingsuserIdUserIdWithStartDateTimeWithEndDateTime().get());
    GraphErrors.refused(
        404,
        "NotFound",
        () -> calls().getAllTranscriptsuserIdUserIdWithStartDateTimeWithEndDateTime().get());
  }

  @Differs(SDK_ALONE)
  void adHocCalls() {
    unknown(() -> calls().get());
    unknown(() -> calls().count().get());
    var call = calls().byAdhocCallId("8b081ef6-4792-4def-b2c9-c363a1bf41d5");
    unknown(() -> call.get());
    unknown(() -> call.recordings().get());
    unknown(() -> call.recordings().count().get());
    unknown(() -> call.recordings().delta().get());
    unknown(() -> call.recordings().byCallRecordingId("any").get());
    unknown(() -> call.recordings().byCallRecordingId("any").content().get());
    unknown(() -> call.transcripts().get());
    unknown(() -> call.transcripts().count().get());
    unknown(() -> call.transcripts().delta().get());
    unknown(() -> call.transcripts().byCallTranscriptId("any").get());
    unknown(() -> call.transcripts().byCallTranscriptId("any").content().get());
    unknown(() -> call.transcripts().byCallTranscriptId("any").metadataContent().get());
  }

  private static void unknown(ThrowingCallable call) {
    assertThat(GraphErrors.refused(400, "BadRequest", call).getMessage())
        .startsWith("Resource not found for the segment '");
  }

  private OnlineMeetingsRequestBuilder meetings() {
    return server.graph().app("app").communications().onlineMeetings();
  }

  private OnlineMeetingItemRequestBuilder meeting() {
    return meetings().byOnlineMeetingId(held.meetingId());
  }

  private AdhocCallsRequestBuilder calls() {
    return server.graph().app("app").communications().adhocCalls();
  }
}
