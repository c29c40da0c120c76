package dev.aftercall.dev.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.access.Permissions;
import dev.aftercall.access.RecordingAccess;
import dev.aftercall.intake.Intake;
import dev.aftercall.intake.IntakeException;
import dev.aftercall.intake.Receipt;
import dev.aftercall.intake.Submitter;
import dev.aftercall.jdbc.Database;
import dev.aftercall.jdbc.RuleEditor;
import dev.aftercall.meeting.MeetingId;
import dev.aftercall.ruling.Grantee;
import dev.aftercall.ruling.Policy;
import dev.aftercall.time.Ticks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Hands the demo's recordings over as any recorder would, through the intake, and rules the tenant
 * as an administrator would. Starting again changes nothing: every hand-over has its key.
 */
public final class DemoMeetings {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String POLICY = "demo-readers";

  private final DemoDirectory people;
  private final Intake intake;
  private final InstantSource clock;

  /** An ad hoc call is filmed with another's film. */
  private record Film(String key, String file, String subject, Duration ago, boolean call) {
    Film(String file, String subject, Duration ago) {
      this(file, file, subject, ago, false);
    }
  }

  private static final List<Film> FILMS =
      List.of(
          new Film("quarterly-planning", "Quarterly planning", Duration.ofDays(2)),
          new Film("release-retrospective", "Release retrospective", Duration.ofDays(1)),
          new Film(
              "quick-call",
              "release-retrospective",
              "Call with Arno Attendee",
              Duration.ofHours(3),
              true));

  /** A demo for that directory, through that intake. */
  public DemoMeetings(DemoDirectory people, Intake intake, InstantSource clock) {
    this.people = people;
    this.intake = intake;
    this.clock = clock;
  }

  /**
   * Rules the tenant and hands the recordings over.
   *
   * @param films whether there shall be recordings at all
   * @return the receipts
   */
  public List<Receipt> seed(Database database, boolean films) throws IOException {
    RuleEditor rules = new RuleEditor(database, people.tenant());
    rule(rules);
    List<Receipt> receipts = new ArrayList<>();
    for (Film film : films ? FILMS : List.<Film>of()) {
      Optional<Receipt> before = intake.receipt(submitter(), key(film));
      receipts.add(before.isPresent() ? before.get() : handOver(film));
      if (before.isEmpty() && !film.call()) {
        consent(rules, receipts.getLast());
      }
    }
    return receipts;
  }

  private Receipt handOver(Film film) throws IOException {
    try {
      byte[] media = resource(film.file() + ".mp4");
      Intake.Progress open =
          intake.open(submitter(), metadata(film, media.length), Optional.of(key(film)));
      return intake
          .append(
              open.uploadId(),
              open.secret().orElseThrow(),
              new Intake.Fragment(
                  open.received(),
                  media.length - open.received(),
                  Optional.of((long) media.length),
                  new ByteArrayInputStream(
                      media, (int) open.received(), media.length - (int) open.received())))
          .receipt()
          .orElseThrow(
              () -> new IOException("The demo recording " + film.file() + " was refused."));
    } catch (IntakeException e) {
      throw new IOException("The demo recording " + film.file() + ": " + e.text(), e);
    }
  }

  private static String key(Film film) {
    return "demo-" + film.key();
  }

  private Submitter submitter() {
    return new Submitter(people.tenant(), people.app(DemoDirectory.App.INTAKE).clientId());
  }

  private ObjectNode metadata(Film film, long size) throws IOException {
    Instant start =
        clock.instant().minus(film.ago()).truncatedTo(ChronoUnit.HOURS).plusNanos(11_319_900);
    ObjectNode metadata = JSON.createObjectNode();
    metadata.put("organizer", people.user(DemoDirectory.Person.ORGANIZER).oid().toString());
    metadata.put("subject", film.subject());
    metadata.put("meetingType", film.call() ? "adhoc" : "scheduled");
    metadata.put("start", Ticks.format(Ticks.of(start)));
    metadata.putArray("attendees").add(people.user(DemoDirectory.Person.ATTENDEE).oid().toString());
    metadata.put("fileName", film.subject() + "-Meeting Recording.mp4");
    metadata.put("size", size);
    metadata.put("transcript", new String(resource(film.file() + ".vtt"), StandardCharsets.UTF_8));
    return metadata;
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = DemoMeetings.class.getResourceAsStream("/demo/" + name)) {
      if (in == null) {
        throw new IOException("The demo's " + name + " is not in this build.");
      }
      return in.readAllBytes();
    }
  }

  private void rule(RuleEditor rules) {
    if (!rules.hasPolicy(POLICY)) {
      String reader = people.app(DemoDirectory.App.READER).clientId();
      rules.putPolicy(new Policy(POLICY, "Made by start-dev", List.of(reader)));
      rules.grant(new Grantee.Everyone(), POLICY);
      rules.setParticipantDownload(false);
    }
  }

  private void consent(RuleEditor rules, Receipt receipt) {
    String thread = MeetingId.parse(receipt.meetingId()).orElseThrow().threadId();
    String chatApp = people.app(DemoDirectory.App.RSC).clientId();
    rules.setConsent(thread, chatApp, RecordingAccess.READ_CHAT, true);
    rules.setConsent(thread, chatApp, Permissions.TRANSCRIPTS.readChat().orElseThrow(), true);
  }
}
