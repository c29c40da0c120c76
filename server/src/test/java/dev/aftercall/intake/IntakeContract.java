package dev.aftercall.intake;

import static dev.aftercall.intake.IntakeFixture.LIFE;
import static dev.aftercall.intake.IntakeFixture.ORGANIZER;
import static dev.aftercall.intake.IntakeFixture.append;
import static dev.aftercall.intake.IntakeFixture.metadata;
import static dev.aftercall.intake.IntakeFixture.refused;
import static dev.aftercall.intake.IntakeFixture.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aftercall.intake.IntakeException.Kind;
import dev.aftercall.jdbc.JdbcCatalogue;
import dev.aftercall.jdbc.JdbcMeetings;
import dev.aftercall.meeting.MeetingId;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.RecordingId;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How an upload goes, whatever it is kept in; a subclass for each pair of stores. */
abstract class IntakeContract extends IntakeRefusalsContract {
  private static final byte[] FILE = Samples.mp4(1, 300_000);

  @Test
  void takesAWholeFile() throws Exception {
    Intake.Progress open = house.open(intake);
    assertThat(open.state()).isEqualTo(Upload.State.RECEIVING);
    assertThat(open.received()).isZero();

    Intake.Progress done = append(intake, open, 0, FILE.length, FILE);

    Receipt receipt = done.receipt().orElseThrow();
    assertThat(done.state()).isEqualTo(Upload.State.READY);
    assertThat(receipt.sha256()).isEqualTo(Samples.sha256(FILE));
    assertThat(receipt.size()).isEqualTo(FILE.length);
    assertThat(receipt.durationSeconds()).isBetween(1.9, 2.2);
    var recording = house.find(receipt).orElseThrow().artifact().orElseThrow();
    assertThat(recording.media().sha256()).isEqualTo(receipt.sha256());
    assertThat(house.bytes(recording.artifact())).isEqualTo(FILE);
    assertThat(house.spooled(open)).doesNotExist();
    assertThat(status(intake, open).receipt()).contains(receipt);
  }

  @ParameterizedTest
  @ValueSource(strings = {"moov-end.mp4", "fragmented.mp4", "live.webm", "audio.m4a"})
  void takesEveryKindOfRecording(String name) throws Exception {
    byte[] file = Samples.file(name);
    Receipt receipt = house.handOver(intake, metadata(), file);
    assertThat(receipt.sha256()).isEqualTo(Samples.sha256(file));
    assertThat(receipt.durationSeconds()).isBetween(1.5, 2.5);
  }

  @Test
  void takesFragmentsInOrder() throws Exception {
    Intake.Progress open = house.open(intake);
    Random random = new Random(7);
    int at = 0;
    while (at < FILE.length) {
      assertThat(house.visible()).isZero();
      int end = Math.min(FILE.length, at + 1 + random.nextInt(60_000));
      Intake.Progress progress = append(intake, open, at, end, FILE);
      assertThat(progress.received()).isEqualTo(end);
      assertThat(progress.receipt().isPresent()).isEqualTo(end == FILE.length);
      at = end;
    }
    assertThat(status(intake, open).receipt().orElseThrow().sha256())
        .isEqualTo(Samples.sha256(FILE));
  }

  @Test
  void goesOnAfterACutStreamAndANewProcess() throws Exception {
    Intake.Progress open = house.open(intake);
    InputStream cut =
        new FilterInputStream(new ByteArrayInputStream(FILE, 0, 100_000)) {
          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            if (count < 0) {
              throw new IOException("connection reset");
            }
            return count;
          }
        };
    var whole = new Intake.Fragment(0, FILE.length, Optional.of((long) FILE.length), cut);
    assertThatThrownBy(() -> intake.append(open.uploadId(), open.secret().orElseThrow(), whole))
        .hasMessage("connection reset");

