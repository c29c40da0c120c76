package dev.aftercall.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.aftercall.access.Denial.Rule;
import dev.aftercall.access.RecordingAccess;
import dev.aftercall.access.RecordingAccess.PathUser;
import dev.aftercall.access.RuleBook;
import dev.aftercall.access.Rules;
import dev.aftercall.identity.Caller;
import dev.aftercall.journal.Journal;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.meeting.Role;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.Inventory;
import dev.aftercall.recording.Shelf;
import dev.aftercall.testing.TestClock;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which lists are opened, and what a refused call has touched: nothing. */
final class ListGateTest {
  private static final UUID TENANT = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final UUID OTHER = UUID.fromString("00000000-0000-4000-8000-0000000000bb");
  private static final String APP = "00000000-0000-4000-8000-0000000000aa";
  private static final String CHAT = RecordingAccess.READ_CHAT;

  private final TestClock clock = new TestClock(TestClock.START);
  private final Meeting meeting = House.meeting(TENANT, MeetingType.SCHEDULED);
  private final List<Journal.Entry> journal = new ArrayList<>();
  private int lookUps;
  private Rules rules = Rules.NONE;
  private Optional<Role> role = Optional.of(Role.ORGANIZER);

  @Test
  void whoMayReadAMeetingMayListIt() {
    assertThat(gate().open(ofMeeting(person(House.ORGANIZER))).shelf())
        .isEqualTo(new Shelf.OfMeeting(meeting));
    rules = policy(House.ORGANIZER);
    assertThat(gate().open(ofMeeting(app())).shelf().organizer()).isEqualTo(House.ORGANIZER);
  }

  @Test
  void consentOpensItsChatAndNoOrganizer() {
    rules =
        new Rules(
            Map.of(),
            Map.of(),
            List.of(),
            Optional.empty(),
            Map.of(),
            Map.of(House.THREAD, Set.of(new Rules.Consent(APP, CHAT))),
            Rules.NONE.download(),
            Rules.NONE.transcripts(),
            false);
    assertThat(gate().open(ofMeeting(app())).shelf()).isInstanceOf(Shelf.OfMeeting.class);
    assertThat(refusal(ofOrganizer(app(), path(House.ORGANIZER), House.ORGANIZER)))
        .isEqualTo(Rule.POLICY);
  }

  @Test
  void aRefusalTouchesNothingAndIsJournalled() {
    ListAsk noPolicy = ofMeeting(app());
    assertThat(refusal(noPolicy)).isEqualTo(Rule.POLICY);
    assertThat(refusal(ofOrganizer(app(), path(House.ORGANIZER), House.ORGANIZER)))
        .isEqualTo(Rule.POLICY);
    assertThat(lookUps).isZero();
    assertThat(journal)
        .extracting(Journal.Entry::action, Journal.Entry::target, Journal.Entry::allowed)
        .containsExactly(
            tuple("list", House.THREAD, false), tuple("list", House.ORGANIZER.toString(), false));
  }

  @Test
  void strangersAndTheLateAreRefused() {
    role = Optional.empty();
    assertThat(refusal(ofMeeting(person(OTHER)))).isEqualTo(Rule.ROSTER);
    role = Optional.of(Role.ATTENDEE);
    clock.advance(Duration.ofDays(61));
    assertThat(refusal(ofMeeting(person(OTHER)))).isEqualTo(Rule.EXPIRY);
    assertThat(gate().open(ofOrganizer(person(House.ORGANIZER), me(), House.ORGANIZER)).shelf())
        .as("what expired meetings left is still listed")
        .isEqualTo(new Shelf.OfOrganizer(TENANT, House.ORGANIZER));
  }

  @Test
  void aPolicyMustCoverTheOrganizerAndThePath() {
    rules = policy(House.ORGANIZER);
    ListGate gate = gate();
    assertThat(gate.open(ofOrganizer(app(), path(House.ORGANIZER), House.ORGANIZER)).shelf())
        .isEqualTo(new Shelf.OfOrganizer(TENANT, House.ORGANIZER));
    assertThat(gate.open(ofOrganizer(app(), Optional.empty(), House.ORGANIZER))).isNotNull();
    assertThat(refusal(ofOrganizer(app(), path(House.ORGANIZER), OTHER))).isEqualTo(Rule.POLICY);
    assertThat(refusal(ofOrganizer(app(), path(OTHER), House.ORGANIZER))).isEqualTo(Rule.POLICY);
    assertThat(refusal(ofOrganizer(app(), Optional.empty(), OTHER))).isEqualTo(Rule.POLICY);
    assertThat(refusal(ofOrganizer(app(), me(), House.ORGANIZER))).isEqualTo(Rule.ME_NEEDS_USER);
    Caller noRole = new Caller.Application(TENANT, APP, "app", Set.of());
    assertThat(refusal(ofOrganizer(noRole, path(House.ORGANIZER), House.ORGANIZER)))
        .isEqualTo(Rule.ROLE);
  }

