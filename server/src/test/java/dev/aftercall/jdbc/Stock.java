package dev.aftercall.jdbc;

import dev.aftercall.intake.IntakeStore.Commit;
import dev.aftercall.intake.Upload;
import dev.aftercall.intake.Upload.State;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.meeting.NewMeeting;
import dev.aftercall.meeting.Role;
import dev.aftercall.query.Filter.Value;
import dev.aftercall.query.Property;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.Inventory.Reason;
import dev.aftercall.recording.RecordingId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

/** Puts meetings and recordings into a database, with values that often coincide. */
final class Stock {
  static final long START = 17_000_000_000_000_000L;
  static final String URL = "https://host/v1.0/users/u";

  private static final List<String> CORRELATIONS =
      List.of("a-0", "A-0", "b%_-1", "é-0", "\uFF5E-2", "𝄞-0", "o'clock-3", "a-00", "\\-0");

  private final Database database;
  private final JdbcIntakeStore store;
  private final Rows rows = new Rows();
  private final SplittableRandom random = new SplittableRandom(11);

  Stock(Database database) {
    this.database = database;
    this.store = new JdbcIntakeStore(database);
  }

  synchronized UUID guid() {
    return rows.guid();
  }

  Meeting meeting(UUID tenant, UUID organizer, MeetingType type, boolean channel) {
    UUID key = guid();
    Meeting meeting =
        new Meeting(
            key,
            tenant,
            organizer,
            NewMeeting.threadId(key),
            NewMeeting.calendarId(key, START),
            "Weekly",
            type,
            channel,
            type.scheduled(),
            START,
            START + 9,
            START + 99);
    keep(meeting, true, artifact(meeting));
    return meeting;
  }

  Artifact add(Meeting meeting) {
    Artifact artifact = artifact(meeting);
    keep(meeting, false, artifact);
    return artifact;
  }

  UUID addTranscript(Meeting meeting) {
    Artifact recording = artifact(meeting);
    Artifact transcript = Rows.transcript(recording, guid());
    keep(meeting, false, recording, transcript);
    return transcript.artifact();
  }

  void remove(UUID artifact, Reason reason) {
    boolean removed =
        database.write(
            handle -> {
              var entry = ChangeSequence.removed(handle, Artifact.Kind.RECORDING, artifact, reason);
              handle.execute("delete from recording where artifact_id = ?", artifact.toString());
              ChangeSequence.append(handle, entry.stream().toList(), START);
              return entry.isPresent();
            });
    if (!removed) {
      throw new IllegalStateException("There was no recording " + artifact);
    }
  }

  /** What a client could ask about the recording; that of a call when it has no meeting. */
  static Meaning.Row row(Meeting meeting, Artifact artifact) {
    String id = RecordingId.encode(meeting, artifact);
    boolean call = meeting.type() == MeetingType.ADHOC;
    Map<Property, Value> values = new EnumMap<>(Property.class);
    values.put(Property.ID, new Value.Text(id));
    if (!call) {
      values.put(Property.MEETING_ID, new Value.Text(meeting.id().encoded()));
    }
    values.put(Property.CALL_ID, new Value.Text(artifact.callId().toString()));
    values.put(Property.CONTENT_CORRELATION_ID, new Value.Text(artifact.contentCorrelationId()));
    values.put(Property.CREATED, new Value.Instant(artifact.created()));
    values.put(Property.ENDED, new Value.Instant(artifact.ended()));
    values.put(
        Property.CONTENT_URL,
        new Value.Text(
            URL
                + (call
                    ? "/adhocCalls/" + meeting.key()
                    : "/onlineMeetings/" + meeting.id().encoded())
                + "/recordings/"
                + id
                + "/content"));
    values.put(Property.ORGANIZER, new Value.Text(meeting.organizer().toString()));
    values.put(Property.ORGANIZER_TENANT, new Value.Text(meeting.tenant().toString()));
    return new Meaning.Row(artifact.artifact(), values);
  }

  private synchronized Artifact artifact(Meeting meeting) {
    long created = START + random.nextInt(6);
    return new Artifact(
        Artifact.Kind.RECORDING,
        guid(),
        meeting.tenant(),
        meeting.key(),
        guid(),
        CORRELATIONS.get(random.nextInt(CORRELATIONS.size())),
        created,
        created + random.nextInt(4),
        new Artifact.MediaFile("video/mp4", 1, "ab", "x.mp4", 1, START));
  }

  private void keep(Meeting meeting, boolean isNew, Artifact... artifacts) {
    Upload upload;
    synchronized (this) {
      upload = rows.upload(meeting.tenant(), "", 100);
    }
    store.open(upload);
    store.move(upload.id(), State.RECEIVING, State.KEEPING, Optional.empty(), Optional.of("facts"));
    Commit commit =
        new Commit(
            meeting,
            isNew,
            Map.of(meeting.organizer(), Role.ORGANIZER),
            List.of(artifacts),
            "",
            "{}",
            Set.of());
    if (!store.commit(upload.id(), commit)) {
      throw new IllegalStateException("The recording was not kept.");
    }
  }
}
