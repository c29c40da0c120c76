package dev.aftercall.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.aftercall.access.Denial;
import dev.aftercall.access.Permissions;
import dev.aftercall.access.RecordingAccess;
import dev.aftercall.access.RecordingAccess.PathUser;
import dev.aftercall.identity.Caller;
import dev.aftercall.journal.Journal;
import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.journal.Ranges;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.MeetingId;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.meeting.NewMeeting;
import dev.aftercall.meeting.Role;
import dev.aftercall.metering.CapacityExhausted;
import dev.aftercall.metering.Meter;
import dev.aftercall.metering.Plan;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.RecordingId;
import dev.aftercall.testing.TestClock;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the gate touches, and in which order. */
final class GateTest {
  private static final UUID TENANT = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final UUID OTHER_TENANT = UUID.fromString("00000000-0000-4000-8000-000000000002");
  private static final String APP = "00000000-0000-4000-8000-0000000000aa";

  private final House house = new House(TENANT);

  @Test
  void aRefusalByTokenAndRulesTouchesNothing() {
    Ask noScope = ask(new Caller.User(TENANT, APP, House.ORGANIZER, "", Set.of()));

    assertThatThrownBy(() -> house.shut().metadata(noScope)).isInstanceOf(Refused.class);
    assertThatThrownBy(() -> house.shut().content(noScope)).isInstanceOf(Refused.class);

    assertThat(house.lookUps).isEmpty();
    assertThat(house.opened).isEmpty();
    assertThat(house.journal)
        .extracting(Journal.Entry::action, Journal.Entry::rule, Journal.Entry::allowed)
        .containsExactly(
            tuple("metadata", "ScopeMissing", false), tuple("content", "ScopeMissing", false));
  }

  @Test
  void anApplicationWithoutPolicyTouchesNothing() {
    Ask ask = ask(new Caller.Application(TENANT, APP, "app", Set.of(RecordingAccess.READ_ALL)));

    assertThat(denied(house.shut(), ask).rule()).isEqualTo(Denial.Rule.POLICY);
    assertThat(house.lookUps).isEmpty();
  }

  @Test
  void aRefusalByTheRosterTouchesNoBytes() {
    house.roles.remove(House.ORGANIZER);

    assertThat(denied(house.withoutBytes(), ask(reader(TENANT))).rule())
        .isEqualTo(Denial.Rule.ROSTER);
    assertThat(house.lookUps).hasSize(1);
    assertThat(house.opened).isEmpty();
  }

  @Test
  void aRefusedDownloadTouchesNoBytes() {
    house.roles.put(House.ORGANIZER, Role.ATTENDEE);

    assertThat(denied(house.withoutBytes(), ask(reader(TENANT))).rule())
        .isEqualTo(Denial.Rule.DOWNLOAD);
    assertThat(house.opened).isEmpty();
  }

  @Test
  void metadataTouchesNoBytes() {
    Gate.Opened opened = house.withoutBytes().metadata(ask(reader(TENANT)));

    assertThat(opened.artifact()).isEqualTo(house.recording);
    assertThat(house.opened).isEmpty();
  }

  @Test
  void theLookUpIsConfinedToTheCallersTenant() {
    Ask foreign = ask(reader(OTHER_TENANT));

    assertThatThrownBy(() -> house.open().content(foreign)).isInstanceOf(NoSuchRecording.class);

    assertThat(house.lookUps).containsExactly(OTHER_TENANT);
    assertThat(house.opened).isEmpty();
  }

  @Test
  void anIdWithAnotherOrganizerIsUnknown() {
    UUID somebody = UUID.fromString("00000000-0000-4000-8000-0000000000bb");
    Ask ask = ask(reader(TENANT), new MeetingId(somebody, House.THREAD), house.recordingId());

    assertThatThrownBy(() -> house.open().metadata(ask)).isInstanceOf(NoSuchRecording.class);
  }

  @Test
  void aFullIdOfAnotherMeetingIsUnknown() {
    String forged =
        RecordingId.encode(
            House.meeting(OTHER_TENANT, MeetingType.SCHEDULED), house.recording.artifact());
    Ask ask = ask(reader(TENANT), house.meeting.id(), forged);

    assertThatThrownBy(() -> house.open().metadata(ask)).isInstanceOf(NoSuchRecording.class);
  }

  @Test
  void aBareGuidIsTheRecordingsToo() {
    Ask ask = ask(reader(TENANT), house.meeting.id(), house.recording.artifact().toString());

    assertThat(house.open().metadata(ask).artifact()).isEqualTo(house.recording);
  }

  @Test
  void theJournalHearsOfADownloadWhenItIsOver() throws IOException {
    Gate.OpenedContent content = house.open().content(ask(reader(TENANT)));
    assertThat(house.journal).containsExactly(entry("delegated", true, Delivery.NONE));
    assertThat(house.opened).containsExactly(house.recording.contentKey());

    content.delivery().begin();
    content.delivery().over(new Delivery(206, 17, false));

    assertThat(house.journal)
        .containsExactly(
            entry("delegated", true, Delivery.NONE),
            entry("delegated", true, new Delivery(206, 17, false, Ranges.NONE, 61)));
  }

