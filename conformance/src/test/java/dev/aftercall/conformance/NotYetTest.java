package dev.aftercall.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.graph.serviceclient.GraphServiceClient;

@Conformance("Not served yet")
final class NotYetTest {
  private final ServerUnderTest server;
  private final ReadyFile.Held held;

  NotYetTest(ServerUnderTest server) {
    this.server = server;
    this.held = server.recording();
  }

  @Todo("list of a meeting's recordings")
  void listOfRecordings() {
    GraphServiceClient client = server.graph().bearing("organizer");
    var list =
        client
            .me()
            .onlineMeetings()
            .byOnlineMeetingId(held.meetingId())
            .recordings()
            .get()
            .getValue();
    assertThat(list).singleElement().extracting("id").isEqualTo(held.recordingId());
  }

  @Todo("POST to the list is 405, as to one of its items")
  void postToTheList() {
    Wire.Reply reply =
        server
            .wire()
            .send("POST", "me/onlineMeetings/" + held.meetingId() + "/recordings")
            .as("organizer")
            .json("{}")
            .reply();
    GraphErrors.refused(405, "Request_BadRequest", reply);
  }

  @Todo("getAllRecordings as the kiota SDKs spell it")
  void allRecordingsOfAnOrganizer() {
    GraphServiceClient client = server.graph().app("app");
    var page =
        client
            .users()
            .byUserId(held.organizer())
            .onlineMeetings()
            .getAllRecordingsmeetingOrganizerUserIdMeetingOrganizerUserIdWithStartDateTimeWithEndDateTime()
            .get(request -> request.queryParameters.meetingOrganizerUserId = held.organizer());
    assertThat(page.getValue()).isNotEmpty();
  }
}
