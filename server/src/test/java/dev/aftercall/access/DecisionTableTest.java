package dev.aftercall.access;

import static dev.aftercall.access.RecordingAccess.READ_ALL;
import static dev.aftercall.access.RecordingAccess.READ_CHAT;
import static dev.aftercall.access.Ruling.APP;
import static dev.aftercall.access.Ruling.COORGANIZER;
import static dev.aftercall.access.Ruling.EXPIRY;
import static dev.aftercall.access.Ruling.GROUP;
import static dev.aftercall.access.Ruling.INVITED;
import static dev.aftercall.access.Ruling.ORGANIZER;
import static dev.aftercall.access.Ruling.OTHER_APP;
import static dev.aftercall.access.Ruling.OTHER_GROUP;
import static dev.aftercall.access.Ruling.STRANGER;
import static dev.aftercall.access.Ruling.app;
import static dev.aftercall.access.Ruling.reader;
import static dev.aftercall.access.Ruling.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.access.RecordingAccess.Action;
import dev.aftercall.access.Rules.GroupGrant;
import dev.aftercall.meeting.MeetingType;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The decision table of Graph's callRecording, one row a line: what metadata and content answer.
 * {@code yes:} names what let the caller in, {@code no:} the rule that refused.
 */
final class DecisionTableTest {
  private static final String DELEGATED = "yes:DELEGATED";
  private static final String BY_POLICY = "yes:POLICY";
  private static final String BY_CONSENT = "yes:CONSENT";
  private static final String NO_POLICY = "no:POLICY";

