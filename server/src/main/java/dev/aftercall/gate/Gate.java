package dev.aftercall.gate;

import dev.aftercall.access.Decision;
import dev.aftercall.access.Denial;
import dev.aftercall.access.RecordingAccess;
import dev.aftercall.access.RecordingAccess.Action;
import dev.aftercall.access.RuleBook;
import dev.aftercall.access.Trail;
import dev.aftercall.content.Content;
import dev.aftercall.content.ContentKey;
import dev.aftercall.content.ContentStore;
import dev.aftercall.journal.Journal;
import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.metering.CapacityExhausted;
import dev.aftercall.metering.Form;
import dev.aftercall.metering.Metering;
import dev.aftercall.metering.Metering.Charge;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.Catalogue;
import dev.aftercall.recording.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Locale;

/**
 * The one door to recordings and transcripts: decide, find, decide, journal, open; and before the
 * first byte of content, meter. Nothing reads around it. A caller who is refused by token and rules
 * has caused no look-up at all. What cannot be taken down in the journal does not happen.
 */
public final class Gate {
  /** As the journal has it; there are no rules that failed. */
  static final String NOT_FOUND = "not-found";

  private static final Delivery FAILED = new Delivery(500, 0, false);

  private final RuleBook ruleBook;
  private final RecordingDecision decision;
  private final Catalogue catalogue;
  private final ContentStore contents;
  private final Metering metering;
  private final Journal journal;
  private final Entries entries;

  /** Builds the gate from what it guards. */
  public Gate(
      RuleBook ruleBook,
      Catalogue catalogue,
      ContentStore contents,
      Metering metering,
      Journal journal,
      InstantSource clock) {
    this.ruleBook = ruleBook;
    this.decision = new RecordingDecision(ruleBook, catalogue, clock);
    this.catalogue = catalogue;
    this.contents = contents;
    this.metering = metering;
    this.journal = journal;
    this.entries = new Entries(clock);
  }

  /** A recording that was let out. */
  public record Opened(Meeting meeting, Artifact artifact) {}

  /** A recording whose bytes were let out; {@code delivery} must be told of their sending. */
  public record OpenedContent(
      Opened opened, Content content, RangeReader reader, Delivering delivery) {}

  /** Reads a part of the opened content. */
  @FunctionalInterface
  public interface RangeReader {
    /** Reads {@code length} bytes from {@code offset}. */
    InputStream read(long offset, long length) throws IOException;
  }

  /** The sending of what was opened. */
  public interface Delivering {
    /**
     * The first byte is about to be sent, or to be had from the object store. What ends before
     * costs nothing.
     *
     * @throws CapacityExhausted when no minutes are left for it
     */
    void begin();

    /** It is over; the journal hears what was really sent. To be told once. */
    void over(Delivery delivery);
  }

  /**
   * The record of a recording.
   *
   * @throws Refused when a rule says no
   * @throws NoSuchRecording when there is none
   */
  public Opened metadata(Ask ask) {
    return open(ask, Action.METADATA).opened();
  }

  /**
   * The bytes of a recording.
   *
   * @throws Refused when a rule says no
   * @throws NoSuchRecording when there is none
   * @throws IOException when the store fails, or has lost what the catalogue promises
   */
  public OpenedContent content(Ask ask) throws IOException {
    return content(ask, Action.CONTENT, Form.CONTENT);
  }

  /**
   * The bytes of a recording or transcript, for giving them out as that action says.
   *
   * @throws Refused when a rule says no
   * @throws NoSuchRecording when there is none
   * @throws IOException when the store fails, or has lost what the catalogue promises
   */
  public OpenedContent content(Ask ask, Action action, Form form) throws IOException {
    Admitted admitted = open(ask, action);
    Artifact artifact = admitted.opened().artifact();
    Delivering delivery =
        new MeteredDelivery(
            () -> metered(ask, form, admitted.opened()),
            (rule, sent) ->
                journal(ask, action, rule.orElse(admitted.rule()), rule.isEmpty(), sent));
    return new OpenedContent(
        admitted.opened(),
        opened(artifact, artifact.contentKey(), delivery),
        (offset, length) -> contents.read(artifact.contentKey(), offset, length),
        delivery);
  }

