package dev.aftercall.intake;

import dev.aftercall.digest.Sha256;
import dev.aftercall.intake.IntakeException.Kind;
import dev.aftercall.meeting.Expiry;
import dev.aftercall.meeting.JoinLink;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.MeetingId;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.meeting.NewMeeting;
import dev.aftercall.meeting.Role;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.Original;
import dev.aftercall.recording.RecordingId;
import dev.aftercall.time.Ticks;
import dev.aftercall.transcript.TranscriptFault;
import dev.aftercall.transcript.TranscriptFile;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

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

  /** Refuses metadata that could never be committed, before a byte is sent. */
  static void check(HandOver handOver, IntakeStore store, UUID tenant) throws IntakeException {
    if (!handOver.assigned()) {
      throw new IntakeException(
          Kind.INVALID,
          "Say whose recording it is: 'organizer' (an object id), or 'meetingId' of a meeting that"
              + " is here.");
    }
    if (handOver.original().isPresent()) {
      Copying.check(handOver, handOver.original().get(), store, tenant);
    } else if (handOver.recordingId().isPresent()) {
      checkJoined(handOver, joined(handOver.recordingId().get(), store, tenant));
    } else if (handOver.meetingId().isPresent()) {
      Meeting meeting = existing(handOver.meetingId().get(), store, store::meeting, tenant);
      if (handOver.organizer().isPresent()
          && !handOver.organizer().get().equals(meeting.organizer())) {
        throw new IntakeException(
            Kind.INVALID, "The meeting has another organizer; leave 'organizer' out.");
      }
    }
    checkTranscript(handOver);
  }

  /** Refuses a transcript that could never be kept, whosever it is. */
  static void checkTranscript(HandOver handOver) throws IntakeException {
    if (handOver.transcript().isPresent()) {
      if (handOver.kind() == Artifact.Kind.TRANSCRIPT) {
        throw new IntakeException(
            Kind.INVALID, "'transcript' comes with a recording; this hand-over is one itself.");
      }
      transcript(handOver.transcript().get());
    }
  }

  /** Finds a meeting by its thread. */
  @FunctionalInterface
  private interface Known {
    Optional<Meeting> find(UUID tenant, String threadId);
  }

  /** Reads the transcript that comes with a recording. */
  static TranscriptFile transcript(String text) throws IntakeException {
    try {
      return TranscriptFile.read(IntakeJson.utf8(text));
    } catch (TranscriptFault e) {
      throw new IntakeException(Kind.INVALID, "'transcript' must be WebVTT or SubRip. " + e.text());
    }
  }

  private static void checkJoined(HandOver handOver, IntakeStore.Recorded recorded)
      throws IntakeException {
    if (handOver.kind() == Artifact.Kind.RECORDING) {
      throw new IntakeException(
          Kind.INVALID, "'recordingId' says what a transcript belongs to; set kind to transcript.");
    }
    Meeting meeting = recorded.meeting();
    boolean elsewhere =
        handOver.meetingId().filter(id -> !id.equals(meeting.id().encoded())).isPresent()
            || handOver.organizer().filter(it -> !it.equals(meeting.organizer())).isPresent();
    if (elsewhere) {
      throw new IntakeException(
          Kind.INVALID,
          "The recording is in another meeting; leave 'meetingId' and 'organizer' out.");
    }
  }

  private static IntakeStore.Recorded joined(String recordingId, IntakeStore store, UUID tenant)
      throws IntakeException {
    return RecordingId.artifact(recordingId)
        .flatMap(artifact -> store.recording(tenant, artifact))
        .filter(
            it ->
                !RecordingId.namesMore(recordingId)
                    || RecordingId.encode(it.meeting(), it.recording()).equals(recordingId))
        .orElseThrow(
            () ->
                new IntakeException(
                    Kind.INVALID, "There is no recording with the id given as 'recordingId'."));
  }

  /**
   * The meeting that is meant by its id, by a join URL, long or short, or by the number people
   * type.
   *
   * @param found finds by the thread: deleted ones or not
   */
  private static Meeting existing(String meant, IntakeStore store, Known found, UUID tenant)
      throws IntakeException {
    return MeetingId.parse(meant)
        .flatMap(id -> found.find(tenant, id.threadId()).filter(it -> it.id().equals(id)))
        .or(() -> JoinLink.parse(meant).flatMap(link -> ledTo(link, store, found, tenant)))
        .or(() -> byNumber(meant.replace(" ", ""), Optional.empty(), store, found, tenant))
        .orElseThrow(
            () ->
                new IntakeException(
                    Kind.INVALID,
                    "There is no meeting with the id given as 'meetingId'. It takes the id, the"
                        + " joinWebUrl, a short link or the joinMeetingId of a meeting that is"
                        + " here."));
  }

  private static Optional<Meeting> ledTo(
      JoinLink link, IntakeStore store, Known found, UUID tenant) {
    return switch (link) {
      case JoinLink.Classic classic ->
          classic.tenant().orElse(tenant).equals(tenant)
              ? found
                  .find(tenant, classic.threadId())
                  .filter(it -> classic.organizer().orElse(it.organizer()).equals(it.organizer()))
              : Optional.empty();
      case JoinLink.Brief brief ->
          byNumber(brief.meetingId(), brief.passcode(), store, found, tenant);
    };
  }

  private static Optional<Meeting> byNumber(
      String digits, Optional<String> passcode, IntakeStore store, Known found, UUID tenant) {
    return digits.matches("\\d{6,20}")
        ? store
            .meetingByNumber(tenant, digits, passcode)
            .flatMap(it -> found.find(tenant, it.threadId()))
        : Optional.empty();
  }

  static UUID transcriptOf(UUID artifact) {
    return derived(artifact, "transcript");
  }

  /**
   * The rows to write.
   *
   * @param transcript what came with a recording, and is kept beside it
   */
  IntakeStore.Commit commit(
      Upload upload, HandOver handOver, Kept kept, Optional<TranscriptFile> transcript)
      throws IntakeException {
    UUID tenant = upload.submitter().tenant();
    Optional<IntakeStore.Recorded> joined =
        handOver.recordingId().isPresent()
            ? Optional.of(joined(handOver.recordingId().get(), store, tenant))
            : Optional.empty();
    long duration = kept.durationMillis() * TICKS_PER_MILLI;
    long start =
        handOver
            .start()
            .or(() -> joined.map(it -> it.recording().created()))
            .orElse(kept.keptTicks() - duration);
    Optional<Meeting> stands =
        meeting(upload, handOver, joined).map(it -> Copying.named(it, handOver, store));
    Meeting meeting = stands.orElseGet(() -> made(upload, handOver, start, start + duration));
    Artifact main = artifact(upload, handOver, kept, meeting, joined, start);
    Optional<Artifact> beside =
        transcript.map(file -> beside(main, file, kept.keptTicks(), upload.artifact()));
    Receipt receipt =
        new Receipt(
            RecordingId.encode(meeting, main),
            meeting.id().encoded(),
            meeting.type() == MeetingType.ADHOC ? meeting.key().toString() : null,
            beside.map(it -> RecordingId.encode(meeting, it)).orElse(null),
            kept.sha256(),
            kept.size(),
            kept.durationMillis() / 1000.0);
    return new IntakeStore.Commit(
        meeting,
        stands.isEmpty(),
        roster(meeting, handOver),
        Stream.concat(Stream.of(main), beside.stream()).toList(),
        IntakeJson.write(receipt),
        IntakeJson.remembered(upload.request()),
        handOver.tags(),
        handOver.original().isPresent());
  }

  private static Artifact artifact(
      Upload upload,
      HandOver handOver,
      Kept kept,
      Meeting meeting,
      Optional<IntakeStore.Recorded> joined,
      long start) {
    UUID ownCall =
        meeting.type() == MeetingType.ADHOC ? meeting.key() : derived(upload.artifact(), "call");
    Optional<Artifact> recording = joined.map(IntakeStore.Recorded::recording);
    Optional<Original> original = handOver.original();
    return new Artifact(
        handOver.kind(),
        upload.artifact(),
        upload.submitter().tenant(),
        meeting.key(),
        original.map(Original::callId).or(() -> recording.map(Artifact::callId)).orElse(ownCall),
        original
            .map(Original::contentCorrelationId)
            .or(() -> recording.map(Artifact::contentCorrelationId))
            .orElseGet(() -> correlation(upload.artifact(), meeting, start)),
        start,
        original
            .map(Original::ended)
            .filter(ended -> ended >= start)
            .or(() -> recording.filter(it -> handOver.start().isEmpty()).map(Artifact::ended))
            .orElse(start + kept.durationMillis() * TICKS_PER_MILLI),
        new Artifact.MediaFile(
            kept.mediaType(),
            kept.storedSize(),
            kept.storedSha256(),
            handOver.fileName(),
            kept.durationMillis(),
            kept.keptTicks()));
  }

  /** The transcript of the call that a recording shows. */
  private static Artifact beside(Artifact recording, TranscriptFile file, long kept, UUID main) {
    return new Artifact(
        Artifact.Kind.TRANSCRIPT,
        transcriptOf(main),
        recording.tenant(),
        recording.meetingKey(),
        recording.callId(),
        recording.contentCorrelationId(),
        recording.created(),
        recording.ended(),
        new Artifact.MediaFile(
            "text/vtt",
            file.bytes().length,
            Sha256.hex(file.bytes()),
            "Meeting Transcript.vtt",
            file.durationMillis(),
            kept));
  }

  /** A GUID, and behind it a number for meetings or the time for ad hoc calls, as Graph has it. */
  private static String correlation(UUID artifact, Meeting meeting, long start) {
    String guid = derived(artifact, "correlation").toString();
    if (meeting.type() != MeetingType.ADHOC) {
      return guid + "-0";
    }
    String time = Ticks.format(start).replaceAll("[-:]", "");
    return guid + "-" + time.substring(0, 8) + "_" + time.substring(9, 15);
  }

  /** The meeting that is there already. */
  private Optional<Meeting> meeting(
      Upload upload, HandOver handOver, Optional<IntakeStore.Recorded> joined)
      throws IntakeException {
    UUID tenant = upload.submitter().tenant();
    if (handOver.original().isPresent()) {
      return store.meetingEvenDeleted(tenant, handOver.original().get().threadId());
    }
    if (joined.isPresent()) {
      return joined.map(IntakeStore.Recorded::meeting);
    }
    if (handOver.meetingId().isPresent()) {
      return Optional.of(
          existing(handOver.meetingId().get(), store, store::meetingEvenDeleted, tenant));
    }
    return handOver.externalMeeting().isEmpty()
        ? Optional.empty()
        : store.meetingEvenDeleted(tenant, threadId(handOver, seed(upload, handOver)));
  }

  /** What a meeting is made from: the recorder's own name for it, else what was handed over. */
  private static UUID seed(Upload upload, HandOver handOver) {
    return handOver
        .externalMeeting()
        .map(
            it ->
                UUID.nameUUIDFromBytes(
                    IntakeJson.utf8(
                        String.join(
                            "\n",
                            upload.submitter().tenant().toString(),
                            upload.submitter().appId(),
                            handOver.organizer().orElseThrow().toString(),
                            it))))
        .orElse(upload.artifact());
  }

  private static String threadId(HandOver handOver, UUID seed) {
    return handOver.meetingType() == MeetingType.ADHOC
        ? NewMeeting.callThreadId(seed)
        : NewMeeting.threadId(derived(seed, "thread"));
  }

  /** An ad hoc call is kept as a meeting of its own, whose key is the call's id. */
  private static Meeting made(Upload upload, HandOver handOver, long start, long end) {
    if (handOver.original().isPresent()) {
      return Copying.made(upload, handOver, handOver.original().get(), start, end);
    }
    boolean call = handOver.meetingType() == MeetingType.ADHOC;
    UUID seed = seed(upload, handOver);
    UUID key = call ? seed : derived(seed, "meeting");
    return new Meeting(
        key,
        upload.submitter().tenant(),
        handOver.organizer().orElseThrow(),
        threadId(handOver, seed),
        call ? "" : NewMeeting.calendarId(derived(seed, "calendar"), start),
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
  static UUID derived(UUID artifact, String what) {
    return UUID.nameUUIDFromBytes((artifact + "/" + what).getBytes(StandardCharsets.US_ASCII));
  }
}
