package dev.aftercall.arrival;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.arrival.Arrival.State;
import dev.aftercall.arrival.Arrivals.Recorder;
import dev.aftercall.change.ChangeRefused;
import dev.aftercall.intake.Custody;
import dev.aftercall.intake.Intake.Progress;
import dev.aftercall.intake.IntakeException;
import dev.aftercall.intake.Upload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** What operators do with what recorders announced. Safe for use by many threads. */
public final class ArrivalDesk {
  private final Arrivals arrivals;
  private final Custody custody;

  /** A desk for those arrivals. */
  public ArrivalDesk(Arrivals arrivals, Custody custody) {
    this.arrivals = arrivals;
    this.custody = custody;
  }

  /** Finds an arrival of a tenant. */
  public Arrival find(UUID tenant, UUID id) {
    return arrivals
        .store()
        .find(id)
        .filter(it -> it.tenant().equals(tenant))
        .orElseThrow(
            () ->
                ChangeRefused.notFound(
                    "There is no arrival with this id.", "See the list of arrivals."));
  }

  /** Tries again to fetch what could not be fetched, at once. */
  public Arrival retry(Arrival arrival) throws IOException {
    if (arrival.announcement().file().location() == null) {
      throw refused("The recorder sends this file itself; it cannot be fetched.", "Send it again.");
    }
    if (arrival.state() == State.READY || arrival.state() == State.UNASSIGNED) {
      throw refused("The file is here already.", "See its state.");
    }
    if (arrival.takenBack()) {
      return takeUp(arrival);
    }
    Arrival next =
        arrivals
            .steps()
            .written(
                arrival
                    .to(State.ANNOUNCED)
                    .upload(arrival.state().over() ? Optional.empty() : arrival.uploadId())
                    .validator(Optional.empty())
                    .attempts(0)
                    .due(arrivals.steps().now()));
    arrivals.bell().ring();
    return next;
  }

  /** Goes on with what its recorder took back, where it was: what is here is not fetched again. */
  Arrival takeUp(Arrival arrival) throws IOException {
    Arrival.Change next =
        switch (upload(arrival).orElse(Upload.State.CANCELLED)) {
          case RECEIVING -> arrival.to(State.FETCHING);
          case WAITING, KEEPING, READY, QUARANTINED -> arrival.to(State.PROBING);
          case CANCELLED ->
              arrival.to(State.ANNOUNCED).upload(Optional.empty()).validator(Optional.empty());
        };
    Arrival written = arrivals.steps().written(next.by("").attempts(0).due(arrivals.steps().now()));
    arrivals.bell().ring();
    return written;
  }

  private Optional<Upload.State> upload(Arrival arrival) throws IOException {
    return arrival.uploadId().isEmpty()
        ? Optional.empty()
        : custody.look(arrival.uploadId().get()).map(Progress::state);
  }

  /**
   * Of what is being made a recording at this moment nothing can be taken away.
   *
   * @throws ChangeRefused where it is
   */
  void checkNotKept(Arrival arrival) throws IOException {
    Optional<Upload.State> upload = upload(arrival);
    if (upload.equals(Optional.of(Upload.State.KEEPING))
        || upload.equals(Optional.of(Upload.State.READY))) {
      throw refused("It is just being taken into the archive.", "Say it again in a minute.");
    }
  }

  /**
   * Reads again what the recorder sent, by the adapter and the rules as they are now.
   *
   * @throws ChangeRefused where the message says nothing of this file any more
   */
  public Arrival replay(Arrival arrival) throws IntakeException, IOException {
    Recorder recorder = arrivals.recorders().get(arrival.source());
    if (recorder == null) {
      throw refused(
          "The source '" + arrival.source() + "' is not connected any more.",
          "Connect it in the settings, or assign the arrival by hand.");
    }
    if (arrival.state() == State.READY) {
      throw refused("It is in the archive.", "Nothing is left to do.");
    }
    Announcement again = reread(recorder, arrival);
    Arrival next = arrivals.steps().written(arrival.to(arrival.state()).announced(again));
    if (next.state() == State.UNASSIGNED) {
      return arrivals.settle(next);
    }
    return next.announcement().file().location() == null ? arrivals.settle(next) : retry(next);
  }

  private static Announcement reread(Recorder recorder, Arrival arrival) {
    Announcement said = arrival.announcement();
    if (arrival.envelope().isEmpty()) {
      return said;
    }
    try {
      return recorder.reader().read(arrival.envelope()).stream()
          .filter(it -> it.sourceId().equals(said.sourceId()))
          .findFirst()
          .orElseThrow(
              () ->
                  refused(
                      "What the recorder sent says nothing of this file.",
                      "Look at the envelope; retry or assign it as it is."));
    } catch (IllegalArgumentException e) {
      throw refused(
          "What the recorder sent cannot be read: " + e.getMessage(), "Retry it as it is.");
    }
  }

  /**
   * Says by hand whose an unassigned file is.
   *
   * @param members of a hand-over: organizer or meetingId, and what else is known
   */
  public Arrival assign(Arrival arrival, ObjectNode members) throws IntakeException, IOException {
    if (arrival.state() != State.UNASSIGNED) {
      throw refused(
          "Only what is unassigned can be assigned; this is " + arrival.state().word() + ".",
          "See its state and reason.");
    }
    return arrivals.assign(arrival, members);
  }

  /**
   * Takes a file out of quarantine: judged anew, without what was declared of it.
   *
   * @param mended how, and the file in place of what came; see {@link Custody#release}
   */
  public Arrival release(Arrival arrival, Optional<Mended> mended)
      throws IntakeException, IOException {
    if (arrival.state() != State.QUARANTINED || arrival.uploadId().isEmpty()) {
      throw refused(
          "No bytes of it are in quarantine.",
          "Retry it, when it could not be fetched; see its state and reason.");
    }
    custody.release(arrival.uploadId().get(), mended.map(Mended::file));
    return arrivals.settle(
        arrivals
            .steps()
            .written(
                arrival
                    .to(State.PROBING)
                    .mended(mended.map(Mended::how).orElse(arrival.mended()))
                    .due(arrivals.steps().now() + Arrivals.LOOKED_AFTER)));
  }

  /** A mended file on the disk of the data folder, and how it was mended. */
  public record Mended(String how, Path file) {}

  /** Where the bytes of an arrival in quarantine lie on this node. */
  public Path quarantined(Arrival arrival) {
    return custody.quarantined(arrival.uploadId().orElseThrow());
  }

  /** Gives up what nobody wants. */
  public Arrival reject(Arrival arrival, String reason) throws IntakeException, IOException {
    if (arrival.state() == State.READY) {
      throw refused("It is in the archive.", "Delete the recording.");
    }
    checkNotKept(arrival);
    boolean waits = arrival.state() == State.UNASSIGNED || arrival.takenBack();
    if (waits && arrival.uploadId().isPresent()) {
      custody.discard(arrival.uploadId().get(), reason);
    }
    return arrivals.steps().written(arrival.to(State.REJECTED).by("").because(reason));
  }

  private static ChangeRefused refused(String why, String remedy) {
    return new ChangeRefused(ChangeRefused.Reason.CONFLICT, why, remedy);
  }
}
