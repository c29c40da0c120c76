package dev.aftercall.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.graph.models.CallTranscript;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.graph.users.item.onlinemeetings.getalltranscriptsmeetingorganizeruseridmeetingorganizeruseridwithstartdatetimewithenddatetime.GetAllTranscriptsmeetingOrganizerUserIdMeetingOrganizerUserIdWithStartDateTimeWithEndDateTimeGetResponse;
import com.microsoft.graph.users.item.onlinemeetings.item.recordings.RecordingsRequestBuilder;
import com.microsoft.graph.users.item.onlinemeetings.item.recordings.delta.DeltaGetResponse;
import com.microsoft.graph.users.item.onlinemeetings.item.transcripts.TranscriptsRequestBuilder;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Assumptions;

@Conformance("Graph SDK: lists of transcripts, and delta page by page")
final class SdkTranscriptListsTest {
  private final ServerUnderTest server;
  private final ReadyFile.Held held;
  private final String transcript;

  SdkTranscriptListsTest(ServerUnderTest server) {
    this.server = server;
    this.held = server.recording();
    Assumptions.assumeTrue(held.transcriptId().isPresent(), "the ready file has no transcripts");
    this.transcript = held.transcriptId().orElseThrow();
  }

  @Verified(year = 2026)
  void aMeetingsTranscriptsSelectedFilteredAndOrdered() {
    CallTranscript alone =
        transcripts(server.graph().app("app")).byCallTranscriptId(transcript).get();
    var found =
        transcripts(server.graph().app("app"))
            .get(
                request -> {
                  request.queryParameters.select = new String[] {"id", "endDateTime"};
                  request.queryParameters.filter =
                      "contentCorrelationId eq '" + alone.getContentCorrelationId() + "'";
                  request.queryParameters.orderby = new String[] {"endDateTime"};
                  request.queryParameters.top = 3;
                })
            .getValue();
    assertThat(found).extracting("id").containsExactly(transcript);
    assertThat(found.getFirst().getMeetingId()).isNull();
    assertThat(found.getFirst().getEndDateTime()).isEqualTo(alone.getEndDateTime());
  }

  @Verified(year = 2026)
  void countOfAMeetingsTranscripts() {
    TranscriptsRequestBuilder transcripts = transcripts(server.graph().app("app"));
    assertThat(transcripts.count().get()).isEqualTo(transcripts.get().getValue().size());
    assertThat(
            transcripts.count().get(request -> request.queryParameters.filter = "id eq 'nothing'"))
        .isZero();
  }

  @Verified(year = 2026)
  void getAllTranscriptsAsTheSdkSpellsItIteratedPageByPage() throws ReflectiveOperationException {
    GraphServiceClient client = server.graph().app("app");
    var page =
        client
            .users()
            .byUserId(held.organizer())
            .onlineMeetings()
            .getAllTranscriptsmeetingOrganizerUserIdMeetingOrganizerUserIdWithStartDateTimeWithEndDateTime()
            .get(
                request -> {
                  request.queryParameters.meetingOrganizerUserId = held.organizer();
                  request.queryParameters.startDateTime =
                      OffsetDateTime.parse("2000-01-01T00:00:00Z");
                  request.queryParameters.endDateTime =
                      OffsetDateTime.parse("2100-01-01T00:00:00Z");
                  request.queryParameters.top = 1;
                });
    assertThat(page.getValue()).hasSize(1);
    assertThat(page.getValue().getFirst().getOdataType())
        .isEqualTo("#microsoft.graph.callTranscript");
    Pages<CallTranscript> all =
        Pages.from(
            client,
            page,
            GetAllTranscriptsmeetingOrganizerUserIdMeetingOrganizerUserIdWithStartDateTimeWithEndDateTimeGetResponse
                ::createFromDiscriminatorValue);
    assertThat(all.items()).extracting("id").doesNotHaveDuplicates().contains(transcript);
  }

  @Verified(year = 2026)
  void deltaOfAMeetingsTranscripts() {
    TranscriptsRequestBuilder transcripts = transcripts(server.graph().app("app"));
    var first = transcripts.delta().get();
    assertThat(first.getValue()).extracting("id").contains(transcript);
    var then = transcripts.delta().withUrl(first.getOdataDeltaLink()).get();
    assertThat(then.getValue()).isEmpty();
    assertThat(then.getOdataDeltaLink()).isNotEmpty();
  }

  @Verified(year = 2026)
  void thePageIteratorReadsDeltaAndKeepsItsLink() throws ReflectiveOperationException {
    GraphServiceClient client = server.graph().app("app");
    RecordingsRequestBuilder recordings =
        client
            .users()
            .byUserId(held.organizer())
            .onlineMeetings()
            .byOnlineMeetingId(held.meetingId())
            .recordings();
    Pages<com.microsoft.graph.models.CallRecording> all =
        Pages.from(
            client,
            recordings.delta().get(request -> request.queryParameters.top = 1),
            DeltaGetResponse::createFromDiscriminatorValue);
    assertThat(all.items()).extracting("id").contains(held.recordingId());
    assertThat(all.deltaLink()).startsWith(server.ready().https() + "/v1.0/");
    assertThat(recordings.delta().withUrl(all.deltaLink()).get().getValue()).isEmpty();
  }

  private TranscriptsRequestBuilder transcripts(GraphServiceClient client) {
    return client
        .users()
        .byUserId(held.organizer())
        .onlineMeetings()
        .byOnlineMeetingId(held.meetingId())
        .transcripts();
  }
}
