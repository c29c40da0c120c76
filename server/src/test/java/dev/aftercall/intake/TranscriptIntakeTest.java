package dev.aftercall.intake;

import static dev.aftercall.intake.IntakeFixture.append;
import static dev.aftercall.intake.IntakeFixture.metadata;
import static dev.aftercall.intake.IntakeFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.content.ContentStore;
import dev.aftercall.content.disk.DiskContentStore;
import dev.aftercall.intake.CrashTest.Death;
import dev.aftercall.intake.CrashTest.Life;
import dev.aftercall.intake.IntakeException.Kind;
import dev.aftercall.jdbc.Database;
import dev.aftercall.jdbc.JdbcCatalogue;
import dev.aftercall.jdbc.JdbcIntakeStore;
import dev.aftercall.meeting.MeetingId;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.RecordingId;
import dev.aftercall.time.Ticks;
import dev.aftercall.transcript.WebVtt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transcripts that come alone: what they are joined to, and that dying loses none. */
final class TranscriptIntakeTest {
  private static final byte[] FILM = Samples.mp4(5, 1_000);
  private static final byte[] VTT = utf8("WEBVTT\n\n00:00.500 --> 00:01.500\n<v Ada>Hi</v>\n");
  private static final byte[] SRT = utf8("1\r\n00:00:00,500 --> 00:00:01,500\r\nHi\r\n");
  private static final byte[] MADE = utf8("WEBVTT\n\n00:00:00.500 --> 00:00:01.500\nHi\n");

  @TempDir Path folder;
  private Database database;
  private IntakeFixture house;
  private Intake intake;

