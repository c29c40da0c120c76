package dev.aftercall.arrival;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.arrival.Announcement.Occasion;
import dev.aftercall.arrival.Arrival.State;
import dev.aftercall.intake.Custody;
import dev.aftercall.intake.Intake.Progress;
import dev.aftercall.intake.IntakeException;
import dev.aftercall.meeting.GraphIds;
import dev.aftercall.meeting.MeetingId;
import dev.aftercall.recording.Original;
import dev.aftercall.recording.RecordingId;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * What becomes of an arrival once its bytes are here: whose it is, whether it came before, and that
 * it is kept. Every step can be taken again after a crash; the upload's state says how far it came.
 */
final class Settling {
  /** The rule's name where a person said whose it is. */
  static final String BY_HAND = "by hand";

  private static final long SOON = Ticks.of(Duration.ofSeconds(5));
  private static final long LATER = Ticks.of(Duration.ofMinutes(1));

  private final Steps steps;
  private final ArrivalStore store;
  private final AssignmentRules rules;
  private final Custody custody;

  /**
   * Of the same bytes one at a time, so that the second finds the first kept. Bytes are always the
   * same lock; that two share one does no harm.
   */
  private final List<ReentrantLock> bytes = Stream.generate(ReentrantLock::new).limit(64).toList();

  Settling(Steps steps, AssignmentRules rules, Custody custody) {
    this.steps = steps;
    this.store = steps.store();
    this.rules = rules;
    this.custody = custody;
  }

  /** Takes an arrival as far as it comes by itself. */
  Arrival settle(Arrival arrival, Source source) throws IOException, IntakeException {
    Optional<Progress> progress =
        arrival.uploadId().isEmpty() ? Optional.empty() : custody.look(arrival.uploadId().get());
    if (progress.isEmpty()) {
      return arrival;
    }
    return switch (progress.get().state()) {
      case RECEIVING -> arrival;
      case WAITING -> whole(arrival, source);
      case KEEPING, READY -> kept(arrival);
      case QUARANTINED ->
          steps.written(
              arrival
                  .to(State.QUARANTINED)
                  .because(progress.get().reason().orElse("The file was set aside.")));
      case CANCELLED ->
          steps.written(
              arrival
                  .to(State.REJECTED)
                  .because(
                      "The recorder began to send it and did not finish in time. It may announce"
                          + " it again."));
    };
  }

  /** Gives an arrival whose bytes wait to whom a person says. */
  Arrival assign(Arrival arrival, Source source, ObjectNode members)
      throws IOException, IntakeException {
    try {
      return take(arrival, source, BY_HAND, members);
    } catch (IntakeException e) {
      waits(arrival, e.text());
      throw e;
    }
  }

  private Arrival whole(Arrival arrival, Source source) throws IOException, IntakeException {
    return switch (Decision.of(arrival, source.asserts(), rules.all(arrival.tenant()))) {
      case Decision.Reject(String rule) -> {
        custody.discard(upload(arrival), "rule " + rule);
        yield steps.written(
            arrival.to(State.REJECTED).by(rule).because("The rule '" + rule + "' rejects it."));
      }
      case Decision.Wait() ->
          steps.written(known(arrival).to(State.UNASSIGNED).because(unassigned(arrival)));
      case Decision.Take(String rule, ObjectNode members) -> {
        try {
          yield take(arrival, source, rule, members);
        } catch (IntakeException e) {
          if (e.kind() != IntakeException.Kind.INVALID) {
            throw e;
          }
          yield waits(arrival, "The rule '" + rule + "' fits, but: " + e.text());
        }
      }
    };
  }

  /** It was to be placed, and could not. */
  private Arrival waits(Arrival arrival, String why) {
    Arrival stands = store.find(arrival.id()).orElse(arrival);
    if (stands.state().over()) {
      return stands;
    }
    return steps.written(stands.to(State.UNASSIGNED).because(why));
  }

  private static String unassigned(Arrival arrival) {
    return "No rule says whose recordings from source '"
        + arrival.source()
        + "', room '"
        + arrival.announcement().occasion().room()
        + "' are. Add a rule (intake rules put), then replay it; or assign it by hand.";
  }

  private Arrival take(Arrival arrival, Source source, String rule, ObjectNode members)
      throws IOException, IntakeException {
    Arrival known = known(arrival);
    int hash = known.facts().orElseThrow().sha256().hashCode();
    ReentrantLock lock = bytes.get(Math.floorMod(hash, bytes.size()));
    lock.lock();
    try {
      return takeAlone(known, source, rule, members);
    } catch (Overtaken e) {
      return store.find(known.id()).orElse(known);
    } finally {
      lock.unlock();
    }
  }

  private Arrival takeAlone(Arrival known, Source source, String rule, ObjectNode members)
      throws IOException, IntakeException {
    Original original = known.announcement().original();
    if (original != null && rule.equals(Decision.ASSERTED)) {
      return copy(known, original, members);
    }
    Optional<UUID> organizer =
        GraphIds.guid(members.path("organizer").asText())
            .or(
                () ->
                    MeetingId.parse(members.path("meetingId").asText()).map(MeetingId::organizer));
    Taken taken =
        custody.together(
            () -> {
              Optional<Arrival> first =
                  organizer.isEmpty()
                      ? Optional.empty()
                      : store.claim(known, organizer.get(), known.facts().orElseThrow().sha256());
              return first.isPresent()
                  ? new Taken.Second(first.get())
                  : new Taken.Placed(placed(known, source, rule, members));
            });
    return switch (taken) {
      case Taken.Second(Arrival first) -> second(known, first);
      case Taken.Placed(Arrival placed) -> kept(placed);
    };
  }

