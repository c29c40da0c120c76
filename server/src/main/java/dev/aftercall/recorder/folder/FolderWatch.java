package dev.aftercall.recorder.folder;

import dev.aftercall.arrival.Announcement;
import dev.aftercall.arrival.Arrival;
import dev.aftercall.arrival.Arrival.State;
import dev.aftercall.arrival.Arrivals;
import dev.aftercall.arrival.Message;
import dev.aftercall.arrival.Source;
import dev.aftercall.recorder.Connection;
import dev.aftercall.recorder.Inbox;
import dev.aftercall.recorder.Recorder;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One folder: claims what has settled, announces what is claimed, and puts away what is over. Every
 * step can be taken again after a crash. For one thread.
 */
final class FolderWatch {
  private final Source source;
  private final InstantSource clock;
  private final Recorder reader;
  private final Arrivals arrivals;
  private final Contents contents;
  private final Scan scan;
  private final Claiming claiming;
  private final Claims claims;
  private final Proof proof;
  private final PuttingAway away;
  private final Faults faults;
  private Map<String, Known> known = new HashMap<>();

  /** A claim, and the files in it that are announced. */
  private record Known(Claim claim, List<File> files) {}

  /**
   * A file in a claim.
   *
   * @param arrival that brings it, or brought one of the same id before
   */
  private record File(String location, UUID arrival) {}

  /** A file whose way is over. */
  private record Over(File file, Arrival arrival) {}

  /**
   * Watches a source's folder.
   *
   * @param owner a name that all nodes of this archive have for the source, and no other archive
   */
  FolderWatch(
      Connection connection,
      Recorder reader,
      Arrivals arrivals,
      String owner,
      Ids ids,
      InstantSource clock) {
    Path root = connection.access().folder().orElseThrow().root();
    Inbox inbox = connection.inbox();
    this.source = connection.source();
    this.clock = clock;
    this.reader = reader;
    this.arrivals = arrivals;
    this.contents = Contents.of(connection.type(), root);
    this.scan = new Scan(root, inbox.settle(), contents::takes, clock);
    this.claiming = new Claiming(root, owner, ids);
    this.claims = new Claims(root, owner, clock);
    this.proof = new Proof(root);
    this.away = new PuttingAway(root, claims, inbox.afterwards());
    this.faults = new Faults(source.name());
  }

  /** The folders that were looked at. */
  List<Path> folders() {
    return scan.folders();
  }

  /**
   * Looks once.
   *
   * @return whether to look again soon: something must settle, or is on its way
   */
  boolean turn() {
    boolean soon = false;
    try {
      soon = claimed();
      List<String> taken = new ArrayList<>();
      soon |= scan.turn(found -> take(found, taken), faults);
      for (String id : taken) {
        soon |= step(id, known);
      }
    } catch (IOException | RuntimeException e) {
      faults.add("its folder could not be looked at", e);
    }
    boolean broken = faults.any();
    faults.turned();
    return soon && !broken;
  }

  private void take(Scan.Found found, List<String> taken) {
    try {
      claiming.claim(found).ifPresent(taken::add);
    } catch (IOException | RuntimeException e) {
      faults.add(found.path() + " could not be claimed", e);
    }
  }

  /** Takes the next step with every claim. */
  private boolean claimed() throws IOException {
    Map<String, Known> still = new HashMap<>();
    boolean moving = false;
    for (String id : claims.all(faults)) {
      moving |= step(id, still);
    }
    known = still;
    return moving;
  }

  private boolean step(String id, Map<String, Known> still) {
    try {
      Known claim = known.get(id);
      if (claim == null) {
        Optional<Claim> opened = claims.open(id);
        if (opened.isEmpty()) {
          return false;
        }
        claim = announced(opened.get());
      }
      if (claim == null) {
        return false;
      }
      List<Over> all = new ArrayList<>();
      boolean moving = false;
      for (File file : claim.files()) {
        Arrival arrival = arrivals.store().find(file.arrival()).orElseThrow();
        moving |= soon(arrival);
        if (arrival.state().over()) {
          all.add(new Over(file, arrival));
        }
      }
      if (all.size() == claim.files().size()) {
        putAway(claim.claim(), all);
        return false;
      }
      still.put(id, claim);
      return moving;
    } catch (NoSuchFileException e) {
      return true; // another node put it away meanwhile
    } catch (IOException | RuntimeException e) {
      faults.add(Names.CLAIMED + "/…/" + id + " could not be gone on with", e);
      return true;
    }
  }

  /** Whether it is on its way; what is tried again in an hour needs no look every second. */
  private boolean soon(Arrival arrival) {
    return !arrival.state().over()
        && arrival.state() != State.UNASSIGNED
        && arrival.due() <= Ticks.of(clock.instant().plus(Watching.PAUSE));
  }

  /** With arrivals for all it holds; null when it holds nothing that can be read. */
  private @Nullable Known announced(Claim claim) throws IOException {
    String envelope = claim.words().toString();
    List<Announcement> files;
    try {
      envelope = contents.envelope(claim);
      files = reader.read(envelope);
    } catch (IllegalArgumentException e) {
      arrivals.unreadable(
          source, new Message(envelope, Optional.empty()), String.valueOf(e.getMessage()));
      away.failed(claim, "It could not be taken: " + e.getMessage() + ".");
      return null;
    }
    List<File> announced = new ArrayList<>();
    for (Announcement file : files) {
      Optional<Arrival> stands =
          arrivals.store().bySource(source.tenant(), source.name(), file.sourceId());
      if (stands.isEmpty()) {
        Message message = new Message(envelope, Optional.empty());
        stands = arrivals.announce(source, message, List.of(file)).stream().findFirst();
      }
      announced.add(
          new File(Objects.requireNonNull(file.file().location()), stands.orElseThrow().id()));
    }
    return new Known(claim, announced);
  }

  private void putAway(Claim claim, List<Over> all) throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Over over : all) {
      Arrival arrival = over.arrival();
      String name = arrival.announcement().file().name();
      if (arrival.state() != State.READY) {
        wrong.add(name + ": " + arrival.state() + ". " + arrival.reason());
      } else {
        proof
            .missing(claim, over.file().location(), arrival)
            .ifPresent(why -> wrong.add(name + ": " + why));
      }
    }
    if (wrong.isEmpty()) {
      away.done(claim);
    } else {
      wrong.add("If it is to be tried again, mend it and move it back into the folder.");
      away.failed(claim, String.join(System.lineSeparator(), wrong));
    }
  }
}
