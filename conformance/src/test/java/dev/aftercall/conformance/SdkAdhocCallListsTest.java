package dev.aftercall.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.graph.models.AdhocCall;
import com.microsoft.graph.models.CallRecording;
import com.microsoft.graph.models.CallTranscript;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.graph.users.item.adhoccalls.AdhocCallsRequestBuilder;
import com.microsoft.graph.users.item.adhoccalls.getallrecordingsuseriduseridwithstartdatetimewithenddatetime.GetAllRecordingsuserIdUserIdWithStartDateTimeWithEndDateTimeGetResponse;
import com.microsoft.graph.users.item.adhoccalls.getalltranscriptsuseriduseridwithstartdatetimewithenddatetime.GetAllTranscriptsuserIdUserIdWithStartDateTimeWithEndDateTimeGetResponse;
import com.microsoft.graph.users.item.adhoccalls.item.AdhocCallItemRequestBuilder;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Assumptions;

@Conformance("Graph SDK: lists of ad hoc calls")
final class SdkAdhocCallListsTest {
  private static final OffsetDateTime START = OffsetDateTime.parse("2000-01-01T00:00:00Z");
  private static final OffsetDateTime END = OffsetDateTime.parse("2100-01-01T00:00:00Z");
  private static final String SDK_ALONE =
      "The SDK alone has it and Graph documents that one call is not enumerated; not served";

  private final ServerUnderTest server;
  private final ReadyFile.Call call;

  SdkAdhocCallListsTest(ServerUnderTest server) {
    this.server = server;
    Assumptions.assumeTrue(
        server.ready().adhocCall().isPresent(), "the ready file has no ad hoc call");
    this.call = server.ready().adhocCall().orElseThrow();
  }

  @Verified(year = 2026)
  void getAllRecordingsAsTheSdkSpellsIt() throws ReflectiveOperationException {
    GraphServiceClient client = server.graph().app("app");
    var page =
        calls(client)
            .getAllRecordingsuserIdUserIdWithStartDateTimeWithEndDateTime()
            .get(
                request -> {
                  request.queryParameters.userId = call.organizer();
                  request.queryParameters.startDateTime = START;
                  request.queryParameters.endDateTime = END;
                  request.queryParameters.top = 1;
                });
    Pages<CallRecording> all =
        Pages.from(
            client,
            page,
            GetAllRecordingsuserIdUserIdWithStartDateTimeWithEndDateTimeGetResponse
                ::createFromDiscriminatorValue);
    assertThat(all.items()).extracting("id").doesNotHaveDuplicates().contains(call.recordingId());
    assertThat(all.items()).extracting("meetingId").containsOnlyNulls();
  }

  @Verified(year = 2026)
  void getAllTranscriptsAsTheSdkSpellsIt() throws ReflectiveOperationException {
    GraphServiceClient client = server.graph().app("app");
    var page =
        calls(client)
            .getAllTranscriptsuserIdUserIdWithStartDateTimeWithEndDateTime()
            .get(
                request -> {
                  request.queryParameters.userId = call.organizer();
                  request.queryParameters.startDateTime = START;
                  request.queryParameters.endDateTime = END;
                  request.queryParameters.top = 1;
                });
    Pages<CallTranscript> all =
        Pages.from(
            client,
            page,
            GetAllTranscriptsuserIdUserIdWithStartDateTimeWithEndDateTimeGetResponse
                ::createFromDiscriminatorValue);
    assertThat(all.items()).extracting("id").doesNotHaveDuplicates().contains(call.transcriptId());
  }

  @Verified(year = 2026)
  void theArtifactsOfOneCallAreNotEnumerated() {
    AdhocCallItemRequestBuilder one = one();
    assertThat(GraphErrors.refused(404, "NotFound", () -> one.recordings().get()).getMessage())
        .isEqualTo("Requested API is not supported. Please check the path.");
    GraphErrors.refused(404, "NotFound", () -> one.transcripts().get());
  }

  @Differs(SDK_ALONE)
  void countOfOneCallsArtifacts() {
    GraphErrors.refused(404, "NotFound", () -> one().recordings().count().get());
    GraphErrors.refused(404, "NotFound", () -> one().transcripts().count().get());
  }

  @Differs(SDK_ALONE)
  void deltaOfOneCallsArtifacts() {
    GraphErrors.refused(400, "BadRequest", () -> one().recordings().delta().get());
    GraphErrors.refused(400, "BadRequest", () -> one().transcripts().delta().get());
  }

  @Differs("The SDK alone has the calls themselves, Graph documents none; not served")
  void theCallsThemselves() {
    AdhocCallsRequestBuilder calls = calls(server.graph().app("app"));
    GraphErrors.refused(404, "NotFound", () -> calls.get());
    GraphErrors.refused(404, "NotFound", () -> calls.count().get());
    GraphErrors.refused(404, "NotFound", () -> calls.post(new AdhocCall()));
    GraphErrors.refused(404, "NotFound", () -> one().get());
    GraphErrors.refused(404, "NotFound", () -> one().patch(new AdhocCall()));
    GraphErrors.refused(404, "NotFound", () -> one().delete());
  }

  private AdhocCallItemRequestBuilder one() {
    return calls(server.graph().app("app")).byAdhocCallId(call.id());
  }

  private AdhocCallsRequestBuilder calls(GraphServiceClient client) {
    return client.users().byUserId(call.organizer()).adhocCalls();
  }
}
