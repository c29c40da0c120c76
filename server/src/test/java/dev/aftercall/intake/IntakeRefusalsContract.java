package dev.aftercall.intake;

import static dev.aftercall.intake.IntakeFixture.LARGEST;
import static dev.aftercall.intake.IntakeFixture.ORGANIZER;
import static dev.aftercall.intake.IntakeFixture.append;
import static dev.aftercall.intake.IntakeFixture.metadata;
import static dev.aftercall.intake.IntakeFixture.refused;
import static dev.aftercall.intake.IntakeFixture.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.content.ContentStore;
import dev.aftercall.content.disk.DiskContentStore;
import dev.aftercall.intake.IntakeException.Kind;
import dev.aftercall.jdbc.Database;
import dev.aftercall.meeting.MeetingId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is never taken in, whatever uploads are kept in. */
abstract class IntakeRefusalsContract {
  private static final byte[] FILE = Samples.mp4(1, 300_000);

  @TempDir Path folder;

  IntakeFixture house;
  Intake intake;

  abstract Database database();

  ContentStore contents() throws IOException {
    return new DiskContentStore(folder.resolve("content"));
  }

  @BeforeEach
  void build() throws IOException {
    house = new IntakeFixture(folder, database(), contents());
    intake = house.intake();
  }

  @Test
  void setsAsideWhatIsNotWhatWasDeclared() throws Exception {
    var wrongHash = metadata().put("sha256", "0".repeat(64));
    Intake.Progress hash = intake.open(house.recorder, wrongHash, Optional.empty());
    assertThat(refused(Kind.MISMATCH, () -> append(intake, hash, 0, FILE.length, FILE)).text())
        .contains(Samples.sha256(FILE));
    house.assertQuarantined(hash, FILE, Samples.sha256(FILE));

    var wrongSize = metadata().put("size", FILE.length + 1);
    Intake.Progress size = intake.open(house.recorder, wrongSize, Optional.empty());
    assertThat(refused(Kind.MISMATCH, () -> append(intake, size, 0, FILE.length, FILE)).text())
        .contains(Integer.toString(FILE.length))
        .contains(Integer.toString(FILE.length + 1));
    house.assertNothingVisible(size);
  }

  @Test
  void setsAsideWhatDoesNotPlay() throws Exception {
    byte[] text = "These are the minutes.".repeat(100).getBytes(StandardCharsets.UTF_8);
    byte[] truncated = Arrays.copyOf(Samples.file("faststart.mp4"), 4_000);
    byte[] webm = Arrays.copyOf(Samples.file("duration.webm"), 40);
    for (byte[] file : new byte[][] {text, truncated, webm, Samples.withoutMoov(), {}}) {
      Intake.Progress open = house.open(intake);
      IntakeException refused =
          refused(Kind.UNPLAYABLE, () -> append(intake, open, 0, file.length, file));
      String reason = refused.text().replace(" The file is kept in quarantine.", "");
      assertThat(reason).isNotEmpty();
      house.assertQuarantined(open, file, reason);

      // Whoever missed the answer and sends again is told the same, not that all is well.
      assertThat(refused(Kind.UNPLAYABLE, () -> append(intake, open, 0, file.length, file)).text())
          .contains(reason);
      assertThat(status(intake, open).reason().orElseThrow()).isEqualTo(reason);
    }
  }

  @Test
  void refusesMoreThanTheLargest() throws Exception {
    refused(
        Kind.TOO_LARGE,
        () -> intake.open(house.recorder, metadata().put("size", LARGEST + 1), Optional.empty()));
    Intake.Progress open = house.open(intake);
    refused(
        Kind.TOO_LARGE,
        () ->
            intake.append(
                open.uploadId(),
                open.secret().orElseThrow(),
                new Intake.Fragment(
                    0, LARGEST + 1, Optional.of(LARGEST + 1), InputStream.nullInputStream())));
    byte[] large = Samples.mp4(3, (int) LARGEST);
    refused(
        Kind.TOO_LARGE,
        () ->
            intake.append(
                open.uploadId(),
                open.secret().orElseThrow(),
                new Intake.Fragment(
                    0, Long.MAX_VALUE, Optional.empty(), new ByteArrayInputStream(large))));
    house.assertNothingVisible(open);
  }

  @Test
  void refusesAMeetingNobodyKnows() {
    for (String id :
        new String[] {
          "no id",
          new MeetingId(ORGANIZER, "19:meeting_x@thread.v2").encoded(),
          new MeetingId(ORGANIZER, "19:meeting_\0@thread.v2").encoded()
        }) {
      var metadata = metadata().put("meetingId", id);
      metadata.remove("organizer");
      assertThat(
              refused(Kind.INVALID, () -> intake.open(house.recorder, metadata, Optional.empty()))
                  .text())
          .contains("meetingId");
    }
    var nobody = metadata();
    nobody.remove("organizer");
    assertThat(
            refused(Kind.INVALID, () -> intake.open(house.recorder, nobody, Optional.empty()))
                .text())
        .contains("organizer")
        .contains("meetingId");
  }
}
