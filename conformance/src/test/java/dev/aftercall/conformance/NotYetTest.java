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

  @Todo("the meeting itself")
  void theMeeting() {
    GraphServiceClient client = server.graph().bearing("organizer");
    assertThat(client.me().onlineMeetings().byOnlineMeetingId(held.meetingId()).get().getSubject())
        .isNotEmpty();
  }

  @Todo("$metadata, which needs no token")
  void theServicesMetadata() {
    Wire.Reply reply = server.wire().get("$metadata").reply();
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).contains("Name=\"callRecording\"");
  }
}
