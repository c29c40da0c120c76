package dev.aftercall.access;

import static dev.aftercall.access.DecisionTableTest.outcome;
import static dev.aftercall.access.RecordingAccess.READ_ALL;
import static dev.aftercall.access.RecordingAccess.READ_CHAT;
import static dev.aftercall.access.Ruling.APP;
import static dev.aftercall.access.Ruling.COORGANIZER;
import static dev.aftercall.access.Ruling.EXPIRY;
import static dev.aftercall.access.Ruling.INVITED;
import static dev.aftercall.access.Ruling.ORGANIZER;
import static dev.aftercall.access.Ruling.STRANGER;
import static dev.aftercall.access.Ruling.app;
import static dev.aftercall.access.Ruling.reader;
import static dev.aftercall.access.Ruling.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.access.DecisionTableTest.Row;
import dev.aftercall.access.RecordingAccess.Action;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The decision table of transcripts, and of what ad hoc calls left behind. */
final class TranscriptAndCallDecisionsTest {
  private static final String DELEGATED = "yes:DELEGATED";
  private static final String BY_POLICY = "yes:POLICY";
  private static final String BY_CONSENT = "yes:CONSENT";
  private static final String NO_POLICY = "no:POLICY";
  private static final String READ_TRANSCRIPTS = "OnlineMeetingTranscript.Read.All";
  private static final String CHAT_TRANSCRIPTS = "OnlineMeetingTranscript.Read.Chat";
  private static final String READ_CALLS = "CallRecordings.Read.All";
  private static final String READ_CALL_TRANSCRIPTS = "CallTranscripts.Read.All";

  private static Ruling transcriptReader(UUID oid) {
    return user(oid, READ_TRANSCRIPTS).of(Permissions.TRANSCRIPTS);
  }

  private static Ruling transcriptApp(String... roles) {
    return app(roles).of(Permissions.TRANSCRIPTS);
  }

  static final List<Row> TRANSCRIPTS =
      List.of(
          Row.both("organizer's transcript", transcriptReader(ORGANIZER), DELEGATED),
          Row.both("invited person's transcript", transcriptReader(INVITED), DELEGATED),
          Row.both("stranger's transcript", transcriptReader(STRANGER), "no:ROSTER"),
          Row.both(
              "the scope of recordings for a transcript",
              reader(ORGANIZER).of(Permissions.TRANSCRIPTS),
              "no:SCOPE"),
          Row.both(
              "the scope of transcripts for a recording",
              user(ORGANIZER, READ_TRANSCRIPTS),
              "no:SCOPE"),
          Row.both(
              "an application with a policy",
              transcriptApp(READ_TRANSCRIPTS).policy("p", APP).everyone("p"),
              BY_POLICY),
          Row.both("an application without", transcriptApp(READ_TRANSCRIPTS), NO_POLICY),
          Row.both(
              "consent to transcripts in the chat",
              transcriptApp().consent(APP, CHAT_TRANSCRIPTS),
              BY_CONSENT),
          Row.both(
              "consent to recordings in the chat",
              transcriptApp().consent(APP, READ_CHAT),
              "no:ROLE"),
          Row.both("expired", transcriptReader(ORGANIZER).at(EXPIRY), "no:EXPIRY"),
          Row.both(
              "transcripts switched off",
              transcriptReader(ORGANIZER).transcripts(false, true),
              "no:TRANSCRIPT_ACCESS"),
          Row.both(
              "transcripts switched off, an application",
              transcriptApp(READ_TRANSCRIPTS)
                  .policy("p", APP)
                  .everyone("p")
                  .transcripts(false, false),
              "no:TRANSCRIPT_ACCESS"),
          Row.both(
              "transcripts switched off, consent",
              transcriptApp().consent(APP, CHAT_TRANSCRIPTS).transcripts(false, true),
              "no:TRANSCRIPT_ACCESS"),
          Row.both(
              "whoever lacks the scope does not learn of the switch",
              user(ORGANIZER).of(Permissions.TRANSCRIPTS).transcripts(false, false),
              "no:SCOPE"),
          Row.both(
              "the switch says nothing of recordings",
              reader(ORGANIZER).transcripts(false, false),
              DELEGATED),
          Row.both(
              "names switched off, the form without them",
              transcriptReader(ORGANIZER).transcripts(true, false),
              DELEGATED));

