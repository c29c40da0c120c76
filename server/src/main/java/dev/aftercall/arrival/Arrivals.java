package dev.aftercall.arrival;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.arrival.Announcement.Occasion;
import dev.aftercall.arrival.Arrival.State;
import dev.aftercall.change.ChangeRefused;
import dev.aftercall.digest.Sha256;
import dev.aftercall.fetch.FetchException;
import dev.aftercall.fetch.Location;
import dev.aftercall.fetch.Locations;
import dev.aftercall.intake.Custody;
import dev.aftercall.intake.Intake;
import dev.aftercall.intake.Intake.Fragment;
import dev.aftercall.intake.Intake.Progress;
import dev.aftercall.intake.IntakeException;
import dev.aftercall.intake.Submitter;
import dev.aftercall.intake.Upload;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The one way in for what recorders announce. What operators do with it: {@link ArrivalDesk}. */
public final class Arrivals {
  /** How long a recorder that sends the bytes itself may be silent before we look after it. */
  static final long LOOKED_AFTER = Ticks.of(Duration.ofMinutes(5));

  private final ArrivalStore store;
  private final Intake intake;
  private final Custody custody;
  private final Settling settling;
  private final Map<String, Recorder> recorders;
  private final Doorbell bell;
  private final Ids ids;
  private final Steps steps;

  /** A source, and what reads its messages again. */
  public record Recorder(Source source, Reader reader) {}

  /** Reads what a recorder sent. */
  @FunctionalInterface
  public interface Reader {
    /**
     * The files that a message announces.
     *
     * @param envelope as it was kept
     * @throws IllegalArgumentException what is wrong with it, in words for the operator
     */
    List<Announcement> read(String envelope);

    /** What to ask before a file can be fetched; empty when its announcement says it all. */
    default Optional<Enquiry> enquiry(Announcement file) {
      return Optional.empty();
    }
  }

  /** What one works with. */
  public record Rooms(ArrivalStore store, AssignmentRules rules, Intake intake) {}

  /**
   * A way in for these sources.
   *
   * @param recorders by the source's name
   * @param bell rung when there is something to fetch
   */
  public Arrivals(
      Rooms rooms, Map<String, Recorder> recorders, Doorbell bell, Ids ids, InstantSource clock) {
    this.store = rooms.store();
    this.intake = rooms.intake();
    this.custody = intake.custody();
    this.steps = new Steps(store, clock);
    this.settling = new Settling(steps, rooms.rules(), custody);
    this.recorders = Map.copyOf(recorders);
    this.bell = bell;
    this.ids = ids;
  }

  /** The sources that are connected. */
  public Map<String, Recorder> recorders() {
    return recorders;
  }

  Doorbell bell() {
    return bell;
  }

  /** What is kept of them all. */
  public ArrivalStore store() {
    return store;
  }

  /**
   * Takes note of what a message announces. Durable when this returns: from then on it is up to us.
   *
   * @return what stands, an arrival a file
   */
  public List<Arrival> announce(Source source, Message message, List<Announcement> files) {
    List<Arrival> stand = files.stream().map(file -> announce(source, message, file)).toList();
    bell.ring();
    return stand;
  }

  private Arrival announce(Source source, Message message, Announcement file) {
    long now = steps.now();
    Arrival stands =
        store.announce(
            Arrival.of(ids.guid(), source, file, message, now + Ticks.of(source.delay()), now));
    boolean again = stands.announced() != now && file.file().location() != null;
    if (again && !fetched(stands)) {
      // What is told again is there now, and what opens it may be newer.
      Arrival.Change change = stands.to(State.ANNOUNCED).announced(file).attempts(0).due(now);
      return steps.written(change.with(message.credential().or(stands::credential)));
    }
    return stands;
  }

  /** What to ask before the file can be fetched. */
  Optional<Enquiry> enquiry(Arrival arrival) {
    return Optional.ofNullable(recorders.get(arrival.source()))
        .flatMap(it -> it.reader().enquiry(arrival.announcement()));
  }