  /** A picture that was let out; {@code content} is of it, not of its recording. */
  public record OpenedPicture(Picture picture, OpenedContent content) {}

  /**
   * A picture that was drawn of a recording, by the rules for its content. The journal hears of it;
   * it costs nothing.
   *
   * @param number 0 is the poster; previews begin at 1
   * @throws Refused when a rule says no
   * @throws NoSuchRecording when there is no recording, or no such picture of it
   * @throws IOException when the store fails, or has lost what the catalogue promises
   */
  public OpenedPicture picture(Ask ask, int number) throws IOException {
    Admitted admitted = open(ask, Action.PICTURE);
    Artifact artifact = admitted.opened().artifact();
    Picture picture =
        catalogue
            .picture(artifact.tenant(), artifact.artifact(), number)
            .orElseThrow(NoSuchRecording::new);
    Delivering delivery =
        new MeteredDelivery(
            () -> Charge.FREE,
            (rule, sent) -> journal(ask, Action.PICTURE, admitted.rule(), true, sent));
    Content content = opened(artifact, picture.contentKey(), delivery);
    return new OpenedPicture(
        picture,
        new OpenedContent(
            admitted.opened(),
            content,
            (offset, length) -> contents.read(picture.contentKey(), offset, length),
            delivery));
  }

  private Content opened(Artifact artifact, ContentKey key, Delivering delivery)
      throws IOException {
    try {
      return contents.open(key).orElseThrow(() -> missing(artifact.kind(), key));
    } catch (IOException | RuntimeException e) {
      delivery.over(FAILED);
      throw e;
    }
  }

  static IOException missing(Artifact.Kind kind, ContentKey key) {
    return new IOException(
        "The content of "
            + kind.name().toLowerCase(Locale.ROOT)
            + " "
            + key.artifact()
            + " is missing from the content store; restore "
            + key.path()
            + " from a backup.");
  }

  /** Only online meetings are metered; ad hoc calls never were. */
  private Charge metered(Ask ask, Form form, Opened opened) {
    return switch (ask.place()) {
      case Place.OfMeeting meeting -> metering.begin(ask.retrieval(form, opened.artifact()));
      case Place.OfCall call -> Charge.FREE;
    };
  }

  private record Admitted(Opened opened, String rule) {}

  private Admitted open(Ask ask, Action action) {
    Trail trail = new Trail();
    RecordingDecision.Outcome outcome =
        decision.walk(
            ask,
            action,
            trail,
            (decided, again) ->
                ruleBook
                    .secondOpinion()
                    .ask(
                        ask.caller(),
                        ask.path().someone(ask.caller()),
                        action.word(),
                        decided,
                        again));
    return switch (outcome) {
      case RecordingDecision.Let(Opened opened, Decision.Grounds grounds) -> {
        String rule = grounds.word();
        journal(ask, action, rule, true, Delivery.NONE);
        yield new Admitted(opened, rule);
      }
      case RecordingDecision.Missing missing -> {
        refused(ask, action, NOT_FOUND, Denial.notFound(), trail);
        throw new NoSuchRecording();
      }
      case RecordingDecision.Denied(Denial denial) -> {
        refused(ask, action, denial.rule().word(), denial, trail);
        throw new Refused(denial);
      }
    };
  }

  private void refused(Ask ask, Action action, String rule, Denial denial, Trail trail) {
    journal.refused(
        entry(ask, action, rule, false, Delivery.NONE),
        trail.explained(denial, RecordingAccess.chain(ask.caller(), ask.permissions(), action)));
  }

  private void journal(Ask ask, Action action, String rule, boolean allowed, Delivery delivery) {
    journal.record(entry(ask, action, rule, allowed, delivery));
  }

  private Journal.Entry entry(
      Ask ask, Action action, String rule, boolean allowed, Delivery delivery) {
    return entries.of(
        ask.requestId(),
        ask.caller(),
        action.word(),
        ask.artifact().toString(),
        rule,
        allowed,
        delivery);
  }
}
