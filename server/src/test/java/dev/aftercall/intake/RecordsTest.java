package dev.aftercall.intake;

import static dev.aftercall.intake.IntakeFixture.ATTENDEE;
import static dev.aftercall.intake.IntakeFixture.ORGANIZER;
import static dev.aftercall.intake.IntakeFixture.metadata;
import static dev.aftercall.intake.IntakeFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.content.disk.DiskContentStore;
import dev.aftercall.intake.IntakeException.Kind;
import dev.aftercall.jdbc.Database;
import dev.aftercall.jdbc.JdbcCatalogue;
import dev.aftercall.meeting.MeetingId;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.meeting.Role;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.Catalogue;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the catalogue says of a recording once it was handed over. */
final class RecordsTest {
  private static final byte[] FILE = Samples.mp4(2, 1_000);
  private static final String GUID = "[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}";

  @TempDir Path folder;
  private Database database;
  private IntakeFixture house;
  private Intake intake;

  @BeforeEach
  void build() throws IOException {
    database = Database.open(Database.Location.in(folder));
    house = new IntakeFixture(folder, database, new DiskContentStore(folder.resolve("content")));
    intake = house.intake();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void datesAreTheGivenStartAndTheProbedDuration() throws Exception {
    Receipt receipt = house.handOver(intake, metadata(), FILE);
    Artifact recording = recording(receipt);
    assertThat(Ticks.format(recording.created())).isEqualTo("2026-11-20T09:00:00.0113199Z");
    assertThat(recording.ended() - recording.created())
        .isEqualTo(Math.round(receipt.durationSeconds() * 1e7));
    assertThat(recording.media().mediaType()).isEqualTo("video/mp4");
    assertThat(recording.media().fileName()).isEqualTo("weekly.mp4");
    Catalogue.Found found = house.find(receipt).orElseThrow();
    assertThat(found.meeting().start()).isEqualTo(recording.created());
    assertThat(found.meeting().expiry())
        .isEqualTo(recording.ended() + Duration.ofDays(60).toNanos() / 100);
  }

  @Test
  void withoutAStartItEndedWhenItCame() throws Exception {
    var metadata = metadata();
    metadata.remove("start");
    Artifact recording = recording(house.handOver(intake, metadata, FILE));
    assertThat(recording.ended()).isEqualTo(Ticks.of(house.clock.instant()));
  }

  @Test
  void idsAreGraphsOwn() throws Exception {
    Receipt receipt = house.handOver(intake, metadata(), FILE);

    String meeting = decoded(receipt.meetingId());
    assertThat(meeting)
        .matches("1\\*" + ORGANIZER + "\\*0\\*\\*19:meeting_[A-Za-z0-9]{48}@thread\\.v2");
    String inThread = meeting.substring(meeting.indexOf('_') + 1, meeting.indexOf('@'));
    assertThat(decoded(inThread)).matches(GUID);
    assertThat(decoded(receipt.id()))
        .matches(
            "V2##1"
                + ORGANIZER
                + house.recorder.tenant()
                + "040000008200E00074C5B7101A82E008[0-9A-F]{80}##"
                + GUID);
    Artifact recording = recording(receipt);
    assertThat(recording.contentCorrelationId()).matches(GUID + "-0");
    assertThat(recording.callId()).isNotEqualTo(recording.artifact());
  }

  @Test
  void theTranscriptSharesTheCallAndTheCorrelation() throws Exception {
    String vtt = "\uFEFFWEBVTT\n\n00:00:00.000 --> 00:00:01.000\n<v Ada>Grüße</v>\n";
    Receipt receipt = house.handOver(intake, metadata().put("transcript", vtt), FILE);
    String plain = decoded(String.valueOf(receipt.transcriptId()));
    assertThat(plain).matches("1##0##" + GUID);
    UUID artifact = UUID.fromString(plain.substring("1##0##".length()));
    byte[] bytes = vtt.getBytes(StandardCharsets.UTF_8);
    assertThat(house.bytes(artifact)).isEqualTo(bytes);

    Map<String, Object> row =
        database.read(
            handle ->
                handle
                    .createQuery("select * from transcript where artifact_id = :id")
                    .bind("id", artifact.toString())
                    .mapToMap()
                    .one());
    Artifact recording = recording(receipt);
    assertThat(row)
        .containsEntry("content_correlation_id", recording.contentCorrelationId())
        .containsEntry("call_id", recording.callId().toString())
        .containsEntry("meeting_key", recording.meetingKey().toString())
        .containsEntry("sha256", Samples.sha256(bytes));
    assertThat(house.handOver(intake, metadata(), FILE).transcriptId()).isNull();
  }

  @Test
  void rolesAreThoseHandedOver() throws Exception {
    UUID deputy = UUID.randomUUID();
    var metadata = metadata();
    metadata.putArray("coorganizers").add(deputy.toString()).add(ORGANIZER.toString());
    metadata.putArray("attendees").add(ATTENDEE.toString()).add(deputy.toString());
    Receipt receipt = house.handOver(intake, metadata, FILE);
    assertThat(role(receipt, ORGANIZER)).contains(Role.ORGANIZER);
    assertThat(role(receipt, deputy)).contains(Role.COORGANIZER);
    assertThat(role(receipt, ATTENDEE)).contains(Role.ATTENDEE);
    assertThat(role(receipt, UUID.randomUUID())).isEmpty();
  }

  @Test
  void aMeetingTakesFurtherRecordings() throws Exception {
    var first = metadata().put("meetingType", "recurring").put("channel", true);
    Receipt one = house.handOver(intake, first, FILE);
    UUID newcomer = UUID.randomUUID();
    var more = metadata().put("meetingId", one.meetingId()).put("meetingType", "adhoc");
    more.putArray("attendees").add(newcomer.toString());
    Receipt two = house.handOver(intake, more, Samples.mp4(9, 10));

    assertThat(two.meetingId()).isEqualTo(one.meetingId());
    assertThat(two.id()).isNotEqualTo(one.id());
    var meeting = house.find(two).orElseThrow().meeting();
    assertThat(meeting.type()).isEqualTo(MeetingType.RECURRING);
    assertThat(meeting.channel()).isTrue();
    assertThat(role(one, newcomer)).contains(Role.ATTENDEE);
    assertThat(house.find(one).orElseThrow().artifact()).isPresent();

    var stranger = metadata().put("meetingId", one.meetingId());
    stranger.put("organizer", UUID.randomUUID().toString());
    assertThat(
            refused(Kind.INVALID, () -> intake.open(house.recorder, stranger, Optional.empty()))
                .text())
        .contains("another organizer");
    var elsewhere = new Submitter(UUID.randomUUID(), "recorder");
    assertThat(refused(Kind.INVALID, () -> intake.open(elsewhere, more, Optional.empty())).text())
        .contains("There is no meeting");
  }

  private Artifact recording(Receipt receipt) {
    return house.find(receipt).orElseThrow().artifact().orElseThrow();
  }

  private Optional<Role> role(Receipt receipt, UUID person) {
    MeetingId meeting = MeetingId.parse(receipt.meetingId()).orElseThrow();
    return new JdbcCatalogue(database)
        .find(
            house.recorder.tenant(),
            meeting.threadId(),
            person,
            Artifact.Kind.RECORDING,
            new UUID(0, 0))
        .orElseThrow()
        .role();
  }

  private static String decoded(String id) {
    return new String(Base64.getDecoder().decode(id), StandardCharsets.UTF_8);
  }
}
