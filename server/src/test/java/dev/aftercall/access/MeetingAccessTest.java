package dev.aftercall.access;

import static dev.aftercall.access.Ruling.APP;
import static dev.aftercall.access.Ruling.COORGANIZER;
import static dev.aftercall.access.Ruling.EXPIRY;
import static dev.aftercall.access.Ruling.INVITED;
import static dev.aftercall.access.Ruling.ORGANIZER;
import static dev.aftercall.access.Ruling.STRANGER;
import static dev.aftercall.access.Ruling.app;
import static dev.aftercall.access.Ruling.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.access.MeetingAccess.Action;
import dev.aftercall.meeting.Meeting;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Who may read and change meetings, row by row. */
final class MeetingAccessTest {
  private static final String READ = "OnlineMeetings.Read";
  private static final String WRITE = "OnlineMeetings.ReadWrite";
  private static final String READ_ALL = "OnlineMeetings.Read.All";
  private static final String WRITE_ALL = "OnlineMeetings.ReadWrite.All";
  private static final String DELEGATED = "yes:DELEGATED";
  private static final String BY_POLICY = "yes:POLICY";

  /** What reading and writing a meeting come to. */
  record Row(String name, Ruling ruling, String reading, String writing) {
    @Override
    public String toString() {
      return name;
    }
  }

  static final List<Row> ROWS =
      List.of(
          new Row("organizer", user(ORGANIZER, WRITE), DELEGATED, DELEGATED),
          new Row("organizer by /me", user(ORGANIZER, WRITE).me(), DELEGATED, DELEGATED),
          new Row("reading scope", user(ORGANIZER, READ), DELEGATED, "no:SCOPE"),
          new Row("no scope", user(ORGANIZER), "no:SCOPE", "no:SCOPE"),
          new Row("an application's permission", user(ORGANIZER, READ_ALL), "no:SCOPE", "no:SCOPE"),
          new Row(
              "the recordings' scope",
              user(ORGANIZER, RecordingAccess.READ_ALL),
              "no:SCOPE",
              "no:SCOPE"),
          new Row("invited", user(INVITED, WRITE), DELEGATED, "no:CHANGE"),
          new Row("co-organizer", user(COORGANIZER, WRITE), DELEGATED, "no:CHANGE"),
          new Row("stranger", user(STRANGER, WRITE), "no:ROSTER", "no:ROSTER"),
          new Row(
              "another's path", user(INVITED, WRITE).path(ORGANIZER), "no:OWN_PATH", "no:OWN_PATH"),
          new Row("at expiry", user(ORGANIZER, WRITE).at(EXPIRY), "no:EXPIRY", "no:EXPIRY"),
          new Row("before expiry", user(ORGANIZER, WRITE).at(EXPIRY - 1), DELEGATED, DELEGATED),
          new Row(
              "a stranger hears nothing of expiry",
              user(STRANGER, WRITE).at(EXPIRY),
              "no:ROSTER",
              "no:ROSTER"),
          new Row("role and no policy", app(WRITE_ALL), "no:POLICY", "no:POLICY"),
          new Row("no role", covered(app()), "no:ROLE", "no:ROLE"),
          new Row("a delegated permission", covered(app(WRITE)), "no:ROLE", "no:ROLE"),
          new Row("reading role", covered(app(READ_ALL)), BY_POLICY, "no:ROLE"),
          new Row("writing role", covered(app(WRITE_ALL)), BY_POLICY, BY_POLICY),
          new Row(
              "me with an application",
              covered(app(WRITE_ALL)).me(),
              "no:ME_NEEDS_USER",
              "no:ME_NEEDS_USER"),
          new Row(
              "an invited person's path",
              covered(app(WRITE_ALL)).path(INVITED),
              BY_POLICY,
              "no:CHANGE"),
          new Row(
              "a stranger's path",
              covered(app(WRITE_ALL)).path(STRANGER),
              "no:ROSTER",
              "no:ROSTER"),
          new Row(
              "consent to recordings is none to meetings",
              app().consent(APP, RecordingAccess.READ_CHAT),
              "no:ROLE",
              "no:ROLE"));

