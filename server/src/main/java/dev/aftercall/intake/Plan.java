package dev.aftercall.intake;

import dev.aftercall.intake.IntakeException.Kind;
import dev.aftercall.meeting.Expiry;
import dev.aftercall.meeting.JoinLink;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.MeetingId;
import dev.aftercall.meeting.NewMeeting;
import dev.aftercall.meeting.Role;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.RecordingId;
import dev.aftercall.transcript.TranscriptId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a finished upload shall become. Everything is derived from the artifact's GUID, so that
 * planning the same upload twice, after a crash, gives the same rows.
 */
final class Plan {
  private static final long TICKS_PER_MILLI = 10_000L;

  private final IntakeStore store;

  Plan(IntakeStore store) {
    this.store = store;
  }

  static long ticks(Duration duration) {
    return duration.toMillis() * TICKS_PER_MILLI;
  }

  /** Refuses metadata that could never be committed, before a byte is sent. */
  static void check(HandOver handOver, IntakeStore store, UUID tenant) throws IntakeException {
    if (handOver.meetingId().isPresent()) {
      Meeting meeting = existing(handOver.meetingId().get(), store::meeting, tenant);
      if (handOver.organizer().isPresent()
          && !handOver.organizer().get().equals(meeting.organizer())) {
        throw new IntakeException(
            Kind.INVALID, "The meeting has another organizer; leave 'organizer' out.");
      }
    } else if (handOver.organizer().isEmpty()) {
      throw new IntakeException(
          Kind.INVALID,
          "Say whose recording it is: 'organizer' (an object id), or 'meetingId' of a meeting that"
              + " is here.");
    }
    Optional<String> transcript = handOver.transcript();
    if (transcript.isPresent() && !transcript.get().replace("\uFEFF", "").startsWith("WEBVTT")) {
      throw new IntakeException(
          Kind.INVALID, "'transcript' must be WebVTT, which begins with the line WEBVTT.");
    }
  }

  /** Finds a meeting by its thread. */
  @FunctionalInterface
  private interface Known {
    Optional<Meeting> find(UUID tenant, String threadId);
  }

  private static Meeting existing(String meetingId, Known meetings, UUID tenant)
      throws IntakeException {
    return MeetingId.parse(meetingId)
        .or(() -> JoinLink.parse(meetingId).flatMap(Plan::ledTo))
        .flatMap(
            id -> meetings.find(tenant, id.threadId()).filter(meeting -> meeting.id().equals(id)))
        .orElseThrow(
            () ->
                new IntakeException(
                    Kind.INVALID, "There is no meeting with the id given as 'meetingId'."));
  }

  private static Optional<MeetingId> ledTo(JoinLink link) {
    return link instanceof JoinLink.Classic classic
        ? classic.organizer().map(organizer -> new MeetingId(organizer, classic.threadId()))
        : Optional.empty();
  }

  static UUID transcriptOf(UUID artifact) {
    return derived(artifact, "transcript");
  }

  IntakeStore.Commit commit(
      Upload upload, HandOver handOver, Kept kept, Optional<IntakeStore.Transcript> transcript)
      throws IntakeException {
    UUID tenant = upload.submitter().tenant();
    long duration = kept.durationMillis() * TICKS_PER_MILLI;
    long start = handOver.start().orElse(kept.keptTicks() - duration);
    boolean known = handOver.meetingId().isPresent();
    Meeting meeting =
        known
            ? existing(handOver.meetingId().get(), store::meetingEvenDeleted, tenant)
            : meeting(upload, handOver, start, start + duration);
    Artifact recording =
        new Artifact(
            Artifact.Kind.RECORDING,
            upload.artifact(),
            tenant,
            meeting.key(),
            derived(upload.artifact(), "call"),
            derived(upload.artifact(), "correlation") + "-0",
            start,
            start + duration,
            new Artifact.MediaFile(
                kept.mediaType(),
                kept.size(),
                kept.sha256(),
                handOver.fileName(),
                kept.durationMillis(),
                kept.keptTicks()));
    Receipt receipt =
        new Receipt(
            RecordingId.encode(meeting, recording.artifact()),
            meeting.id().encoded(),
            transcript.map(it -> TranscriptId.encode(it.artifact())).orElse(null),
            kept.sha256(),
            kept.size(),
            kept.durationMillis() / 1000.0);
    return new IntakeStore.Commit(
        meeting,
        !known,
        roster(meeting, handOver),
        recording,
        transcript,
        IntakeJson.write(receipt));
  }

  private static Meeting meeting(Upload upload, HandOver handOver, long start, long end) {
    UUID key = derived(upload.artifact(), "meeting");
    return new Meeting(
        key,
        upload.submitter().tenant(),
        handOver.organizer().orElseThrow(),
        NewMeeting.threadId(derived(upload.artifact(), "thread")),
        NewMeeting.calendarId(derived(upload.artifact(), "calendar"), start),
        handOver.subject(),
        handOver.meetingType(),
        handOver.channel(),
        handOver.meetingType().scheduled(),
        start,
        end,
        Expiry.of(handOver.meetingType(), start, end));
  }

  private static Map<UUID, Role> roster(Meeting meeting, HandOver handOver) {
    Map<UUID, Role> roster = new LinkedHashMap<>();
    roster.put(meeting.organizer(), Role.ORGANIZER);
    handOver.coorganizers().forEach(person -> roster.putIfAbsent(person, Role.COORGANIZER));
    handOver.attendees().forEach(person -> roster.putIfAbsent(person, Role.ATTENDEE));
    return roster;
  }

  /** A GUID of its own for each thing that is made with an artifact (RFC 9562, version 3). */
  private static UUID derived(UUID artifact, String what) {
    return UUID.nameUUIDFromBytes((artifact + "/" + what).getBytes(StandardCharsets.US_ASCII));
  }
}
