package dev.aftercall.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.graph.core.tasks.PageIterator;
import com.microsoft.graph.models.CallRecording;
import com.microsoft.graph.models.CallRecordingCollectionResponse;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.graph.users.item.onlinemeetings.getallrecordingsmeetingorganizeruseridmeetingorganizeruseridwithstartdatetimewithenddatetime.GetAllRecordingsmeetingOrganizerUserIdMeetingOrganizerUserIdWithStartDateTimeWithEndDateTimeGetResponse;
import com.microsoft.graph.users.item.onlinemeetings.item.recordings.RecordingsRequestBuilder;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

@Conformance("Graph SDK: lists, getAllRecordings and delta")
final class SdkListsTest {
  private final ServerUnderTest server;
  private final ReadyFile.Held held;

  SdkListsTest(ServerUnderTest server) {
    this.server = server;
    this.held = server.recording();
  }

  @Verified(year = 2026)
  void aMeetingsRecordings() {
    CallRecordingCollectionResponse list =
        server
            .graph()
            .bearing("organizer")
            .me()
            .onlineMeetings()
            .byOnlineMeetingId(held.meetingId())
            .recordings()
            .get();
    assertThat(list.getValue()).extracting("id").contains(held.recordingId());
    assertThat(list.getOdataCount()).isEqualTo(list.getValue().size());
    CallRecording item = item(list.getValue());
    assertThat(item.getMeetingId()).isEqualTo(held.meetingId());
    assertThat(item.getOdataType()).isNull();
    CallRecording alone = GraphClients.me(server.graph().bearing("organizer"), held).get();
    assertThat(item.getRecordingContentUrl()).isEqualTo(alone.getRecordingContentUrl());
  }

  @Verified(year = 2026)
  void selectFilterOrderAndCount() {
    RecordingsRequestBuilder recordings = recordings(server.graph().app("app"));
    CallRecording alone =
        GraphClients.users(server.graph().app("app"), held.organizer(), held).get();
    List<CallRecording> found =
        recordings
            .get(
                request -> {
                  request.queryParameters.select = new String[] {"id", "createdDateTime"};
                  request.queryParameters.filter =
                      "contentcorrelationId eq '" + alone.getContentCorrelationId() + "'";
                  request.queryParameters.orderby = new String[] {"createdDateTime desc"};
                  request.queryParameters.top = 5;
                  request.queryParameters.count = true;
                })
            .getValue();
    assertThat(found).extracting("id").containsExactly(held.recordingId());
    assertThat(found.getFirst().getCallId()).isNull();
    assertThat(recordings.count().get()).isEqualTo(recordings.get().getValue().size());
    assertThat(
            recordings.count().get(request -> request.queryParameters.filter = "id eq 'nothing'"))
        .isZero();
  }

  @Verified(year = 2026)
  void getAllRecordingsAsTheSdkSpellsItIteratedPageByPage() throws Exception {
    GraphServiceClient client = server.graph().app("app");
    var all =
        client
            .users()
            .byUserId(held.organizer())
            .onlineMeetings()
            .getAllRecordingsmeetingOrganizerUserIdMeetingOrganizerUserIdWithStartDateTimeWithEndDateTime();
    var page =
        all.get(
            request -> {
              request.queryParameters.meetingOrganizerUserId = held.organizer();
              request.queryParameters.endDateTime = OffsetDateTime.parse("2100-01-01T00:00:00Z");
              request.queryParameters.startDateTime = OffsetDateTime.parse("2000-01-01T00:00:00Z");
              request.queryParameters.top = 1;
            });
    assertThat(page.getValue()).hasSize(1);
    assertThat(page.getValue().getFirst().getOdataType())
        .isEqualTo("#microsoft.graph.callRecording");

    List<String> ids = new ArrayList<>();
    new PageIterator.Builder<
            CallRecording,
            GetAllRecordingsmeetingOrganizerUserIdMeetingOrganizerUserIdWithStartDateTimeWithEndDateTimeGetResponse>()
        .client(client)
        .collectionPage(page)
        .collectionPageFactory(
            GetAllRecordingsmeetingOrganizerUserIdMeetingOrganizerUserIdWithStartDateTimeWithEndDateTimeGetResponse
                ::createFromDiscriminatorValue)
        .processPageItemCallback(
            recording -> {
              ids.add(recording.getId());
              return true;
            })
        .build()
        .iterate();
    assertThat(ids).doesNotHaveDuplicates().contains(held.recordingId());
    assertThat(ids)
        .containsAll(
            server.ready().recordings().stream()
                .filter(each -> each.organizer().equals(held.organizer()))
                .map(ReadyFile.Held::recordingId)
                .toList());
  }

  @Verified(year = 2026)
  void deltaOfAMeeting() {
    RecordingsRequestBuilder recordings = recordings(server.graph().app("app"));
    var first = recordings.delta().get();
    assertThat(first.getValue()).extracting("id").contains(held.recordingId());
    assertThat(first.getOdataDeltaLink()).startsWith(server.ready().https() + "/v1.0/");

    var then = recordings.delta().withUrl(first.getOdataDeltaLink()).get();
    assertThat(then.getValue()).isEmpty();
    assertThat(then.getOdataDeltaLink()).isNotEmpty();
  }

  @Verified(year = 2026)
  void deltaOfAnOrganizerAsClientsWriteIt() {
    String path =
        "users/"
            + held.organizer()
            + "/onlineMeetings/getAllRecordings(meetingOrganizerUserId='"
            + held.organizer()
            + "')/delta";
    Wire.Reply first = server.wire().get(path).as("app").reply();
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.json().path("value").findValuesAsText("id")).contains(held.recordingId());
    String link = first.json().path("@odata.deltaLink").asText();
    String below = link.substring((server.ready().https() + "/v1.0/").length());
    Wire.Reply then = server.wire().get(below).as("app").reply();
    assertThat(then.status()).isEqualTo(200);
    Wire.Reply filtered = server.wire().get(below + "&$filter=id%20eq%20'x'").as("app").reply();
    GraphErrors.refused(400, "BadRequest", filtered);
  }

  @Verified(year = 2026)
  void transcriptsOfAMeeting() {
    var list =
        server
            .graph()
            .bearing("organizer")
            .me()
            .onlineMeetings()
            .byOnlineMeetingId(held.meetingId())
            .transcripts()
            .get();
    assertThat(list.getValue()).extracting("id").contains(held.transcriptId().orElseThrow());
    CallRecording recording = GraphClients.me(server.graph().bearing("organizer"), held).get();
    assertThat(list.getValue())
        .extracting("contentCorrelationId")
        .contains(recording.getContentCorrelationId());
  }

  @Verified(year = 2026)
  void postToAListIsRefusedAsToOneOfItsItems() {
    Wire.Reply reply =
        server
            .wire()
            .send("POST", "me/onlineMeetings/" + held.meetingId() + "/recordings")
            .as("organizer")
            .json("{}")
            .reply();
    GraphErrors.refused(405, "Request_BadRequest", reply);
  }

  private RecordingsRequestBuilder recordings(GraphServiceClient client) {
    return client
        .users()
        .byUserId(held.organizer())
        .onlineMeetings()
        .byOnlineMeetingId(held.meetingId())
        .recordings();
  }

  private CallRecording item(List<CallRecording> list) {
    return list.stream()
        .filter(each -> each.getId().equals(held.recordingId()))
        .findFirst()
        .orElseThrow();
  }
}
