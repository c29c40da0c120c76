package dev.aftercall.arrival;

import dev.aftercall.arrival.Arrival.State;
import dev.aftercall.arrival.ArrivalDesk.Mended;
import dev.aftercall.change.ChangeRefused;
import dev.aftercall.intake.IntakeException;
import dev.aftercall.repair.Bounds;
import dev.aftercall.repair.Ffmpeg;
import dev.aftercall.repair.Repair;
import dev.aftercall.repair.RepairException;
import dev.aftercall.time.Ids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Mends what is in quarantine, where ffmpeg is installed. What came stays in quarantine; what is
 * made of it is judged as everything that comes, and the arrival says how it was made.
 */
public final class Mending {
  private static final Duration DEADLINE = Duration.ofHours(1);

  /** Room for an index, and for frames that were broken and are drawn anew. */
  private static final long MORE = 64L << 20;

  private final ArrivalDesk desk;
  private final Optional<Path> ffmpeg;
  private final Path spool;
  private final Ids ids;

  /**
   * Mends for that desk.
   *
   * @param ffmpeg where the operator says it is
   */
  public Mending(ArrivalDesk desk, Optional<Path> ffmpeg, Path dataDir, Ids ids) {
    this.desk = desk;
    this.ffmpeg = ffmpeg;
    this.spool = dataDir.resolve("spool");
    this.ids = ids;
  }

  /** What can be done. */
  public enum Job {
    /** The same pictures and sounds, packed anew. */
    REMUX,
    /** What can be saved of them, copied or encoded. */
    RECOVER;

    /** As people write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Does a job, at most an hour long.
   *
   * @throws ChangeRefused where nothing is there to mend, ffmpeg is missing, or it cannot
   */
  public Arrival mend(Arrival arrival, Job job) throws IOException, IntakeException {
    if (arrival.state() != State.QUARANTINED
        || arrival.uploadId().isEmpty()
        || !Files.exists(desk.quarantined(arrival))) {
      throw refused(
          "No bytes of it are in this node's quarantine.", "See its state; retry or replay it.");
    }
    Ffmpeg program =
        Repair.find(ffmpeg).orElseThrow(() -> refused("Nothing can be mended.", Repair.MISSING));
    Path broken = desk.quarantined(arrival);
    Path mended = spool.resolve("mended-" + ids.guid());
    try {
      String how = run(program, job, broken, mended);
      return desk.release(arrival, Optional.of(new Mended(how, mended)));
    } catch (RepairException e) {
      throw refused(String.valueOf(e.getMessage()), "What came stays in quarantine as it is.");
    } finally {
      Files.deleteIfExists(mended);
    }
  }

  private static String run(Ffmpeg program, Job job, Path broken, Path mended) throws IOException {
    Bounds bounds = new Bounds(DEADLINE, 2 * Files.size(broken) + MORE);
    return switch (job) {
      case REMUX -> {
        program.remux(broken, mended, bounds);
        yield job.word();
      }
      case RECOVER ->
          switch (program.recover(broken, mended, bounds)) {
            case COPIED -> job.word();
            case ENCODED -> job.word() + ", encoded anew";
          };
    };
  }

  private static ChangeRefused refused(String why, String remedy) {
    return new ChangeRefused(ChangeRefused.Reason.CONFLICT, why, remedy);
  }
}
