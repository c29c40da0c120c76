package dev.aftercall.conformance;

import static dev.aftercall.conformance.GraphErrors.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.graph.models.CallRecording;
import com.microsoft.graph.models.odataerrors.MainError;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

@Conformance("Graph SDK: refusals")
final class SdkErrorsTest {
  private final ServerUnderTest server;
  private final ReadyFile.Held held;

  SdkErrorsTest(ServerUnderTest server) {
    this.server = server;
    this.held = server.recording();
  }

  @Verified(year = 2026)
  void metadataWithoutPolicy() {
    GraphServiceClient client = server.graph().app("appWithoutPolicy");
    MainError error =
        refused(403, "Forbidden", () -> GraphClients.users(client, held.organizer(), held).get());
    assertThat(error.getMessage())
        .isEqualTo(
            "No application access policy found for this app %s on the user %s."
                .formatted(server.ready().app("appWithoutPolicy").clientId(), held.organizer()));
  }

  @Verified(year = 2026)
  void contentWithoutPolicy() {
    GraphServiceClient client = server.graph().app("appWithoutPolicy");
    MainError error =
        refused(
            403,
            "Forbidden",
            () -> GraphClients.users(client, held.organizer(), held).content().get());
    assertThat(error.getMessage())
        .isEqualTo(
            "Application is not allowed to perform operations on the user '%s', neither is allowed access through RSC permission evaluation."
                .formatted(held.organizer()));
  }

  @Verified(year = 2026)
  void anAppWithNeitherRoleNorConsent() {
    MainError error =
        refused(
            403,
            "Forbidden",
            () -> GraphClients.users(server.graph().app("intake"), held.organizer(), held).get());
    assertThat(error.getMessage())
        .startsWith(
            "Missing role permissions on the request. API requires one of 'OnlineMeetingRecording.Read.All, OnlineMeetingRecording.Read.Chat'. Roles on the request '")
        .endsWith("'. Resource specific consent grants on the request ''.");
  }

  @Verified(year = 2026)
  void anAppThroughTheOutsidersPath() {
    MainError error =
        refused(
            403,
            "Forbidden",
            () ->
                GraphClients.users(server.graph().app("app"), server.ready().user("outsider"), held)
                    .get());
    assertThat(error.getMessage()).isEqualTo("3003: User does not have access to lookup meeting");
  }

  @Verified(year = 2026)
  void theOutsider() {
    GraphServiceClient client = server.graph().bearing("outsider");
    assertThat(refused(403, "Forbidden", () -> GraphClients.me(client, held).get()).getMessage())
        .isEqualTo("3003: User does not have access to lookup meeting");
    refused(403, "Forbidden", () -> GraphClients.me(client, held).content().get());
  }

  @Verified(year = 2026)
  void theTenantsAdminIsNoExceptionToTheRoster() {
    GraphServiceClient client = server.graph().bearing("tenantAdmin");
    assertThat(refused(403, "Forbidden", () -> GraphClients.me(client, held).get()).getMessage())
        .isEqualTo("3003: User does not have access to lookup meeting");
  }

  @Differs("Graph documents no answer to a delegated call of another person's path; we refuse it")
  void aPersonThroughAnothersPath() {
    GraphServiceClient client = server.graph().bearing("attendee");
    refused(403, "Forbidden", () -> GraphClients.users(client, held.organizer(), held).get());
  }

  @Verified(year = 2026)
  void theAttendeesContent() {
    GraphServiceClient client = server.graph().bearing("attendee");
    refused(403, "accessDenied", () -> GraphClients.me(client, held).content().get());
  }

  @Differs("Graph's body for an unknown recording is not documented; we answer its generic 404")
  void anUnknownRecording() {
    GraphServiceClient client = server.graph().app("app");
    String unknown =
        Base64.getEncoder()
            .encodeToString(("1##0##" + UUID.randomUUID()).getBytes(StandardCharsets.US_ASCII));
    for (String id : new String[] {unknown, UUID.randomUUID().toString(), "nonsense"}) {
      refused(
          404,
          "NotFound",
          () ->
              client
                  .users()
                  .byUserId(held.organizer())
                  .onlineMeetings()
                  .byOnlineMeetingId(held.meetingId())
                  .recordings()
                  .byCallRecordingId(id)
                  .get());
    }
  }