  @Test
  void peopleListTheirOwnMeetingsAlone() {
    Caller caller = person(House.ORGANIZER);
    assertThat(gate().open(ofOrganizer(caller, path(House.ORGANIZER), House.ORGANIZER)))
        .isNotNull();
    assertThat(refusal(ofOrganizer(caller, me(), OTHER))).isEqualTo(Rule.OWN_MEETINGS);
    assertThat(refusal(ofOrganizer(caller, path(OTHER), OTHER))).isEqualTo(Rule.OWN_PATH);
    assertThat(refusal(ofOrganizer(caller, Optional.empty(), House.ORGANIZER)))
        .isEqualTo(Rule.ROLE);
    Caller noScope = new Caller.User(TENANT, APP, House.ORGANIZER, "", Set.of());
    assertThat(refusal(ofOrganizer(noScope, me(), House.ORGANIZER))).isEqualTo(Rule.SCOPE);
  }

  @Test
  void callsNeedTheirOwnRoleAndNoPolicy() {
    Caller reader = new Caller.Application(TENANT, APP, "app", Set.of("CallRecordings.Read.All"));
    ListAsk.OfOrganizer calls =
        new ListAsk.OfOrganizer("r", reader, path(OTHER), Artifact.Kind.RECORDING, OTHER, true);
    assertThat(gate().open(calls).shelf()).isEqualTo(new Shelf.OfCaller(TENANT, OTHER));
    assertThat(
            refusal(
                new ListAsk.OfOrganizer(
                    "r", app(), path(OTHER), Artifact.Kind.RECORDING, OTHER, true)))
        .isEqualTo(Rule.ROLE);
    assertThat(
            refusal(
                new ListAsk.OfOrganizer(
                    "r", reader, path(OTHER), Artifact.Kind.TRANSCRIPT, OTHER, true)))
        .isEqualTo(Rule.ROLE);
  }

  @Test
  void aTenantMayCloseTranscripts() {
    rules =
        new Rules(
            Map.of(),
            Map.of(),
            List.of(),
            Optional.empty(),
            Map.of(),
            Map.of(),
            Rules.NONE.download(),
            new Rules.Transcripts(false, false),
            false);
    Caller caller =
        new Caller.User(
            TENANT, APP, House.ORGANIZER, "", Set.of("OnlineMeetingTranscript.Read.All"));
    assertThat(
            refusal(
                new ListAsk.OfOrganizer(
                    "r", caller, me(), Artifact.Kind.TRANSCRIPT, House.ORGANIZER, false)))
        .isEqualTo(Rule.TRANSCRIPT_ACCESS);
  }

  private Rule refusal(ListAsk ask) {
    Refused[] refused = new Refused[1];
    assertThatThrownBy(() -> gate().open(ask))
        .isInstanceOfSatisfying(Refused.class, it -> refused[0] = it);
    return refused[0].denial().rule();
  }

  private ListGate gate() {
    RuleBook book = tenant -> rules;
    return new ListGate(book, touched(), journal::add, clock);
  }

  private ListAsk ofMeeting(Caller caller) {
    PathUser path = caller instanceof Caller.User ? new PathUser.Me() : person();
    return new ListAsk.OfMeeting("r", caller, path, Artifact.Kind.RECORDING, meeting.id());
  }

  private static ListAsk ofOrganizer(Caller caller, Optional<PathUser> path, UUID organizer) {
    return new ListAsk.OfOrganizer("r", caller, path, Artifact.Kind.RECORDING, organizer, false);
  }

  private static PathUser person() {
    return new PathUser.Person(House.ORGANIZER);
  }

  private static Optional<PathUser> path(UUID person) {
    return Optional.of(new PathUser.Person(person));
  }

  private static Optional<PathUser> me() {
    return Optional.of(new PathUser.Me());
  }

  private static Caller person(UUID oid) {
    return new Caller.User(TENANT, APP, oid, "", Set.of(RecordingAccess.READ_ALL));
  }

  private static Caller app() {
    return new Caller.Application(TENANT, APP, "app", Set.of(RecordingAccess.READ_ALL));
  }

  private static Rules policy(UUID person) {
    return new Rules(
        Map.of("p", Set.of(APP)),
        Map.of(person, "p"),
        List.of(),
        Optional.empty(),
        Map.of(),
        Map.of(),
        Rules.NONE.download(),
        Rules.NONE.transcripts(),
        false);
  }

  /** An inventory with one meeting, that counts how often it is asked and gives nothing else. */
  private Inventory touched() {
    return (Inventory)
        Proxy.newProxyInstance(
            Inventory.class.getClassLoader(),
            new Class<?>[] {Inventory.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("meeting")) {
                throw new AssertionError("Opening a list read it.");
              }
              lookUps++;
              return Optional.of(new Inventory.Place(meeting, role))
                  .filter(place -> TENANT.equals(arguments[0]))
                  .filter(place -> meeting.threadId().equals(arguments[1]));
            });
  }
}
