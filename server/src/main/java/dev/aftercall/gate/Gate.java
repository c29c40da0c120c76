package dev.aftercall.gate;

import dev.aftercall.access.Decision;
import dev.aftercall.access.Denial;
import dev.aftercall.access.RecordingAccess;
import dev.aftercall.access.RecordingAccess.Action;
import dev.aftercall.access.RuleBook;
import dev.aftercall.access.Trail;
import dev.aftercall.content.Content;
import dev.aftercall.content.ContentStore;
import dev.aftercall.identity.Caller;
import dev.aftercall.journal.Journal;
import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.Catalogue;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Locale;

/**
 * The one door to recordings and transcripts: decide, find, decide, journal, open. Nothing reads
 * around it. A caller who is refused by token and rules has caused no look-up at all.
 */
public final class Gate {
  private final RecordingDecision decision;
  private final ContentStore contents;
  private final Journal journal;
  private final InstantSource clock;

  /** Builds the gate from what it guards. */
  public Gate(
      RuleBook ruleBook,
      Catalogue catalogue,
      ContentStore contents,
      Journal journal,
      InstantSource clock) {
    this.decision = new RecordingDecision(ruleBook, catalogue, clock);
    this.contents = contents;
    this.journal = journal;
    this.clock = clock;
  }

  /** A recording that was let out. */
  public record Opened(Meeting meeting, Artifact artifact) {}

  /** A recording whose bytes were let out; {@code report} must be told how the delivery ended. */
  public record OpenedContent(
      Opened opened, Content content, RangeReader reader, DeliveryReport report) {}

  /** Reads a part of the opened content. */
  @FunctionalInterface
  public interface RangeReader {
    /** Reads {@code length} bytes from {@code offset}. */
    InputStream read(long offset, long length) throws IOException;
  }

  /** Takes the end of a delivery down. */
  @FunctionalInterface
  public interface DeliveryReport {
    /** The delivery is over; the journal hears what was really sent. */
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
    return content(ask, Action.CONTENT);
  }

  /**
   * The bytes of a recording or transcript, for giving them out as that action says.
   *
   * @throws Refused when a rule says no
   * @throws NoSuchRecording when there is none
   * @throws IOException when the store fails, or has lost what the catalogue promises
   */
  public OpenedContent content(Ask ask, Action action) throws IOException {
    Admitted admitted = open(ask, action);
    Artifact artifact = admitted.opened().artifact();
    Content content =
        contents
            .open(artifact.contentKey())
            .orElseThrow(
                () ->
                    new IOException(
                        "The content of "
                            + artifact.kind().name().toLowerCase(Locale.ROOT)
                            + " "
                            + artifact.artifact()
                            + " is missing from the content store; restore "
                            + artifact.contentKey().path()
                            + " from a backup."));
    return new OpenedContent(
        admitted.opened(),
        content,
        (offset, length) -> contents.read(artifact.contentKey(), offset, length),
        delivery -> journal(ask, action, admitted.rule(), true, delivery));
  }

  private record Admitted(Opened opened, String rule) {}

  private Admitted open(Ask ask, Action action) {
    Trail trail = new Trail();
    return switch (decision.walk(ask, action, trail)) {
      case RecordingDecision.Let(Opened opened, Decision.Grounds grounds) ->
          new Admitted(opened, grounds.name().toLowerCase(Locale.ROOT));
      case RecordingDecision.Missing missing -> throw new NoSuchRecording();
      case RecordingDecision.Denied(Denial denial) -> {
        journal.refused(
            entry(ask, action, denial.rule().word(), false, Delivery.NONE),
            trail.explained(
                denial, RecordingAccess.chain(ask.caller(), ask.permissions(), action)));
        throw new Refused(denial);
      }
    };
  }

  private void journal(Ask ask, Action action, String rule, boolean allowed, Delivery delivery) {
    journal.record(entry(ask, action, rule, allowed, delivery));
  }

  private Journal.Entry entry(
      Ask ask, Action action, String rule, boolean allowed, Delivery delivery) {
    Caller caller = ask.caller();
    String who = caller instanceof Caller.User user ? user.oid().toString() : caller.appId();
    return new Journal.Entry(
        Ticks.of(clock.instant()),
        ask.requestId(),
        caller.tenant(),
        who,
        caller.appId(),
        action.name().toLowerCase(Locale.ROOT),
        ask.artifact().toString(),
        rule,
        allowed,
        delivery);
  }
}