  @Differs("Graph's body for an unknown meeting is not documented; we answer its generic 404")
  void anotherMeetingsRecording() {
    ReadyFile.Held other = server.ready().recordings().get(1);
    refused(
        404,
        "NotFound",
        () ->
            server
                .graph()
                .app("app")
                .users()
                .byUserId(held.organizer())
                .onlineMeetings()
                .byOnlineMeetingId(other.meetingId())
                .recordings()
                .byCallRecordingId(held.recordingId())
                .get());
  }

  @Verified(year = 2026)
  void anAppThroughMe() {
    GraphServiceClient client = server.graph().app("app");
    MainError error = refused(400, "BadRequest", () -> GraphClients.me(client, held).get());
    assertThat(error.getMessage())
        .isEqualTo("/me request is only valid with delegated authentication flow.");
    refused(400, "BadRequest", () -> GraphClients.me(client, held).content().get());
  }

  @Verified(year = 2026)
  void anAppThatWritesAUserPrincipalName() {
    GraphServiceClient client = server.graph().app("app");
    refused(
        404,
        "UnknownError",
        () -> GraphClients.users(client, "somebody@demo.aftercall.example", held).get());
  }

  @Verified(year = 2026)
  void anUnknownPropertyInSelect() {
    MainError error =
        refused(
            400,
            "BadRequest",
            () ->
                GraphClients.me(server.graph().bearing("organizer"), held)
                    .get(r -> r.queryParameters.select = new String[] {"id", "duration"}));
    assertThat(error.getMessage())
        .isEqualTo(
            "Parsing OData Select and Expand failed: Could not find a property named 'duration' on type 'microsoft.graph.callRecording'.");
  }

  @Verified(year = 2026)
  void anotherQueryOption() {
    MainError error =
        refused(
            400,
            "BadRequest",
            () ->
                GraphClients.me(server.graph().bearing("organizer"), held)
                    .get(r -> r.queryParameters.expand = new String[] {"meetingOrganizer"}));
    assertThat(error.getMessage()).contains("$expand");
  }

  @Verified(year = 2026)
  void aTokenThatIsNone() {
    GraphServiceClient client = server.graph().client(GraphClients.token("garbage"));
    MainError error =
        refused(401, "InvalidAuthenticationToken", () -> GraphClients.me(client, held).get());
    assertThat(error.getMessage())
        .isEqualTo("CompactToken parsing failed with error code: 80049217");
  }

  @Verified(year = 2026)
  void aTokenThatWasTamperedWith() {
    String token = server.ready().token("organizer");
    int dot = token.lastIndexOf('.');
    String signature = token.substring(dot + 1);
    char first = signature.charAt(0) == 'A' ? 'B' : 'A';
    GraphServiceClient client =
        server
            .graph()
            .client(
                GraphClients.token(token.substring(0, dot + 1) + first + signature.substring(1)));
    refused(401, "InvalidAuthenticationToken", () -> GraphClients.me(client, held).get());
    refused(401, "InvalidAuthenticationToken", () -> GraphClients.me(client, held).content().get());
  }

  @Differs("Graph documents no answer to writing; we answer the 405 of its batch page")
  void writing() {
    var recording = GraphClients.users(server.graph().app("app"), held.organizer(), held);
    refused(405, "Request_BadRequest", recording::delete);
    refused(405, "Request_BadRequest", () -> recording.patch(new CallRecording()));
    refused(405, "Request_BadRequest", recording.content()::delete);
    MainError error =
        refused(
            405,
            "Request_BadRequest",
            () -> recording.content().put(new ByteArrayInputStream(new byte[] {1, 2, 3})));
    assertThat(error.getMessage())
        .isEqualTo("Specified HTTP method is not allowed for the request target.");
  }

  @Differs("Beyond Graph: innerError names the rule that failed and what would satisfy it")
  void everyRefusalExplainsItself() {
    GraphServiceClient client = server.graph().app("appWithoutPolicy");
    MainError error =
        refused(403, "Forbidden", () -> GraphClients.users(client, held.organizer(), held).get());
    assertThat(error.getInnerError().getAdditionalData())
        .containsEntry("code", "ApplicationAccessPolicyMissing")
        .containsKey("message");
  }
}