  private Journal.Entry entry(String rule, boolean allowed, Delivery delivery) {
    return new Journal.Entry(
        Ticks.of(TestClock.START),
        "request-1",
        TENANT,
        House.ORGANIZER.toString(),
        APP,
        "content",
        house.recording.artifact().toString(),
        rule,
        allowed,
        delivery);
  }

  @Test
  void whatIsNotBegunIsNotMetered() throws IOException {
    house.open().content(ask(reader(TENANT))).delivery().over(new Delivery(304, 0, true));

    assertThat(house.ledger.sessions()).isEmpty();
    assertThat(house.journal.getLast().delivery()).isEqualTo(new Delivery(304, 0, true));
  }

  @Test
  void aDownloadWithoutCapacityIsARefusalInTheJournal() throws IOException {
    house.ledger.plan(APP, Plan.EVALUATION);
    house.ledger.used(APP, Meter.RECORDING, Plan.EVALUATION_MINUTES);
    Gate.Delivering delivery = house.open().content(ask(reader(TENANT))).delivery();

    assertThatThrownBy(delivery::begin).isInstanceOf(CapacityExhausted.class);
    delivery.over(new Delivery(402, 0, true));

    assertThat(house.journal)
        .containsExactly(
            entry("delegated", true, Delivery.NONE),
            entry("evaluation-capacity", false, new Delivery(402, 0, true)));
  }

  @Test
  void whatCannotBeTakenDownDoesNotHappen() {
    Gate gate =
        house.journalling(
            entry -> {
              throw new IllegalStateException("The journal is full.");
            });

    assertThatThrownBy(() -> gate.content(ask(reader(TENANT))))
        .isInstanceOf(IllegalStateException.class);
    assertThat(house.opened).isEmpty();
  }

  @Test
  void bytesThatAreGoneSayWhichFileToRestore() {
    house.contents.clear();

    assertThatThrownBy(() -> house.open().content(ask(reader(TENANT))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(house.recording.contentKey().path());
  }

  @Test
  void meIsThePersonOfTheToken() {
    Ask ask =
        new Ask(
            "request-1",
            reader(TENANT),
            new PathUser.Me(),
            Artifact.Kind.RECORDING,
            new Place.OfMeeting(house.meeting.id()),
            house.recordingId(),
            house.recording.artifact());

    assertThat(house.open().metadata(ask).meeting()).isEqualTo(house.meeting);
  }

  @Test
  void anAdhocCallIsNoOnlineMeeting() {
    House calls = new House(House.meeting(TENANT, MeetingType.ADHOC));

    assertThatThrownBy(() -> calls.open().metadata(ask(reader(TENANT))))
        .isInstanceOf(NoSuchRecording.class);
    assertThatThrownBy(() -> calls.open().metadata(ofCall(calls.meeting.key())))
        .as("found by the thread that every call has, which this one has not")
        .isInstanceOf(NoSuchRecording.class);
  }

  @Test
  void aCallIsFoundByItsOwnThreadAlone() {
    UUID call = UUID.fromString("00000000-0000-4000-8000-0000000000ee");
    Meeting plain = House.meeting(TENANT, MeetingType.ADHOC);
    Meeting held =
        new Meeting(
            call,
            TENANT,
            House.ORGANIZER,
            NewMeeting.callThreadId(call),
            "",
            "Call",
            MeetingType.ADHOC,
            false,
            false,
            plain.start(),
            plain.end(),
            plain.expiry());
    House calls = new House(held);

    assertThat(calls.open().metadata(ofCall(call)).meeting()).isEqualTo(held);
    assertThatThrownBy(() -> calls.open().metadata(ofCall(calls.recording.artifact())))
        .isInstanceOf(NoSuchRecording.class);
  }

  private Ask ofCall(UUID call) {
    return new Ask(
        "request-1",
        new Caller.User(
            TENANT, APP, House.ORGANIZER, "", Set.of(Permissions.CALL_RECORDINGS.readAll())),
        new PathUser.Me(),
        Artifact.Kind.RECORDING,
        new Place.OfCall(call),
        house.recording.artifact().toString(),
        house.recording.artifact());
  }

  private static Denial denied(Gate gate, Ask ask) {
    try {
      gate.content(ask);
    } catch (Refused e) {
      return e.denial();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("The gate let it through.");
  }

  private static Caller reader(UUID tenant) {
    return new Caller.User(tenant, APP, House.ORGANIZER, "", Set.of(RecordingAccess.READ_ALL));
  }

  private Ask ask(Caller caller) {
    return ask(caller, house.meeting.id(), house.recordingId());
  }

  private Ask ask(Caller caller, MeetingId meeting, String recordingId) {
    return new Ask(
        "request-1",
        caller,
        new PathUser.Person(House.ORGANIZER),
        Artifact.Kind.RECORDING,
        new Place.OfMeeting(meeting),
        recordingId,
        house.recording.artifact());
  }
}