  /** Takes note of what an enquiry was answered. */
  Arrival answered(Arrival arrival, Enquiry.Answer answer) {
    if (!answer.more().isEmpty()) {
      announce(
          source(arrival), new Message(arrival.envelope(), arrival.credential()), answer.more());
    }
    return steps.written(
        answer.file().isPresent()
            ? arrival.to(arrival.state()).announced(answer.file().get())
            : arrival.to(Arrival.State.REJECTED).because(answer.reason()));
  }

  /** Keeps a message that the adapter cannot read, so that it can be replayed when it can. */
  public void unreadable(Source source, Message message, String why) {
    String id = "unread " + Sha256.hex(message.envelope());
    Announcement none =
        new Announcement(
            id,
            Announcement.Kind.RECORDING,
            new Occasion(null, "", null, null),
            new Announcement.File("", null, null, null, null, false),
            null);
    Arrival kept =
        store.announce(Arrival.of(ids.guid(), source, none, message, Long.MAX_VALUE, steps.now()));
    steps.written(
        kept.to(State.REJECTED)
            .because("The message could not be read: " + why + ". Replay it when it can."));
  }

  /** Whether its bytes are here, as far as they ever will be. */
  private static boolean fetched(Arrival arrival) {
    return switch (arrival.state()) {
      case ANNOUNCED, FETCHING -> false;
      case QUARANTINED, REJECTED -> arrival.uploadId().isPresent();
      case PROBING, UNASSIGNED, READY -> true;
    };
  }

  /**
   * Opens an upload for a file that the recorder sends itself; announced again, the same upload
   * under a new secret.
   *
   * @throws IntakeException as {@link Custody#open}
   */
  public Progress open(Source source, Message message, Announcement file)
      throws IntakeException, IOException {
    long now = steps.now();
    Arrival anew = Arrival.of(ids.guid(), source, file, message, now + LOOKED_AFTER, now);
    Optional<Arrival> before = store.bySource(source.tenant(), source.name(), file.sourceId());
    if (before.isPresent()) {
      return openAgain(source, caughtUp(before.get()), file);
    }
    try {
      return custody.together(() -> begun(source, anew));
    } catch (IntakeException e) {
      refused(() -> store.announce(anew), e);
      throw e;
    }
  }

  /** Its announcement and its upload are kept at once. */
  private Progress begun(Source source, Arrival anew) throws IntakeException, IOException {
    Progress opened = opened(source, anew.announcement());
    Arrival fetching =
        anew.to(State.FETCHING).upload(Optional.of(opened.uploadId())).due(anew.due()).unwritten();
    if (!store.announce(fetching).uploadId().equals(fetching.uploadId())) {
      throw announcedTwice();
    }
    return opened;
  }

  private Progress openAgain(Source source, Arrival arrival, Announcement file)
      throws IntakeException, IOException {
    Optional<Progress> progress =
        arrival.uploadId().isEmpty() ? Optional.empty() : custody.look(arrival.uploadId().get());
    if (progress.isPresent() && progress.get().state() != Upload.State.CANCELLED) {
      return custody.renew(arrival.uploadId().get());
    }
    if (arrival.sameAs().isPresent()) {
      return custody.renew(original(arrival).uploadId().orElseThrow());
    }
    try {
      return custody.together(
          () -> {
            Progress opened = opened(source, file);
            Optional<String> upload = Optional.of(opened.uploadId());
            Arrival next =
                steps.written(
                    arrival
                        .to(State.FETCHING)
                        .announced(file)
                        .upload(upload)
                        .due(steps.now() + LOOKED_AFTER));
            if (!next.uploadId().equals(upload)) {
              throw announcedTwice();
            }
            return opened;
          });
    } catch (IntakeException e) {
      refused(() -> arrival, e);
      throw e;
    }
  }

  private static ChangeRefused announcedTwice() {
    return new ChangeRefused(
        ChangeRefused.Reason.CONFLICT,
        "Another request announces the same file at this moment.",
        "Send it again.");
  }

  /** A process may have died between what it did with the bytes and what it wrote of that. */
  private Arrival caughtUp(Arrival arrival) throws IntakeException, IOException {
    return arrival.state().over() || arrival.uploadId().isEmpty() ? arrival : settle(arrival);
  }

  private Progress opened(Source source, Announcement file) throws IntakeException, IOException {
    return custody.open(new Submitter(source.tenant(), source.submitter()), metadata(file));
  }

