package dev.aftercall.intake;

import dev.aftercall.intake.IntakeException.Kind;
import dev.aftercall.meeting.Expiry;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.meeting.NewMeeting;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.Original;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** What a copy becomes: called as the original is, in a meeting that is called the same. */
final class Copying {
  private Copying() {}

  /** Refuses what cannot be called so here. */
  static void check(HandOver handOver, Original original, IntakeStore store, UUID tenant)
      throws IntakeException {
    UUID organizer =
        handOver
            .organizer()
            .orElseThrow(
                () -> new IntakeException(Kind.INVALID, "A copy needs its organizer's id."));
    Optional<Meeting> stands = store.meetingEvenDeleted(tenant, original.threadId());
    if (stands.isPresent() && !stands.get().organizer().equals(organizer)) {
      throw new IntakeException(
          Kind.INVALID,
          "The meeting with the thread " + original.threadId() + " has another organizer here.");
    }
    if (handOver.meetingType() == MeetingType.ADHOC
        && store.tenantOf(call(original)).filter(it -> !it.equals(tenant)).isPresent()) {
      throw new IntakeException(
          Kind.INVALID, "The call " + call(original) + " is another tenant's here.");
    }
  }

  /**
   * The meeting, with the iCalUId in the id of its first recording. A transcript's id has none, so
   * that a meeting made for one has another until then.
   */
  static Meeting named(Meeting meeting, HandOver handOver, IntakeStore store) {
    String calendar = handOver.original().map(Original::calendarId).orElse("");
    boolean renamed =
        handOver.kind() == Artifact.Kind.RECORDING
            && meeting.type() != MeetingType.ADHOC
            && !calendar.isEmpty()
            && !calendar.equals(meeting.calendarId())
            && !store.recorded(meeting.key());
    return renamed ? with(meeting, calendar) : meeting;
  }

  /** The meeting of a copy, as it is made. */
  static Meeting made(
      Upload upload, HandOver handOver, Original original, long recorded, long ended) {
    UUID tenant = upload.submitter().tenant();
    boolean call = handOver.meetingType() == MeetingType.ADHOC;
    UUID key = call ? call(original) : Plan.derived(tenant, original.threadId());
    long start = Objects.requireNonNullElse(original.meetingStart(), recorded);
    long end = Math.max(start, Objects.requireNonNullElse(original.meetingEnd(), ended));
    String calendar =
        original.calendarId().isEmpty()
            ? NewMeeting.calendarId(Plan.derived(key, "calendar"), start)
            : original.calendarId();
    return new Meeting(
        key,
        tenant,
        handOver.organizer().orElseThrow(),
        original.threadId(),
        call ? "" : calendar,
        handOver.subject(),
        handOver.meetingType(),
        handOver.channel(),
        handOver.meetingType().scheduled(),
        start,
        end,
        Expiry.of(handOver.meetingType(), start, end));
  }

  /** The call it is of. */
  static UUID call(Original original) {
    return Objects.requireNonNullElseGet(
        original.callId(), () -> Plan.derived(original.artifact(), "call"));
  }

  private static Meeting with(Meeting meeting, String calendarId) {
    return new Meeting(
        meeting.key(),
        meeting.tenant(),
        meeting.organizer(),
        meeting.threadId(),
        calendarId,
        meeting.subject(),
        meeting.type(),
        meeting.channel(),
        meeting.calendarBacked(),
        meeting.start(),
        meeting.end(),
        meeting.expiry());
  }
}