  record Row(String name, Ruling ruling, String metadata, String content) {
    static Row both(String name, Ruling ruling, String outcome) {
      return new Row(name, ruling, outcome, outcome);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static final List<Row> PEOPLE =
      List.of(
          Row.both("organizer", reader(ORGANIZER), DELEGATED),
          Row.both("organizer by /me", reader(ORGANIZER).me(), DELEGATED),
          new Row("invited", reader(INVITED), DELEGATED, "no:DOWNLOAD"),
          new Row("invited by /me", reader(INVITED).me(), DELEGATED, "no:DOWNLOAD"),
          new Row("co-organizer", reader(COORGANIZER), DELEGATED, "no:DOWNLOAD"),
          new Row(
              "invited to a channel meeting",
              reader(INVITED).meeting(MeetingType.SCHEDULED, true),
              DELEGATED,
              "no:DOWNLOAD"),
          Row.both("invited, downloads unblocked", reader(INVITED).download(true), DELEGATED),
          Row.both(
              "co-organizer, downloads unblocked", reader(COORGANIZER).download(true), DELEGATED),
          Row.both(
              "invited, in an exempt group",
              reader(INVITED).download(false, GROUP).member(INVITED, GROUP),
              DELEGATED),
          new Row(
              "invited, in another group than the exempt one",
              reader(INVITED).download(false, GROUP).member(INVITED, OTHER_GROUP),
              DELEGATED,
              "no:DOWNLOAD"),
          Row.both("other user", reader(STRANGER), "no:ROSTER"),
          Row.both("other user by /me", reader(STRANGER).me(), "no:ROSTER"),
          Row.both(
              "other user, downloads unblocked and exempt",
              reader(STRANGER).download(true, GROUP).member(STRANGER, GROUP),
              "no:ROSTER"),
          Row.both(
              "other user on the organizer's path",
              reader(STRANGER).path(ORGANIZER),
              "no:OWN_PATH"),
          Row.both(
              "invited on the organizer's path", reader(INVITED).path(ORGANIZER), "no:OWN_PATH"),
          Row.both(
              "organizer on an invited person's path",
              reader(ORGANIZER).path(INVITED),
              "no:OWN_PATH"),
          Row.both("no scope", user(ORGANIZER), "no:SCOPE"),
          Row.both("another scope", user(ORGANIZER, "OnlineMeetings.Read"), "no:SCOPE"),
          Row.both(
              "a scope in other letters",
              user(ORGANIZER, "onlinemeetingrecording.read.all"),
              "no:SCOPE"),
          Row.both("the permission of a chat as scope", user(ORGANIZER, READ_CHAT), "no:SCOPE"),
          Row.both(
              "an application's policy does not help a person without scope",
              user(ORGANIZER).policy("p", APP).everyone("p"),
              "no:SCOPE"),
          Row.both(
              "organizer of a live event",
              reader(ORGANIZER).meeting(MeetingType.BROADCAST, false),
              DELEGATED),
          Row.both(
              "no event where none is asked for", reader(ORGANIZER).withoutEvent(false), DELEGATED),
          Row.both(
              "no event where one is asked for",
              reader(ORGANIZER).withoutEvent(true),
              "no:CALENDAR_EVENT"),
          Row.both(
              "a stranger hears nothing of the event",
              reader(STRANGER).withoutEvent(true),
              "no:ROSTER"),
          Row.both("one tick before expiry", reader(ORGANIZER).at(EXPIRY - 1), DELEGATED),
          Row.both("at the tick of expiry", reader(ORGANIZER).at(EXPIRY), "no:EXPIRY"),
          Row.both("after expiry", reader(ORGANIZER).at(EXPIRY + 1), "no:EXPIRY"),
          Row.both("a stranger hears nothing of expiry", reader(STRANGER).at(EXPIRY), "no:ROSTER"));

  static final List<Row> POLICIES =
      List.of(
          Row.both("role and no policy", app(READ_ALL), NO_POLICY),
          Row.both("me with an application", app(READ_ALL).me(), "no:ME_NEEDS_USER"),
          Row.both("me with an application that has nothing", app().me(), "no:ME_NEEDS_USER"),
          Row.both("no role", app().policy("p", APP).everyone("p"), "no:ROLE"),
          Row.both(
              "another role",
              app("OnlineMeetings.Read.All").policy("p", APP).everyone("p"),
              "no:ROLE"),
          Row.both(
              "direct grant", app(READ_ALL).policy("p", APP).direct(ORGANIZER, "p"), BY_POLICY),
          Row.both(
              "direct grant of a policy without the app",
              app(READ_ALL).policy("p", OTHER_APP).direct(ORGANIZER, "p"),
              NO_POLICY),
          Row.both(
              "direct grant of a policy that is gone",
              app(READ_ALL).direct(ORGANIZER, "gone"),
              NO_POLICY),
          Row.both(
              "direct grant to somebody else",
              app(READ_ALL).policy("p", APP).direct(INVITED, "p"),
              NO_POLICY),
          Row.both("global grant", app(READ_ALL).policy("p", APP).everyone("p"), BY_POLICY),
          Row.both("a policy nobody was granted", app(READ_ALL).policy("p", APP), NO_POLICY),
          Row.both(
              "a direct grant hides the global one",
              app(READ_ALL)
                  .policy("p", OTHER_APP)
                  .policy("q", APP)
                  .direct(ORGANIZER, "p")
                  .everyone("q"),
              NO_POLICY),
          Row.both(
              "a direct grant hides a group's",
              app(READ_ALL)
                  .policy("p", APP)
                  .policy("q", OTHER_APP)
                  .direct(ORGANIZER, "p")
                  .ranked(new GroupGrant(GROUP, 1, "q"))
                  .member(ORGANIZER, GROUP),
              BY_POLICY),
          Row.both(
              "a group's grant",
              app(READ_ALL)
                  .policy("p", APP)
                  .ranked(new GroupGrant(GROUP, 1, "p"))
                  .member(ORGANIZER, GROUP),
              BY_POLICY),
          Row.both(
              "a group's grant to people elsewhere",
              app(READ_ALL)
                  .policy("p", APP)
                  .ranked(new GroupGrant(GROUP, 1, "p"))
                  .member(INVITED, GROUP),
              NO_POLICY),
          Row.both(
              "of two groups the lower rank counts",
              app(READ_ALL)
                  .policy("p", OTHER_APP)
                  .policy("q", APP)
                  .ranked(new GroupGrant(GROUP, 1, "p"), new GroupGrant(OTHER_GROUP, 2, "q"))
                  .member(ORGANIZER, GROUP, OTHER_GROUP),
              NO_POLICY),
          Row.both(
              "a lower rank of a group one is not in",
              app(READ_ALL)
                  .policy("p", OTHER_APP)
                  .policy("q", APP)
                  .ranked(new GroupGrant(GROUP, 1, "p"), new GroupGrant(OTHER_GROUP, 2, "q"))
                  .member(ORGANIZER, OTHER_GROUP),
              BY_POLICY),
          Row.both(
              "a group's grant hides the global one",
              app(READ_ALL)
                  .policy("p", OTHER_APP)
                  .policy("q", APP)
                  .ranked(new GroupGrant(GROUP, 1, "p"))
                  .member(ORGANIZER, GROUP)
                  .everyone("q"),
              NO_POLICY),
          Row.both(
              "a covered invited person's path",
              app(READ_ALL).policy("p", APP).everyone("p").path(INVITED),
              BY_POLICY),
          Row.both(
              "a covered co-organizer's path",
              app(READ_ALL).policy("p", APP).everyone("p").path(COORGANIZER),
              BY_POLICY),
          Row.both(
              "a covered stranger's path",
              app(READ_ALL).policy("p", APP).everyone("p").path(STRANGER),
              "no:ROSTER"),
          Row.both(
              "policy and a channel meeting",
              app(READ_ALL).policy("p", APP).everyone("p").meeting(MeetingType.SCHEDULED, true),
              BY_POLICY),
          Row.both(
              "policy and a call without appointment",
              app(READ_ALL).policy("p", APP).everyone("p").meeting(MeetingType.MEETNOW, false),
              BY_POLICY),
          Row.both(
              "policy and an expired meeting",
              app(READ_ALL).policy("p", APP).everyone("p").at(EXPIRY),
              "no:EXPIRY"));

  static final List<Row> CONSENTS =
      List.of(
          Row.both("consent alone", app().consent(APP, READ_CHAT), BY_CONSENT),
          Row.both(
              "consent beside a role without policy",
              app(READ_ALL).consent(APP, READ_CHAT),
              BY_CONSENT),
          Row.both(
              "consent on an invited person's path",
              app().consent(APP, READ_CHAT).path(INVITED),
              BY_CONSENT),
          Row.both(
              "consent on a stranger's path",
              app().consent(APP, READ_CHAT).path(STRANGER),
              "no:ROSTER"),
          Row.both("consent by /me", app().consent(APP, READ_CHAT).me(), "no:ME_NEEDS_USER"),
          Row.both("consent to another app", app().consent(OTHER_APP, READ_CHAT), "no:ROLE"),
          Row.both(
              "consent to transcripts",
              app().consent(APP, "OnlineMeetingTranscript.Read.Chat"),
              "no:ROLE"),
          Row.both("the chat's permission as a role", app(READ_CHAT), "no:ROLE"),
          Row.both(
              "consent for a series",
              app().consent(APP, READ_CHAT).meeting(MeetingType.RECURRING, false),
              BY_CONSENT),
          Row.both(
              "consent in a channel",
              app().consent(APP, READ_CHAT).meeting(MeetingType.SCHEDULED, true),
              "no:CONSENT_MEETING"),
          Row.both(
              "consent for a meet now",
              app().consent(APP, READ_CHAT).meeting(MeetingType.MEETNOW, false),
              "no:CONSENT_MEETING"),
          Row.both(
              "consent for an ad hoc call",
              app().consent(APP, READ_CHAT).meeting(MeetingType.ADHOC, false),
              "no:CONSENT_MEETING"),
          Row.both(
              "consent for a live event",
              app().consent(APP, READ_CHAT).meeting(MeetingType.BROADCAST, false),
              "no:CONSENT_MEETING"),
          Row.both(
              "consent and an expired meeting",
              app().consent(APP, READ_CHAT).at(EXPIRY),
              "no:EXPIRY"));

  @ParameterizedTest(name = "{0}")
  @FieldSource({"PEOPLE", "POLICIES", "CONSENTS"})
  void decides(Row row) {
    assertThat(outcome(row.ruling().decide(Action.METADATA))).isEqualTo(row.metadata());
    assertThat(outcome(row.ruling().decide(Action.CONTENT))).isEqualTo(row.content());
  }

  static String outcome(Decision decision) {
    return switch (decision) {
      case Decision.Allow allow -> "yes:" + allow.grounds();
      case Decision.Deny deny -> "no:" + deny.denial().rule();
    };
  }
}
