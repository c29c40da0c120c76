package dev.aftercall.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.content.Content;
import dev.aftercall.content.ContentKey;
import dev.aftercall.content.ContentStore;
import dev.aftercall.jdbc.Database;
import dev.aftercall.jdbc.JdbcCatalogue;
import dev.aftercall.jdbc.JdbcIntakeStore;
import dev.aftercall.media.ContainerProbe;
import dev.aftercall.meeting.MeetingId;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.Catalogue;
import dev.aftercall.recording.RecordingId;
import dev.aftercall.time.Ids;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** An intake in this process over real stores, for a tenant of its own. */
final class IntakeFixture {
  static final UUID ORGANIZER = UUID.fromString("0b7d6d1e-4c3a-4f7e-9a51-8a6f5d3c2b10");
  static final UUID ATTENDEE = UUID.fromString("5d0f5a7c-1b2e-4c8d-b0f4-6e7a8b9c0d11");
  static final long LARGEST = 4L << 20;
  static final Duration LIFE = Duration.ofDays(7);

  private static final ObjectMapper JSON = new ObjectMapper();

  final Path dataDir;
  final Database database;
  final ContentStore contents;
  final IntakeStore store;
  final MovedClock clock = new MovedClock();
  final Submitter recorder = new Submitter(UUID.randomUUID(), "recorder");

  IntakeFixture(Path dataDir, Database database, ContentStore contents) {
    this.dataDir = dataDir;
    this.database = database;
    this.contents = contents;
    this.store = new JdbcIntakeStore(database);
  }

  /** What a process that starts now works with. */
  Intake intake() throws IOException {
    return intake(store, contents);
  }

  Intake intake(IntakeStore uploads, ContentStore bytes) throws IOException {
    return new Intake(
        new Intake.Rooms(uploads, bytes, new ContainerProbe()),
        dataDir,
        new Intake.Limits(LARGEST, LIFE),
        Ids.secure(),
        clock);
  }

  static ObjectNode metadata() {
    ObjectNode metadata = JSON.createObjectNode();
    metadata.put("organizer", ORGANIZER.toString());
    metadata.put("subject", "Weekly");
    metadata.put("start", "2026-11-20T09:00:00.0113199Z");
    metadata.putArray("attendees").add(ATTENDEE.toString());
    metadata.put("fileName", "weekly.mp4");
    return metadata;
  }

  Intake.Progress open(Intake intake) throws IntakeException, IOException {
    return intake.open(recorder, metadata(), Optional.empty());
  }

  /** Hands a whole file over in one piece. */
  Receipt handOver(Intake intake, ObjectNode metadata, byte[] file)
      throws IntakeException, IOException {
    Intake.Progress open = intake.open(recorder, metadata, Optional.empty());
    return append(intake, open, 0, file.length, file).receipt().orElseThrow();
  }

  /** Sends the bytes from {@code from} to {@code to} of a file. */
  static Intake.Progress append(Intake intake, Intake.Progress open, int from, int to, byte[] file)
      throws IntakeException, IOException {
    return intake.append(
        open.uploadId(),
        open.secret().orElseThrow(),
        new Intake.Fragment(
            from,
            to - from,
            Optional.of((long) file.length),
            new ByteArrayInputStream(file, from, to - from)));
  }

  static Intake.Progress status(Intake intake, Intake.Progress open)
      throws IntakeException, IOException {
    return intake.status(open.uploadId(), open.secret().orElseThrow());
  }

  /** What a client finds under a receipt. */
  Optional<Catalogue.Found> find(Receipt receipt) {
    MeetingId meeting = MeetingId.parse(receipt.meetingId()).orElseThrow();
    return new JdbcCatalogue(database)
        .find(
            recorder.tenant(),
            meeting.threadId(),
            meeting.organizer(),
            Artifact.Kind.RECORDING,
            RecordingId.artifact(receipt.id()).orElseThrow());
  }

  byte[] bytes(UUID artifact) throws IOException {
    ContentKey key = new ContentKey(recorder.tenant(), artifact);
    Content content = contents.open(key).orElseThrow();
    try (InputStream in = contents.read(key, 0, content.size())) {
      return in.readAllBytes();
    }
  }

  /** How many recordings of this tenant anybody could see. */
  int visible() {
    return database.read(
        handle ->
            handle
                .createQuery("select count(*) from recording where tenant_id = :tenant")
                .bind("tenant", recorder.tenant().toString())
                .mapTo(Integer.class)
                .one());
  }

  /** That an upload left nothing anybody can read. */
  void assertNothingVisible(Intake.Progress open) throws IOException {
    assertThat(visible()).isZero();
    UUID artifact = store.find(open.uploadId()).orElseThrow().artifact();
    assertThat(contents.open(new ContentKey(recorder.tenant(), artifact))).isEmpty();
  }

  /** That a refused file lies in quarantine with its reason. */
  void assertQuarantined(Intake.Progress open, byte[] file, String reason) throws IOException {
    Path quarantine = dataDir.resolve("quarantine");
    assertThat(quarantine.resolve(open.uploadId())).hasBinaryContent(file);
    assertThat(Files.readString(quarantine.resolve(open.uploadId() + ".txt"))).contains(reason);
    Upload upload = store.find(open.uploadId()).orElseThrow();
    assertThat(upload.state()).isEqualTo(Upload.State.QUARANTINED);
    assertThat(upload.reason().orElseThrow()).contains(reason);
    assertThat(spooled(open)).doesNotExist();
    assertNothingVisible(open);
  }

  Path spooled(Intake.Progress open) {
    return dataDir.resolve("spool").resolve(open.uploadId());
  }

  static IntakeException refused(IntakeException.Kind kind, ThrowingCallable call) {
    IntakeException refused = catchThrowableOfType(IntakeException.class, call);
    assertThat(refused).as("a refusal").isNotNull();
    assertThat(refused.kind()).as(refused.text()).isEqualTo(kind);
    return refused;
  }
}
