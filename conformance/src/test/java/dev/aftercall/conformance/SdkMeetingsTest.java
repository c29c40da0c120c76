package dev.aftercall.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.graph.models.OnlineMeeting;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.graph.users.item.onlinemeetings.createorget.CreateOrGetPostRequestBody;
import com.microsoft.graph.users.item.onlinemeetings.item.OnlineMeetingItemRequestBuilder;
import java.util.List;
import java.util.UUID;

@Conformance("Graph SDK: online meetings")
final class SdkMeetingsTest {
  private final ServerUnderTest server;
  private final ReadyFile.Held held;

  SdkMeetingsTest(ServerUnderTest server) {
    this.server = server;
    this.held = server.recording();
  }

  @Verified(year = 2026)
  void theMeetingOfARecording() {
    GraphServiceClient client = server.graph().bearing("organizer");
    assertThat(client.me().onlineMeetings().byOnlineMeetingId(held.meetingId()).get().getSubject())
        .isNotEmpty();
  }

  @Verified(year = 2026)
  void madeFoundChangedAndDeleted() {
    GraphServiceClient client = server.graph().bearing("organizer");
    OnlineMeeting draft = new OnlineMeeting();
    draft.setSubject("Made by the SDK");
    OnlineMeeting made = client.me().onlineMeetings().post(draft);

    List<OnlineMeeting> found =
        client
            .me()
            .onlineMeetings()
            .get(
                request ->
                    request.queryParameters.filter = "JoinWebUrl eq '" + made.getJoinWebUrl() + "'")
            .getValue();
    assertThat(found).singleElement().extracting(OnlineMeeting::getId).isEqualTo(made.getId());

    OnlineMeeting change = new OnlineMeeting();
    change.setSubject("Changed");
    var one = client.me().onlineMeetings().byOnlineMeetingId(made.getId());
    assertThat(one.patch(change).getSubject()).isEqualTo("Changed");
    one.delete();
  }

  @Verified(year = 2026)
  void createOrGetAnswersTheSameMeetingTwice() {
    GraphServiceClient client = server.graph().bearing("organizer");
    String externalId = UUID.randomUUID().toString();
    OnlineMeeting made = client.me().onlineMeetings().createOrGet().post(wanted(externalId));
    OnlineMeeting got = client.me().onlineMeetings().createOrGet().post(wanted(externalId));
    assertThat(got.getId()).isEqualTo(made.getId());
    assertThat(got.getExternalId()).isEqualTo(externalId);
    client.me().onlineMeetings().byOnlineMeetingId(made.getId()).delete();
  }

  @Verified(year = 2026)
  void byJoinMeetingId() {
    GraphServiceClient client = server.graph().bearing("organizer");
    OnlineMeeting meeting = meeting(client).get();
    String join = meeting.getJoinMeetingIdSettings().getJoinMeetingId();
    assertThat(
            client
                .me()
                .onlineMeetings()
                .get(
                    request ->
                        request.queryParameters.filter =
                            "joinMeetingIdSettings/joinMeetingId eq '" + join + "'")
                .getValue())
        .extracting(OnlineMeeting::getId)
        .containsExactly(held.meetingId());
  }

  @Verified(year = 2026)
  void meetingsAreNotListedWithoutTheirFilter() {
    GraphServiceClient client = server.graph().bearing("organizer");
    GraphErrors.refused(400, "InvalidArgument", () -> client.me().onlineMeetings().get());
  }

  @Verified(year = 2026)
  void anInvitedPersonReadsTheMeetingAndAnOutsiderDoesNot() {
    assertThat(meeting(server.graph().bearing("attendee")).get().getId())
        .isEqualTo(held.meetingId());
    GraphErrors.refused(403, "Forbidden", () -> meeting(server.graph().bearing("outsider")).get());
  }

  @Differs("The SDK alone has it, and Graph lists no meetings; '$count' is read as a meeting's id")
  void countOfMeetings() {
    GraphServiceClient client = server.graph().bearing("organizer");
    GraphErrors.refused(404, "NotFound", () -> client.me().onlineMeetings().count().get());
  }

  @Differs("Attendance is not kept here, as no meeting is held here")
  void attendanceReports() {
    OnlineMeetingItemRequestBuilder meeting = meeting(server.graph().bearing("organizer"));
    GraphErrors.refused(400, "BadRequest", () -> meeting.attendanceReports().get());
    GraphErrors.refused(400, "BadRequest", () -> meeting.attendeeReport().get());
  }

  /** A body for one call: the SDK sends of a body what changed since it was last sent. */
  private static CreateOrGetPostRequestBody wanted(String externalId) {
    CreateOrGetPostRequestBody body = new CreateOrGetPostRequestBody();
    body.setExternalId(externalId);
    body.setSubject("Made or got by the SDK");
    return body;
  }

  private OnlineMeetingItemRequestBuilder meeting(GraphServiceClient client) {
    return client.me().onlineMeetings().byOnlineMeetingId(held.meetingId());
  }
}
