package dev.aftercall.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aftercall.access.RecordingAccess.PathUser;
import dev.aftercall.access.Rules;
import dev.aftercall.identity.Caller;
import dev.aftercall.journal.Journal;
import dev.aftercall.meeting.CalendarQuery;
import dev.aftercall.meeting.JoinLink;
import dev.aftercall.meeting.MeetingDraft;
import dev.aftercall.meeting.MeetingId;
import dev.aftercall.meeting.Meetings;
import dev.aftercall.meeting.OnlineMeeting;
import dev.aftercall.testing.TestClock;
import dev.aftercall.time.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A refused call has touched no store and built no draft; the journal knows of it. */
final class MeetingGateTest {
  private static final UUID TENANT = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final UUID PERSON = UUID.fromString("00000000-0000-4000-8000-0000000000cc");
  private static final String APP = "00000000-0000-4000-8000-0000000000aa";
  private static final MeetingId ID = new MeetingId(PERSON, "19:meeting_x@thread.v2");

  private final List<Journal.Entry> journal = new ArrayList<>();
  private final MeetingGate gate =
      new MeetingGate(
          tenant -> Rules.NONE,
          new Walled(),
          journal::add,
          Ids.repeatable(1),
          new TestClock(TestClock.START));

  @Test
  void whateverIsRefusedTouchesNothing() {
    Set<String> permissions =
        Set.of("OnlineMeetings.Read.All", "OnlineMeetings.ReadWrite.All", "Unrelated");
    refused(new Caller.User(TENANT, APP, PERSON, "", permissions), "ScopeMissing");
    refused(new Caller.Application(TENANT, APP, "", Set.of("Unrelated")), "RoleMissing");
  }

  @Test
  void anApplicationWithoutPolicyTouchesNothing() {
    Caller app = new Caller.Application(TENANT, APP, "", Set.of("OnlineMeetings.ReadWrite.All"));
    MeetingAsk ask = ask(app);

    refuses(() -> gate.get(ask, ID), "ApplicationAccessPolicyMissing");
    refuses(() -> gate.create(ask, MeetingGateTest::draft), "ApplicationAccessPolicyMissing");
  }

  private void refused(Caller caller, String rule) {
    MeetingAsk ask = ask(caller);
    List<Consumer<MeetingAsk>> calls =
        List.of(
            it -> gate.create(it, MeetingGateTest::draft),
            it -> gate.createOrGet(it, MeetingGateTest::draft),
            it -> gate.createEvent(it, MeetingGateTest::draft),
            it -> gate.get(it, ID),
            it -> gate.byLink(it, new JoinLink.Brief("1234567890123", Optional.empty())),
            it -> gate.byJoinMeetingId(it, "1234567890123"),
            it -> gate.change(it, ID, before -> draft(PERSON)),
            it -> gate.delete(it, ID),
            it -> gate.calendar(it, MeetingGateTest::query));
    for (Consumer<MeetingAsk> call : calls) {
      refuses(() -> call.accept(ask), rule);
    }
    refuses(() -> gate.byVideoTeleconferenceId(ask, "1234567890"), "RoleMissing");
  }

  private void refuses(ThrowingCallable call, String rule) {
    journal.clear();
    assertThatThrownBy(call).isInstanceOf(Refused.class);
    assertThat(journal).hasSize(1);
    assertThat(journal.getFirst().rule()).isEqualTo(rule);
    assertThat(journal.getFirst().allowed()).isFalse();
  }

  private static MeetingAsk ask(Caller caller) {
    return new MeetingAsk("request", caller, new PathUser.Person(PERSON), "target");
  }

  private static MeetingDraft draft(UUID person) {
    throw new AssertionError("A refused call was drafted for " + person);
  }

  private static CalendarQuery query(UUID person) {
    throw new AssertionError("A refused call asked for the calendar of " + person);
  }

  /** Meetings nobody may come near. */
  private static final class Walled implements Meetings {
    @Override
    public Optional<OnlineMeeting> byThread(UUID tenant, String threadId) {
      throw touched();
    }

    @Override
    public Optional<OnlineMeeting> byJoinMeetingId(UUID tenant, String digits) {
      throw touched();
    }

    @Override
    public Optional<OnlineMeeting> byVideoTeleconferenceId(UUID tenant, String digits) {
      throw touched();
    }

    @Override
    public Outcome create(OnlineMeeting meeting) {
      throw touched();
    }

    @Override
    public boolean replace(OnlineMeeting changed) {
      throw touched();
    }

    @Override
    public void delete(UUID tenant, UUID key, long at) {
      throw touched();
    }

    @Override
    public List<OnlineMeeting> inCalendar(CalendarQuery query) {
      throw touched();
    }

    private static AssertionError touched() {
      return new AssertionError("A refused call reached for meetings.");
    }
  }
}
