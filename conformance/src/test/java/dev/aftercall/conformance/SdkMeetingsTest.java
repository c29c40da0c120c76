package dev.aftercall.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.graph.models.OnlineMeeting;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import java.util.List;

@Conformance("Online meetings through the SDK")
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
}