  static final List<Row> CALLS =
      List.of(
          Row.both(
              "who made the call",
              user(ORGANIZER, READ_CALLS).of(Permissions.CALL_RECORDINGS),
              DELEGATED),
          Row.both(
              "who was called",
              user(INVITED, READ_CALLS).of(Permissions.CALL_RECORDINGS),
              "no:ROSTER"),
          Row.both(
              "who helped with the call",
              user(COORGANIZER, READ_CALLS).of(Permissions.CALL_RECORDINGS).download(true),
              "no:ROSTER"),
          Row.both(
              "a stranger",
              user(STRANGER, READ_CALLS).of(Permissions.CALL_RECORDINGS),
              "no:ROSTER"),
          Row.both(
              "the scope of meetings for a call",
              reader(ORGANIZER).of(Permissions.CALL_RECORDINGS),
              "no:SCOPE"),
          Row.both(
              "an application with the role, no policy",
              app(READ_CALLS).of(Permissions.CALL_RECORDINGS),
              "yes:ROLE"),
          Row.both(
              "an application on a called person's path",
              app(READ_CALLS).of(Permissions.CALL_RECORDINGS).path(INVITED),
              "no:ROSTER"),
          Row.both(
              "the role of meetings for a call, with a policy",
              app(READ_ALL).of(Permissions.CALL_RECORDINGS).policy("p", APP).everyone("p"),
              "no:ROLE"),
          Row.both(
              "consent is not for calls",
              app().of(Permissions.CALL_RECORDINGS).consent(APP, READ_CHAT).consent(APP, ""),
              "no:ROLE"),
          Row.both(
              "me with an application",
              app(READ_CALLS).of(Permissions.CALL_RECORDINGS).me(),
              "no:ME_NEEDS_USER"),
          Row.both(
              "a call's transcript by who made it",
              user(ORGANIZER, READ_CALL_TRANSCRIPTS).of(Permissions.CALL_TRANSCRIPTS),
              DELEGATED),
          Row.both(
              "a call's transcript by an application",
              app(READ_CALL_TRANSCRIPTS).of(Permissions.CALL_TRANSCRIPTS),
              "yes:ROLE"),
          Row.both(
              "the role of a call's recording for its transcript",
              app(READ_CALLS).of(Permissions.CALL_TRANSCRIPTS),
              "no:ROLE"),
          Row.both(
              "a call's transcript, switched off",
              app(READ_CALL_TRANSCRIPTS).of(Permissions.CALL_TRANSCRIPTS).transcripts(false, true),
              "no:TRANSCRIPT_ACCESS"));

  @Test
  void namesAreHeldBackWhereTheTenantSaysSo() {
    Ruling person = transcriptReader(ORGANIZER).transcripts(true, false);
    Ruling call =
        app(READ_CALL_TRANSCRIPTS).of(Permissions.CALL_TRANSCRIPTS).transcripts(true, false);

    assertThat(outcome(person.decide(Action.ATTRIBUTED_CONTENT))).isEqualTo("no:SPEAKERS");
    assertThat(outcome(call.decide(Action.ATTRIBUTED_CONTENT))).isEqualTo("no:SPEAKERS");
    assertThat(outcome(person.transcripts(true, true).decide(Action.ATTRIBUTED_CONTENT)))
        .isEqualTo(DELEGATED);
    assertThat(outcome(person.transcripts(false, false).decide(Action.ATTRIBUTED_CONTENT)))
        .isEqualTo("no:TRANSCRIPT_ACCESS");
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource({"TRANSCRIPTS", "CALLS"})
  void decides(Row row) {
    assertThat(outcome(row.ruling().decide(Action.METADATA))).isEqualTo(row.metadata());
    assertThat(outcome(row.ruling().decide(Action.CONTENT))).isEqualTo(row.content());
  }
}
