package dev.aftercall.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.graph.models.CallRecording;
import com.microsoft.graph.models.Identity;
import com.microsoft.graph.models.IdentitySet;
import com.microsoft.graph.models.TeamworkUserIdentity;
import com.microsoft.graph.models.TeamworkUserIdentityType;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import java.time.ZoneOffset;
import java.util.UUID;

@Conformance("Graph SDK: metadata")
final class SdkMetadataTest {
  private final ServerUnderTest server;
  private final ReadyFile.Held held;

  SdkMetadataTest(ServerUnderTest server) {
    this.server = server;
    this.held = server.recording();
  }

  @Verified(year = 2026)
  void anAppWithPolicyReadsEveryProperty() {
    GraphServiceClient client = server.graph().app("app");
    for (ReadyFile.Held each : server.ready().recordings()) {
      CallRecording it = GraphClients.users(client, each.organizer(), each).get();
      assertThat(it.getId()).isEqualTo(each.recordingId());
      assertThat(it.getMeetingId()).isEqualTo(each.meetingId());
      assertThat(UUID.fromString(it.getCallId())).isNotNull();
      assertThat(it.getContentCorrelationId()).matches("[0-9a-f-]{36}-\\d+");
      assertThat(it.getCreatedDateTime()).isNotNull().isBefore(it.getEndDateTime());
      assertThat(it.getCreatedDateTime().getOffset()).isEqualTo(ZoneOffset.UTC);
      assertThat(it.getRecordingContentUrl())
          .isEqualTo(server.ready().https() + "/v1.0/" + each.byOrganizer() + "/content");
      assertThat(it.getContent()).as("a stream is never in the JSON").isNull();
      assertThat(it.getOdataType()).isNull();
      assertThat(it.getAdditionalData()).containsOnlyKeys("@odata.context");
    }
  }

  @Verified(year = 2026)
  void theOrganizerIsATeamworkUserIdentity() {
    IdentitySet organizer =
        GraphClients.users(server.graph().app("app"), held.organizer(), held)
            .get()
            .getMeetingOrganizer();
    assertThat(organizer.getApplication()).isNull();
    assertThat(organizer.getDevice()).isNull();
    Identity user = organizer.getUser();
    assertThat(user).isInstanceOf(TeamworkUserIdentity.class);
    assertThat(user.getId()).isEqualTo(held.organizer());
    assertThat(user.getDisplayName()).isNull();
    assertThat(user.getOdataType()).isEqualTo("#microsoft.graph.teamworkUserIdentity");
    assertThat(((TeamworkUserIdentity) user).getUserIdentityType())
        .isEqualTo(TeamworkUserIdentityType.AadUser);
    assertThat(user.getAdditionalData()).containsEntry("tenantId", server.ready().tenantId());
  }

  @Verified(year = 2026)
  void theOrganizerReadsThroughMeAndThroughTheirOwnPath() {
    GraphServiceClient client = server.graph().bearing("organizer");
    CallRecording byMe = GraphClients.me(client, held).get();
    CallRecording byOwnPath = GraphClients.users(client, held.organizer(), held).get();
    assertThat(byMe.getId()).isEqualTo(held.recordingId());
    assertThat(byOwnPath.getId()).isEqualTo(held.recordingId());
    assertThat(byMe.getAdditionalData()).isEqualTo(byOwnPath.getAdditionalData());
  }

  @Verified(year = 2026)
  void anInvitedPersonReads() {
    CallRecording it = GraphClients.me(server.graph().bearing("attendee"), held).get();
    assertThat(it.getId()).isEqualTo(held.recordingId());
    assertThat(it.getMeetingOrganizer().getUser().getId()).isEqualTo(held.organizer());
  }

  @Verified(year = 2026)
  void anAppReadsThroughTheInvitedPersonsPath() {
    String attendee = server.ready().user("attendee");
    CallRecording it = GraphClients.users(server.graph().app("app"), attendee, held).get();
    assertThat(it.getId()).isEqualTo(held.recordingId());
    assertThat(it.getRecordingContentUrl()).contains("/users/" + attendee + "/");
  }

  @Verified(year = 2026)
  void anAppConsentedToInTheChatNeedsNoPolicy() {
    CallRecording it =
        GraphClients.users(server.graph().app("appRsc"), held.organizer(), held).get();
    assertThat(it.getId()).isEqualTo(held.recordingId());
  }

  @Verified(year = 2026)
  void selectLeavesTheRestOut() {
    CallRecording it =
        GraphClients.users(server.graph().app("app"), held.organizer(), held)
            .get(
                request -> request.queryParameters.select = new String[] {"id", "createdDateTime"});
    assertThat(it.getId()).isEqualTo(held.recordingId());
    assertThat(it.getCreatedDateTime()).isNotNull();
    assertThat(it.getCallId()).isNull();
    assertThat(it.getMeetingId()).isNull();
    assertThat(it.getMeetingOrganizer()).isNull();
    assertThat(it.getRecordingContentUrl()).isNull();
  }

  @Verified(year = 2026)
  void betaAnswersTheSameWithItsOwnLinks() {
    GraphServiceClient beta = server.graph().client("/beta", server.graph().secret("app"));
    CallRecording it = GraphClients.users(beta, held.organizer(), held).get();
    assertThat(it.getId()).isEqualTo(held.recordingId());
    assertThat(it.getRecordingContentUrl()).startsWith(server.ready().https() + "/beta/users/");
  }
}