  /** What is refused for good is over, and operators see why. */
  private void refused(Supplier<Arrival> arrival, IntakeException e) {
    if (e.kind() == IntakeException.Kind.INVALID || e.kind() == IntakeException.Kind.TOO_LARGE) {
      steps.written(arrival.get().to(State.QUARANTINED).because(e.text()));
    }
  }

  private Arrival original(Arrival arrival) {
    return store.find(arrival.sameAs().orElseThrow()).orElse(arrival);
  }

  /** What a hand-over can be told of a file before anybody knows whose it is. */
  static ObjectNode metadata(Announcement announcement) {
    ObjectNode metadata = JsonNodeFactory.instance.objectNode();
    Occasion occasion = announcement.occasion();
    metadata.put("kind", announcement.kind().word());
    if (!announcement.file().name().isEmpty()) {
      metadata.put("fileName", announcement.file().name());
    }
    if (!occasion.room().isEmpty()) {
      metadata.put("subject", occasion.room());
    }
    if (occasion.start() != null) {
      metadata.put("start", Ticks.format(occasion.start()));
    }
    if (announcement.file().size() != null) {
      metadata.put("size", announcement.file().size());
    }
    if (announcement.file().sha256() != null) {
      metadata.put("sha256", announcement.file().sha256());
    }
    return metadata;
  }

  /**
   * Gives up what a recorder began to send and began anew as another arrival, unless it is still at
   * it.
   */
  public void abandon(Arrival begun, Arrival anew) throws IOException {
    if (begun.state() != State.ANNOUNCED && begun.state() != State.FETCHING) {
      return;
    }
    try {
      if (begun.uploadId().isPresent()) {
        custody.cancel(begun.uploadId().get());
      }
      steps.written(begun.to(State.REJECTED).because("The recorder sent it anew: " + anew));
    } catch (IntakeException e) {
      // Bytes come at this moment, or all are here: it is another file.
    }
  }

  /**
   * Takes a fragment in, as the intake does; with the last one of a file that a recorder announced,
   * settles whose it is.
   */
  public Progress append(String uploadId, String secret, Fragment fragment)
      throws IntakeException, IOException {
    try {
      Progress progress = intake.append(uploadId, secret, fragment);
      return progress.state() == Upload.State.WAITING ? settled(uploadId, progress) : progress;
    } catch (IntakeException e) {
      if (e.kind() == IntakeException.Kind.UNPLAYABLE
          || e.kind() == IntakeException.Kind.MISMATCH) {
        settled(uploadId, intake.status(uploadId, secret));
      }
      throw e;
    }
  }

  private Progress settled(String uploadId, Progress progress) throws IntakeException, IOException {
    Optional<Arrival> arrival = store.byUpload(uploadId);
    if (arrival.isEmpty()) {
      return progress;
    }
    Arrival settled = settle(arrival.get());
    return custody
        .look(settled.sameAs().isEmpty() ? uploadId : original(settled).uploadId().orElseThrow())
        .orElse(progress);
  }

  /** Takes an arrival as far as it comes by itself, now that its bytes may be here. */
  Arrival settle(Arrival arrival) throws IntakeException, IOException {
    return settling.settle(arrival, source(arrival));
  }

  /** Gives an arrival whose bytes wait to whom a person says. */
  Arrival assign(Arrival arrival, ObjectNode members) throws IntakeException, IOException {
    return settling.assign(arrival, source(arrival), members);
  }

  /** The source as it is connected now, or as it was. */
  Source source(Arrival arrival) {
    Recorder known = recorders.get(arrival.source());
    return known != null
        ? known.source()
        : new Source(
            arrival.source(),
            arrival.recorder(),
            arrival.tenant(),
            Duration.ZERO,
            Duration.ZERO,
            false,
            Optional.empty());
  }

  /** What is meant by the place that a recorder named. */
  Location location(Arrival arrival, String where) throws FetchException {
    try {
      return Locations.of(where, source(arrival).store());
    } catch (IllegalArgumentException e) {
      throw FetchException.lasting(
          FetchException.Kind.GONE, "The recorder names a place that cannot be: " + e.getMessage());
    }
  }

  Steps steps() {
    return steps;
  }
}