  /** Somebody else took a step with the arrival, such as rejecting it: it is not to be kept. */
  private static final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Overtaken() {
      super("Somebody was quicker.", null, false, false);
    }
  }

  /** As {@link Steps#written}, in a transaction that counts only with this step. */
  private Arrival first(Arrival.Change change) {
    Arrival next = change.at(steps.now());
    if (!store.change(next)) {
      throw new Overtaken();
    }
    return next;
  }

  /** What came of placing an arrival. */
  private sealed interface Taken {
    /** Its meeting is known now. */
    record Placed(Arrival arrival) implements Taken {}

    /** The same bytes came before. */
    record Second(Arrival first) implements Taken {}
  }

  /**
   * Says of what meeting it is. All in one transaction, so that of one room's files, which may come
   * at the same instant, the second finds the meeting that the first makes.
   */
  private Arrival placed(Arrival known, Source source, String rule, ObjectNode members)
      throws IOException, IntakeException {
    Occasion occasion = occasion(known, source);
    if (!members.has("meetingId")) {
      members.put("externalMeetingId", occasion.meeting());
    }
    custody.assign(upload(known), members, Optional.empty());
    return first(
        known
            .to(State.PROBING)
            .announced(known.announcement().on(occasion))
            .by(rule)
            .due(steps.now() + LATER));
  }

  /**
   * A copy is what its original is called. The same bytes under two names are two recordings there,
   * and so they are here.
   */
  private Arrival copy(Arrival arrival, Original original, ObjectNode members)
      throws IOException, IntakeException {
    Custody.Name name = custody.name(upload(arrival), original);
    return switch (name) {
      case FREE ->
          kept(
              custody.together(
                  () -> {
                    custody.assign(upload(arrival), members, Optional.of(original));
                    return first(
                        arrival.to(State.PROBING).by(Decision.ASSERTED).due(steps.now() + LATER));
                  }));
      case BUSY ->
          steps.written(
              arrival
                  .to(State.PROBING)
                  .because("Something is just being kept under its id.")
                  .due(steps.now() + SOON));
      case SAME -> {
        custody.discard(upload(arrival), "it is here");
        yield steps.written(
            arrival
                .to(State.READY)
                .by(Decision.ASSERTED)
                .because("It is here already, under the same id.")
                .became(Optional.of(original.artifact()), Optional.empty()));
      }
      case TAKEN -> {
        String why =
            "Something else is kept here under its id "
                + original.artifact()
                + ". Nothing was overwritten; see whether two sources fill one archive.";
        custody.setAside(upload(arrival), why);
        yield steps.written(arrival.to(State.QUARANTINED).because(why));
      }
    };
  }

  /** The same bytes for the same person came before. */
  private Arrival second(Arrival arrival, Arrival first) throws IOException, IntakeException {
    if (first.state() != State.READY) {
      return steps.written(
          arrival
              .to(State.PROBING)
              .because("The same bytes are just being kept: " + first)
              .due(steps.now() + SOON));
    }
    custody.discard(upload(arrival), "same bytes as " + first.id());
    return steps.written(
        arrival
            .to(State.READY)
            .by(first.rule())
            .because("The same bytes came before: " + first)
            .became(first.artifact(), Optional.of(first.id())));
  }

  private Arrival kept(Arrival arrival) throws IOException, IntakeException {
    return custody
        .keep(
            upload(arrival),
            receipt ->
                steps.written(
                    arrival
                        .to(State.READY)
                        .facts(new Arrival.Facts(receipt.sha256(), receipt.size()))
                        .became(RecordingId.artifact(receipt.id()), arrival.sameAs())))
        // Another node has the bytes and keeps them.
        .orElseGet(() -> steps.written(arrival.to(State.PROBING).due(steps.now() + LATER)));
  }

  /** With what the bytes say of themselves. */
  private Arrival known(Arrival arrival) {
    Custody.Whole whole = custody.whole(upload(arrival)).orElseThrow();
    Occasion said = arrival.announcement().occasion();
    long duration = whole.durationMillis() * 10_000;
    long end = Objects.requireNonNullElse(said.end(), arrival.announced());
    long start = Objects.requireNonNullElse(said.start(), end - duration);
    Occasion known =
        new Occasion(
            said.meeting(),
            said.room(),
            start,
            Objects.requireNonNullElse(said.end(), start + duration));
    return arrival
        .to(arrival.state())
        .announced(arrival.announcement().on(known))
        .facts(new Arrival.Facts(whole.sha256(), whole.size()))
        .unwritten();
  }

  /** What was recorded, with a name for its meeting in any case. */
  private Occasion occasion(Arrival arrival, Source source) {
    Occasion said = arrival.announcement().occasion();
    String meeting =
        Optional.ofNullable(said.meeting())
            .or(() -> store.neighbour(arrival, Ticks.of(source.gap())))
            .orElse("arrival " + arrival.id());
    return new Occasion(meeting, said.room(), said.start(), said.end());
  }

  private static String upload(Arrival arrival) {
    return arrival.uploadId().orElseThrow();
  }
}