  private static Ruling covered(Ruling ruling) {
    return ruling.policy("p", APP).everyone("p");
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("ROWS")
  void decides(Row row) {
    assertThat(outcome(row.ruling(), Action.READ)).isEqualTo(row.reading());
    assertThat(outcome(row.ruling(), Action.WRITE)).isEqualTo(row.writing());
  }

  private static String outcome(Ruling ruling, Action action) {
    Decision first =
        MeetingAccess.admit(ruling.caller, action, ruling.path, ruling.rules(), new Trail());
    return DecisionTableTest.outcome(
        first instanceof Decision.Allow allow
            ? MeetingAccess.permit(
                action, allow.grounds(), ruling.meeting(), ruling.role(), ruling.now, new Trail())
            : first);
  }

  @Test
  void calendarsNeedTheirOwnPermissionAndNoPolicy() {
    assertThat(admitted(user(ORGANIZER, WRITE), Action.READ_CALENDAR)).isEqualTo("no:SCOPE");
    assertThat(admitted(user(ORGANIZER, "Calendars.Read"), Action.READ_CALENDAR))
        .isEqualTo(DELEGATED);
    assertThat(admitted(user(ORGANIZER, "Calendars.Read"), Action.WRITE_CALENDAR))
        .isEqualTo("no:SCOPE");
    assertThat(admitted(user(ORGANIZER, "Calendars.ReadWrite"), Action.WRITE_CALENDAR))
        .isEqualTo(DELEGATED);
    assertThat(admitted(app(WRITE_ALL), Action.READ_CALENDAR)).isEqualTo("no:ROLE");
    assertThat(admitted(app("Calendars.Read"), Action.READ_CALENDAR)).isEqualTo(BY_POLICY);
    assertThat(admitted(user(INVITED, "Calendars.Read").path(ORGANIZER), Action.READ_CALENDAR))
        .isEqualTo("no:OWN_PATH");
  }

  private static String admitted(Ruling ruling, Action action) {
    return DecisionTableTest.outcome(
        MeetingAccess.admit(ruling.caller, action, ruling.path, ruling.rules(), new Trail()));
  }

  @Test
  void aLookUpInTheWholeTenantIsForApplications() {
    Meeting meeting = app().meeting();

    assertThat(
            DecisionTableTest.outcome(
                MeetingAccess.admitTenantWide(app(READ_ALL).caller, new Trail())))
        .isEqualTo(BY_POLICY);
    assertThat(
            DecisionTableTest.outcome(
                MeetingAccess.admitTenantWide(app(WRITE_ALL).caller, new Trail())))
        .isEqualTo(BY_POLICY);
    assertThat(DecisionTableTest.outcome(MeetingAccess.admitTenantWide(app().caller, new Trail())))
        .isEqualTo("no:ROLE");
    assertThat(
            DecisionTableTest.outcome(
                MeetingAccess.admitTenantWide(user(ORGANIZER, READ).caller, new Trail())))
        .isEqualTo("no:ROLE");
    assertThat(
            DecisionTableTest.outcome(
                MeetingAccess.permitTenantWide(
                    Decision.Grounds.POLICY, meeting, EXPIRY, new Trail())))
        .isEqualTo("no:EXPIRY");
  }

  @Test
  void refusalsSpeakGraphsWords() {
    assertThat(message(user(ORGANIZER, "User.Read"), Action.WRITE))
        .isEqualTo(
            "Missing scope permissions on the request. API requires one of"
                + " 'OnlineMeetings.ReadWrite'. Scopes on the request 'User.Read'.");
    assertThat(message(app("X"), Action.READ))
        .isEqualTo(
            "Missing role permissions on the request. API requires one of"
                + " 'OnlineMeetings.Read.All, OnlineMeetings.ReadWrite.All'. Roles on the request"
                + " 'X'.");
    assertThat(message(app(WRITE_ALL), Action.WRITE))
        .isEqualTo(
            "No application access policy found for this app "
                + APP
                + " on the user "
                + ORGANIZER
                + ".");
  }

  private static String message(Ruling ruling, Action action) {
    Decision decision =
        MeetingAccess.admit(ruling.caller, action, ruling.path, ruling.rules(), new Trail());
    return ((Decision.Deny) decision).denial().message();
  }
}
