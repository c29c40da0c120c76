package dev.aftercall.gate;

import dev.aftercall.access.AdminAccess;
import dev.aftercall.access.AdminAccess.Action;
import dev.aftercall.access.Decision;
import dev.aftercall.access.Denial;
import dev.aftercall.access.Trail;
import dev.aftercall.content.Content;
import dev.aftercall.content.ContentStore;
import dev.aftercall.identity.Caller;
import dev.aftercall.journal.Journal;
import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.metering.Metering.Charge;
import dev.aftercall.recording.Artifact;
import dev.aftercall.retention.Archive;
import dev.aftercall.retention.ArchiveItem;
import dev.aftercall.retention.Holds;
import dev.aftercall.retention.Removal;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/**
 * The door to the bytes of what was deleted and a legal hold keeps; of compliance readers alone.
 * Decide, find, journal, open, as {@link Gate} does. What is not deleted leaves by that one, and
 * what no hold keeps by none. Not metered: Graph has no such thing.
 */
public final class HeldGate {
  private static final Delivery FAILED = new Delivery(500, 0, false);

  private final Archive archive;
  private final Holds holds;
  private final ContentStore contents;
  private final Journal journal;
  private final Entries entries;

  /** Builds the gate from what it guards. */
  public HeldGate(
      Archive archive, Holds holds, ContentStore contents, Journal journal, InstantSource clock) {
    this.archive = archive;
    this.holds = holds;
    this.contents = contents;
    this.journal = journal;
    this.entries = new Entries(clock);
  }

  /**
   * A compliance reader asks for bytes.
   *
   * @param requestId for the journal
   */
  public record HeldAsk(String requestId, Caller caller, Artifact.Kind kind, UUID artifact) {}

  /** Bytes that were let out; {@code delivery} must be told how their sending went. */
  public record OpenedHeld(
      Artifact.MediaFile media,
      Content content,
      Gate.RangeReader reader,
      Gate.Delivering delivery) {}

  /**
   * The bytes of a held item, wherever it was deleted to.
   *
   * @throws Refused when a rule says no
   * @throws NoSuchRecording when there is none in the caller's tenant, or it is not deleted, or no
   *     hold keeps it
   * @throws IOException when the store fails, or has lost what the catalogue promises
   */
  public OpenedHeld content(HeldAsk ask) throws IOException {
    Trail trail = new Trail();
    Decision.Grounds grounds =
        switch (AdminAccess.admit(ask.caller(), Action.READ_HELD, trail)) {
          case Decision.Allow allow -> allow.grounds();
          case Decision.Deny(Denial denial) -> {
            refused(ask, denial, denial.rule().word(), trail);
            throw new Refused(denial);
          }
        };
    Optional<ArchiveItem> item = find(ask, trail);
    Optional<Artifact.MediaFile> media =
        item.flatMap(it -> archive.media(it.tenant(), it.artifact()));
    if (item.isEmpty() || media.isEmpty()) {
      refused(ask, Denial.notFound(), Gate.NOT_FOUND, trail);
      throw new NoSuchRecording();
    }
    journal.record(entry(ask, grounds.word(), true, Delivery.NONE));
    return opened(ask, grounds.word(), item.get(), media.get());
  }

  private Optional<ArchiveItem> find(HeldAsk ask, Trail trail) {
    UUID tenant = ask.caller().tenant();
    Optional<ArchiveItem> item =
        archive.find(tenant, ask.artifact()).filter(it -> it.kind() == ask.kind());
    boolean deleted = item.filter(HeldGate::deleted).isPresent();
    boolean held =
        deleted && holds.all(tenant, false).stream().anyMatch(hold -> hold.covers(item.get()));
    boolean found =
        trail.ask(
            Denial.Rule.FOUND,
            held,
            () ->
                item.isEmpty()
                    ? "There is no such item"
                    : !deleted
                        ? "The item is not deleted, or its purge has begun"
                        : held ? "The item is deleted and held" : "No hold keeps the item");
    return found ? item : Optional.empty();
  }

  /** What went with its meeting is hidden from Graph too. */
  private static boolean deleted(ArchiveItem item) {
    return item.removal()
        .map(removal -> removal.phase() == Removal.Phase.KEPT)
        .orElse(item.meetingDeleted());
  }

  private OpenedHeld opened(HeldAsk ask, String rule, ArchiveItem item, Artifact.MediaFile media)
      throws IOException {
    Gate.Delivering delivery =
        new MeteredDelivery(
            () -> Charge.FREE, (none, sent) -> journal.record(entry(ask, rule, true, sent)));
    try {
      Content content =
          contents
              .open(item.contentKey())
              .orElseThrow(() -> Gate.missing(item.kind(), item.contentKey()));
      return new OpenedHeld(
          media,
          content,
          (offset, length) -> contents.read(item.contentKey(), offset, length),
          delivery);
    } catch (IOException | RuntimeException e) {
      delivery.over(FAILED);
      throw e;
    }
  }

  private void refused(HeldAsk ask, Denial denial, String rule, Trail trail) {
    journal.refused(
        entry(ask, rule, false, Delivery.NONE),
        trail.explained(denial, AdminAccess.chain(ask.caller(), Action.READ_HELD)));
  }

  private Journal.Entry entry(HeldAsk ask, String rule, boolean allowed, Delivery delivery) {
    return entries.of(
        ask.requestId(),
        ask.caller(),
        "content",
        ask.artifact().toString(),
        rule,
        allowed,
        delivery);
  }
}
