package dev.aftercall.jdbc;

import dev.aftercall.intake.IntakeStore.Commit;
import dev.aftercall.intake.Submitter;
import dev.aftercall.intake.Upload;
import dev.aftercall.intake.Upload.State;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.meeting.NewMeeting;
import dev.aftercall.meeting.Role;
import dev.aftercall.recording.Artifact;
import dev.aftercall.time.Ids;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Rows for the catalogue, no two alike. */
final class Rows {
  static final String APP = "00000000-0000-4000-8000-0000000000aa";

  private final Ids ids = Ids.repeatable(5);

  UUID guid() {
    return ids.guid();
  }

  Upload upload(UUID tenant, String key, long expires) {
    return new Upload(
        guid().toString(),
        "ab".repeat(32),
        new Submitter(tenant, APP),
        Optional.ofNullable(key.isEmpty() ? null : key),
        "{\"subject\":\"Überblick 🎥\"}",
        guid(),
        State.RECEIVING,
        Optional.empty(),
        Optional.empty(),
        17,
        expires);
  }

  Meeting meeting(UUID tenant, String threadId) {
    return new Meeting(
        guid(),
        tenant,
        guid(),
        threadId,
        NewMeeting.calendarId(guid(), 17),
        "Überblick 🎥 o'clock",
        MeetingType.RECURRING,
        true,
        true,
        17_000_000_000_000_001L,
        17_000_000_000_000_002L,
        17_000_000_000_000_003L);
  }

  Artifact recording(Meeting meeting) {
    return new Artifact(
        Artifact.Kind.RECORDING,
        guid(),
        meeting.tenant(),
        meeting.key(),
        guid(),
        guid() + "-0",
        17_000_000_000_000_007L,
        17_000_000_000_000_009L,
        new Artifact.MediaFile(
            "video/webm",
            5_000_000_000L,
            "cd".repeat(32),
            "Ü\"x.webm",
            61_234,
            18_000_000_000_000_000L));
  }

  /** The transcript of the same call. */
  static Artifact transcript(Artifact recording, UUID artifact) {
    return new Artifact(
        Artifact.Kind.TRANSCRIPT,
        artifact,
        recording.tenant(),
        recording.meetingKey(),
        recording.callId(),
        recording.contentCorrelationId(),
        recording.created(),
        recording.ended(),
        new Artifact.MediaFile(
            "text/vtt", 12, "ef".repeat(32), "x.vtt", 0, recording.media().kept()));
  }

  Commit commit(Meeting meeting, boolean newMeeting, Artifact recording, UUID... invited) {
    Map<UUID, Role> roster = new LinkedHashMap<>();
    roster.put(meeting.organizer(), Role.ORGANIZER);
    for (UUID person : invited) {
      roster.put(person, Role.ATTENDEE);
    }
    return new Commit(
        meeting,
        newMeeting,
        roster,
        List.of(recording, transcript(recording, guid())),
        "{\"id\":\"x\"}",
        "{}",
        Set.of());
  }
}
