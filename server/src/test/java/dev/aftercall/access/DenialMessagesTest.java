package dev.aftercall.access;

import static dev.aftercall.access.RecordingAccess.READ_ALL;
import static dev.aftercall.access.RecordingAccess.READ_CHAT;
import static dev.aftercall.access.Ruling.APP;
import static dev.aftercall.access.Ruling.EXPIRY;
import static dev.aftercall.access.Ruling.INVITED;
import static dev.aftercall.access.Ruling.ORGANIZER;
import static dev.aftercall.access.Ruling.STRANGER;
import static dev.aftercall.access.Ruling.app;
import static dev.aftercall.access.Ruling.reader;
import static dev.aftercall.access.Ruling.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.access.Denial.Refusal;
import dev.aftercall.access.RecordingAccess.Action;
import dev.aftercall.meeting.MeetingType;
import org.junit.jupiter.api.Test;

/** Refusals word for word as Graph words them: clients compare these strings. */
final class DenialMessagesTest {
  @Test
  void meIsForPeople() {
    says(
        app(READ_ALL).me(),
        Action.METADATA,
        Refusal.BAD_REQUEST,
        "MeNeedsUser",
        "/me request is only valid with delegated authentication flow.");
  }

  @Test
  void missingScope() {
    says(
        user(ORGANIZER, "User.Read", "OnlineMeetings.Read"),
        Action.METADATA,
        Refusal.FORBIDDEN,
        "ScopeMissing",
        "Missing scope permissions on the request. API requires one of"
            + " 'OnlineMeetingRecording.Read.All'. Scopes on the request 'OnlineMeetings.Read,"
            + " User.Read'.");
  }

  @Test
  void missingRole() {
    says(
        app("B.Read.All", "A.Read.All"),
        Action.CONTENT,
        Refusal.FORBIDDEN,
        "RoleMissing",
        "Missing role permissions on the request. API requires one of"
            + " 'OnlineMeetingRecording.Read.All, OnlineMeetingRecording.Read.Chat'. Roles on the"
            + " request 'A.Read.All, B.Read.All'. Resource specific consent grants on the request"
            + " ''.");
  }

  @Test
  void missingPolicyForMetadata() {
    says(
        app(READ_ALL),
        Action.METADATA,
        Refusal.FORBIDDEN,
        "ApplicationAccessPolicyMissing",
        "No application access policy found for this app "
            + APP
            + " on the user "
            + ORGANIZER
            + ".");
  }

  @Test
  void missingPolicyForContent() {
    says(
        app(READ_ALL),
        Action.CONTENT,
        Refusal.FORBIDDEN,
        "ApplicationAccessPolicyMissing",
        "Application is not allowed to perform operations on the user '"
            + ORGANIZER
            + "', neither is allowed access through RSC permission evaluation.");
  }

  @Test
  void notOnTheRoster() {
    String graph = "3003: User does not have access to lookup meeting";
    says(reader(STRANGER), Action.METADATA, Refusal.FORBIDDEN, "NotOnRoster", graph);
    says(reader(STRANGER), Action.CONTENT, Refusal.FORBIDDEN, "NotOnRoster", graph);
    says(
        reader(STRANGER).path(ORGANIZER),
        Action.METADATA,
        Refusal.FORBIDDEN,
        "PathUserIsNotCaller",
        graph);
  }

  @Test
  void contentIsForTheOrganizer() {
    says(
        reader(INVITED),
        Action.CONTENT,
        Refusal.ACCESS_DENIED,
        "OrganizerOnly",
        "Access denied. Only the meeting organizer can download the recording.");
  }

  @Test
  void expired() {
    says(
        reader(ORGANIZER).at(EXPIRY),
        Action.METADATA,
        Refusal.NOT_FOUND,
        "MeetingExpired",
        "The requested resource does not exist.");
  }

  @Test
  void consentInAChannel() {
    says(
        app().consent(APP, READ_CHAT).meeting(MeetingType.SCHEDULED, true),
        Action.METADATA,
        Refusal.FORBIDDEN,
        "ConsentNotForThisMeeting",
        "Missing role permissions on the request. API requires one of"
            + " 'OnlineMeetingRecording.Read.All, OnlineMeetingRecording.Read.Chat'. Roles on the"
            + " request ''. Resource specific consent grants on the request"
            + " 'OnlineMeetingRecording.Read.Chat'.");
  }

  @Test
  void transcriptsSwitchedOff() {
    says(
        user(ORGANIZER, "OnlineMeetingTranscript.Read.All")
            .of(Permissions.TRANSCRIPTS)
            .transcripts(false, true),
        Action.METADATA,
        Refusal.FORBIDDEN,
        "GraphAccessToTranscriptsDisabled",
        "Graph API access to transcripts is disabled for this tenant.");
  }

  @Test
  void speakersSwitchedOff() {
    says(
        user(ORGANIZER, "OnlineMeetingTranscript.Read.All")
            .of(Permissions.TRANSCRIPTS)
            .transcripts(true, false),
        Action.ATTRIBUTED_CONTENT,
        Refusal.FORBIDDEN,
        "SpeakerAttributionNotAllowed",
        "Speaker-attributed transcript content is disabled for this tenant. Retry with Accept"
            + " 'application/vnd.microsoft.graph.transcript+text'.");
  }

  private static void says(
      Ruling ruling, Action action, Refusal refusal, String rule, String message) {
    Decision decision = ruling.decide(action);

    assertThat(decision).isInstanceOf(Decision.Deny.class);
    Denial denial = ((Decision.Deny) decision).denial();
    assertThat(denial.message()).isEqualTo(message);
    assertThat(denial.refusal()).isEqualTo(refusal);
    assertThat(denial.rule().word()).isEqualTo(rule);
    assertThat(denial.remedy()).isNotBlank();
  }
}