    Intake later = house.intake();
    later.recover(Duration.ZERO);
    Intake.Progress stands = status(later, open);
    assertThat(stands.state()).isEqualTo(Upload.State.RECEIVING);
    assertThat(stands.received()).isEqualTo(99_999);
    assertThat(append(later, open, 99_999, FILE.length, FILE).receipt().orElseThrow().sha256())
        .isEqualTo(Samples.sha256(FILE));
  }

  @Test
  void refusesAFragmentThatLeavesAGap() throws Exception {
    Intake.Progress open = house.open(intake);
    append(intake, open, 0, 1_000, FILE);
    assertThat(refused(Kind.OUT_OF_TURN, () -> append(intake, open, 1_001, 2_000, FILE)).text())
        .contains("1001")
        .contains("1000");
    assertThat(status(intake, open).received()).isEqualTo(1_000);
  }

  @Test
  void passesOverWhatIsHereAlready() throws Exception {
    Intake.Progress open = house.open(intake);
    append(intake, open, 0, 50_000, FILE);
    assertThat(append(intake, open, 20_000, 40_000, FILE).received()).isEqualTo(50_000);
    assertThat(append(intake, open, 20_000, 80_000, FILE).received()).isEqualTo(80_000);
    assertThat(append(intake, open, 0, FILE.length, FILE).receipt().orElseThrow().sha256())
        .isEqualTo(Samples.sha256(FILE));
  }

  @Test
  void refusesMoreBytesThanTheFragmentSays() throws Exception {
    Intake.Progress open = house.open(intake);
    var liar =
        new Intake.Fragment(
            0, 10, Optional.of((long) FILE.length), new ByteArrayInputStream(FILE, 0, 20));
    refused(Kind.INVALID, () -> intake.append(open.uploadId(), open.secret().orElseThrow(), liar));
    assertThat(status(intake, open).received()).isLessThanOrEqualTo(10);
  }

  @Test
  void refusesATotalSmallerThanWhatIsHere() throws Exception {
    Intake.Progress open = house.open(intake);
    append(intake, open, 0, 50_000, FILE);
    var shrunk =
        new Intake.Fragment(0, 100, Optional.of(100L), new ByteArrayInputStream(FILE, 0, 100));
    assertThat(
            refused(
                    Kind.INVALID,
                    () -> intake.append(open.uploadId(), open.secret().orElseThrow(), shrunk))
                .text())
        .contains("50000");
  }

  @Test
  void letsOneSenderAtATimeIn() throws Exception {
    Intake.Progress open = house.open(intake);
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    InputStream slow =
        new FilterInputStream(InputStream.nullInputStream()) {
          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            reading.countDown();
            try {
              assertThat(goOn.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
            return -1;
          }
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Intake.Progress> first =
          threads.submit(
              () ->
                  intake.append(
                      open.uploadId(),
                      open.secret().orElseThrow(),
                      new Intake.Fragment(0, 100, Optional.of((long) FILE.length), slow)));
      assertThat(reading.await(30, TimeUnit.SECONDS)).isTrue();
      refused(Kind.CONFLICT, () -> append(intake, open, 0, FILE.length, FILE));
      refused(Kind.CONFLICT, () -> intake.cancel(open.uploadId(), open.secret().orElseThrow()));
      house.clock.advance(LIFE.plusDays(1));
      intake.recover(Duration.ZERO);
      goOn.countDown();
      assertThat(first.get(30, TimeUnit.SECONDS).received()).isZero();
    }
    assertThat(append(intake, open, 0, FILE.length, FILE).receipt()).isPresent();
  }

  @Test
  void tellsStrangersNothing() throws Exception {
    Intake.Progress open = house.open(intake);
    refused(Kind.UNKNOWN, () -> intake.status(open.uploadId(), "wrong"));
    refused(Kind.UNKNOWN, () -> intake.status("nothing", open.secret().orElseThrow()));
    refused(Kind.UNKNOWN, () -> intake.status("\0", open.secret().orElseThrow()));
    refused(Kind.UNKNOWN, () -> intake.cancel(open.uploadId(), ""));
    refused(
        Kind.UNKNOWN,
        () ->
            intake.append(
                open.uploadId(),
                "wrong",
                new Intake.Fragment(0, 1, Optional.empty(), InputStream.nullInputStream())));
    assertThat(status(intake, open).received()).isZero();
  }

  @Test
  void forgetsACancelledUpload() throws Exception {
    Intake.Progress open = house.open(intake);
    append(intake, open, 0, 1_000, FILE);
    intake.cancel(open.uploadId(), open.secret().orElseThrow());
    refused(Kind.UNKNOWN, () -> status(intake, open));
    assertThat(house.spooled(open)).doesNotExist();
    house.assertNothingVisible(open);
  }

  @Test
  void cancellingWhatIsAcknowledgedTakesNothingBack() throws Exception {
    Intake.Progress open = house.open(intake);
    Receipt receipt = append(intake, open, 0, FILE.length, FILE).receipt().orElseThrow();
    refused(Kind.CONFLICT, () -> intake.cancel(open.uploadId(), open.secret().orElseThrow()));
    assertThat(house.find(receipt).orElseThrow().artifact()).isPresent();
    assertThat(status(intake, open).receipt()).contains(receipt);
  }

  @Test
  void dropsAnUploadOnceItsTimeIsOver() throws Exception {
    Intake.Progress open = house.open(intake);
    append(intake, open, 0, 1_000, FILE);
    house.clock.advance(LIFE);
    intake.recover(Duration.ZERO);
    assertThat(status(intake, open).received()).isEqualTo(1_000);

    house.clock.advance(Duration.ofMillis(1));
    intake.recover(Duration.ZERO);
    refused(Kind.UNKNOWN, () -> status(intake, open));
    assertThat(house.spooled(open)).doesNotExist();
  }

  @Test
  void theSameKeyIsTheSameUpload() throws Exception {
    Optional<String> key = Optional.of("call-17");
    Intake.Progress first = intake.open(house.recorder, metadata(), key);
    append(intake, first, 0, 1_000, FILE);

    var reordered = metadata();
    reordered.set("organizer", reordered.remove("organizer"));
    Intake.Progress again = intake.open(house.recorder, reordered, key);
    assertThat(again.uploadId()).isEqualTo(first.uploadId());
    assertThat(again.received()).isEqualTo(1_000);
    refused(Kind.UNKNOWN, () -> status(intake, first));

    refused(
        Kind.CONFLICT,
        () -> intake.open(house.recorder, metadata().put("subject", "Another"), key));
    Submitter other = new Submitter(house.recorder.tenant(), "another recorder");
    assertThat(intake.open(other, metadata(), key).uploadId()).isNotEqualTo(first.uploadId());

    Receipt receipt = append(intake, again, 1_000, FILE.length, FILE).receipt().orElseThrow();
    Intake.Progress after = intake.open(house.recorder, metadata(), key);
    assertThat(after.receipt()).contains(receipt);
    assertThat(intake.receipt(house.recorder, "call-17")).contains(receipt);
    assertThat(intake.receipt(other, "call-17")).isEmpty();
    assertThat(house.visible()).isOne();
  }

  @Test
  void aKeyWhoseUploadWasDroppedServesAgain() throws Exception {
    Optional<String> key = Optional.of("call-18");
    Intake.Progress first = intake.open(house.recorder, metadata(), key);
    append(intake, first, 0, 1_000, FILE);
    house.clock.advance(LIFE.plusSeconds(1));
    intake.recover(Duration.ZERO);

    Intake.Progress second = intake.open(house.recorder, metadata(), key);
    assertThat(second.uploadId()).isNotEqualTo(first.uploadId());
    intake.cancel(second.uploadId(), second.secret().orElseThrow());

    Intake.Progress third = intake.open(house.recorder, metadata(), key);
    assertThat(append(intake, third, 0, FILE.length, FILE).receipt()).isPresent();
  }

  @Test
  void whatComesWhenItsMeetingWasDeletedIsKeptAndNotSeen() throws Exception {
    Receipt film = house.handOver(intake, metadata(), FILE);
    var late = metadata().put("meetingId", film.meetingId());
    Intake.Progress open = intake.open(house.recorder, late, Optional.empty());
    UUID tenant = house.recorder.tenant();
    String thread = MeetingId.parse(film.meetingId()).orElseThrow().threadId();
    JdbcMeetings meetings = new JdbcMeetings(database());
    meetings.delete(
        tenant, meetings.byThread(tenant, thread).orElseThrow().meeting().key(), Long.MAX_VALUE);

    Receipt receipt = append(intake, open, 0, FILE.length, FILE).receipt().orElseThrow();

    assertThat(receipt.meetingId()).isEqualTo(film.meetingId());
    UUID artifact = RecordingId.artifact(receipt.id()).orElseThrow();
    assertThat(house.bytes(artifact)).isEqualTo(FILE);
    assertThat(
            new JdbcCatalogue(database())
                .find(tenant, thread, ORGANIZER, Artifact.Kind.RECORDING, artifact))
        .isEmpty();
    refused(Kind.INVALID, () -> intake.open(house.recorder, late, Optional.empty()));
  }

  @Test
  void takesATranscriptOfARecordingThatIsHere() throws Exception {
    Receipt film = house.handOver(intake, metadata(), FILE);
    byte[] srt = "1\n00:00:01,000 --> 00:00:02,000\nHi\n".getBytes(StandardCharsets.UTF_8);
    var metadata = metadata().put("kind", "transcript").put("recordingId", film.id());

    Receipt receipt = house.handOver(intake, metadata, srt);

    assertThat(receipt.meetingId()).isEqualTo(film.meetingId());
    assertThat(receipt.sha256()).isEqualTo(Samples.sha256(srt));
    assertThat(house.bytes(RecordingId.artifact(receipt.id()).orElseThrow()))
        .asString()
        .isEqualTo("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nHi\n");
    assertThat(house.visible()).as("recordings").isOne();
  }
}