  @BeforeEach
  void build() throws IOException {
    database = Database.open(Database.Location.in(folder));
    house = house("house");
    intake = house.intake();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private IntakeFixture house(String name) throws IOException {
    Path data = Files.createDirectories(folder.resolve(name));
    return new IntakeFixture(data, database, new DiskContentStore(data.resolve("content")));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode of(Receipt recording) {
    ObjectNode metadata = metadata().put("kind", "transcript").put("recordingId", recording.id());
    metadata.remove("organizer");
    metadata.remove("start");
    return metadata;
  }

  private Artifact find(Receipt receipt, Artifact.Kind kind) {
    MeetingId meeting = MeetingId.parse(receipt.meetingId()).orElseThrow();
    return new JdbcCatalogue(database)
        .find(
            house.recorder.tenant(),
            meeting.threadId(),
            meeting.organizer(),
            kind,
            RecordingId.artifact(receipt.id()).orElseThrow())
        .flatMap(found -> found.artifact())
        .orElseThrow();
  }

  @Test
  void joinsTheRecordingItIsOf() throws Exception {
    Receipt film = house.handOver(intake, metadata(), FILM);
    Receipt receipt = house.handOver(intake, of(film), VTT);

    Artifact recording = find(film, Artifact.Kind.RECORDING);
    Artifact transcript = find(receipt, Artifact.Kind.TRANSCRIPT);
    assertThat(receipt.meetingId()).isEqualTo(film.meetingId());
    assertThat(receipt.sha256()).isEqualTo(Samples.sha256(VTT));
    assertThat(receipt.durationSeconds()).isEqualTo(1.5);
    assertThat(transcript.callId()).isEqualTo(recording.callId());
    assertThat(transcript.contentCorrelationId()).isEqualTo(recording.contentCorrelationId());
    assertThat(transcript.created()).isEqualTo(recording.created());
    assertThat(transcript.ended()).isEqualTo(recording.ended());
    assertThat(house.bytes(transcript.artifact())).isEqualTo(VTT);

    // By its other forms too, and once more: a call may be written down in two languages.
    ObjectNode bare = of(film).put("recordingId", recording.artifact().toString());
    Receipt second = house.handOver(intake, bare, VTT);
    assertThat(second.id()).isNotEqualTo(receipt.id());
  }

  @Test
  void aMeetingWithoutRecordingTakesOne() throws Exception {
    Receipt film = house.handOver(intake, metadata(), FILM);
    ObjectNode alone = metadata().put("kind", "transcript").put("meetingId", film.meetingId());
    alone.remove("organizer");
    Receipt receipt = house.handOver(intake, alone, VTT);

    Artifact transcript = find(receipt, Artifact.Kind.TRANSCRIPT);
    assertThat(receipt.meetingId()).isEqualTo(film.meetingId());
    assertThat(transcript.contentCorrelationId())
        .matches("[0-9a-f-]{36}-0")
        .isNotEqualTo(find(film, Artifact.Kind.RECORDING).contentCorrelationId());
    assertThat(Ticks.format(transcript.created())).isEqualTo("2026-11-20T09:00:00.0113199Z");
    assertThat(transcript.ended() - transcript.created()).isEqualTo(15_000_000L);
  }

  @Test
  void subRipIsKeptAsWebVtt() throws Exception {
    Receipt film = house.handOver(intake, metadata(), FILM);
    Receipt receipt = house.handOver(intake, of(film).put("sha256", Samples.sha256(SRT)), SRT);

    Artifact transcript = find(receipt, Artifact.Kind.TRANSCRIPT);
    assertThat(receipt.sha256()).as("proof of what was sent").isEqualTo(Samples.sha256(SRT));
    assertThat(receipt.size()).isEqualTo(SRT.length);
    assertThat(house.bytes(transcript.artifact())).isEqualTo(MADE);
    assertThat(transcript.media().sha256()).isEqualTo(Samples.sha256(MADE));
    assertThat(transcript.media().size()).isEqualTo(MADE.length);
    assertThat(house.dataDir.resolve("spool")).isEmptyDirectory();

    ObjectNode beside = metadata().put("transcript", new String(SRT, StandardCharsets.UTF_8));
    Receipt both = house.handOver(intake, beside, FILM);
    assertThat(house.bytes(RecordingId.artifact(String.valueOf(both.transcriptId())).orElseThrow()))
        .isEqualTo(MADE);
  }

  @Test
  void whatIsNoTranscriptGoesToQuarantine() throws Exception {
    byte[] broken = utf8("WEBVTT\n\nhello\nworld\n");
    for (byte[] file : new byte[][] {broken, FILM, utf8("Ada: hello"), {0}}) {
      ObjectNode metadata = metadata().put("kind", "transcript");
      Intake.Progress open = intake.open(house.recorder, metadata, Optional.empty());
      assertThat(refused(Kind.UNPLAYABLE, () -> append(intake, open, 0, file.length, file)).text())
          .contains("neither WebVTT nor SubRip");
      assertThat(house.dataDir.resolve("quarantine").resolve(open.uploadId()))
          .hasBinaryContent(file);
    }
    assertThat(
            refused(
                    Kind.INVALID,
                    () ->
                        intake.open(
                            house.recorder,
                            metadata().put("transcript", "WEBVTT\n\nhello\nworld\n"),
                            Optional.empty()))
                .text())
        .contains("Line 4: no times")
        .contains("'world'");
  }

  @Test
  void whatCouldNeverBeJoinedIsRefusedBeforeAByteIsSent() throws Exception {
    Receipt film = house.handOver(intake, metadata(), FILM);
    Receipt other = house.handOver(intake, metadata(), FILM);
    no("recordingId", of(film).put("recordingId", UUID.randomUUID().toString()));
    no("recordingId", of(film).put("recordingId", "no id"));
    no("another meeting", of(film).put("meetingId", other.meetingId()));
    no("another meeting", of(film).put("organizer", UUID.randomUUID().toString()));
    no("set kind to transcript", of(film).put("kind", "recording"));
    no("this hand-over is one itself", of(film).put("transcript", "WEBVTT\n"));
    no("'kind'", of(film).put("kind", "minutes"));
    no("'mediaType'", of(film).put("mediaType", "video/mp4"));
    ObjectNode nowhere = of(film);
    nowhere.remove("recordingId");
    no("organizer", nowhere);
    assertThat(
            refused(
                    Kind.INVALID,
                    () ->
                        intake.open(
                            new Submitter(UUID.randomUUID(), "r"), of(film), Optional.empty()))
                .text())
        .contains("no recording");
    assertThat(
            refused(
                    Kind.TOO_LARGE,
                    () ->
                        house
                            .intake()
                            .open(
                                house.recorder,
                                of(film).put("size", WebVtt.LARGEST + 1),
                                Optional.empty()))
                .text())
        .contains("larger");
  }

  private void no(String reason, ObjectNode metadata) {
    assertThat(
            refused(Kind.INVALID, () -> intake.open(house.recorder, metadata, Optional.empty()))
                .text())
        .contains(reason);
  }

  @Test
  void everyDeathLeavesNothingOrAWholeTranscript() throws Exception {
    int deaths = 0;
    boolean lived = false;
    while (!lived) {
      IntakeFixture mortal = house("life-" + deaths);
      Receipt film = mortal.handOver(mortal.intake(), metadata(), FILM);
      lived = handOver(mortal, film, new Life(deaths));
      // The process that starts next dies as well, at each of its steps.
      recover(mortal, new Life(deaths % 7));
      finish(mortal, film);
      deaths++;
    }
    assertThat(deaths).as("steps of a hand-over").isGreaterThanOrEqualTo(8);
  }

  private Intake dying(IntakeFixture mortal, Life life) throws IOException {
    return mortal.intake(
        life.mortal(IntakeStore.class, new JdbcIntakeStore(database)),
        life.mortal(ContentStore.class, mortal.contents));
  }

  private boolean handOver(IntakeFixture mortal, Receipt film, Life life) throws Exception {
    try {
      Intake process = dying(mortal, life);
      Intake.Progress open = process.open(mortal.recorder, of(film), Optional.of("call"));
      append(process, open, 0, 10, SRT);
      return append(process, open, 10, SRT.length, SRT).receipt().isPresent();
    } catch (Death e) {
      return false;
    }
  }

  private void recover(IntakeFixture mortal, Life life) throws IOException {
    try {
      dying(mortal, life).recover(Duration.ZERO);
    } catch (Death e) {
      // As meant.
    }
  }

  private void finish(IntakeFixture mortal, Receipt film) throws Exception {
    Intake next = mortal.intake();
    next.recover(Duration.ZERO);
    Intake.Progress open = next.open(mortal.recorder, of(film), Optional.of("call"));
    Receipt receipt =
        open.receipt().isPresent()
            ? open.receipt().get()
            : append(next, open, (int) open.received(), SRT.length, SRT).receipt().orElseThrow();
    assertThat(receipt.sha256()).isEqualTo(Samples.sha256(SRT));
    assertThat(mortal.bytes(RecordingId.artifact(receipt.id()).orElseThrow())).isEqualTo(MADE);
    assertThat(transcripts(mortal)).isOne();
    assertThat(mortal.dataDir.resolve("spool")).isEmptyDirectory();
  }

  private int transcripts(IntakeFixture mortal) {
    return database.read(
        handle ->
            handle
                .createQuery("select count(*) from transcript where tenant_id = :tenant")
                .bind("tenant", mortal.recorder.tenant().toString())
                .mapTo(Integer.class)
                .one());
  }
}
