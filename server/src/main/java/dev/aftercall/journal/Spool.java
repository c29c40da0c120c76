package dev.aftercall.journal;

import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries on their way to the database, in files of the data folder. Many threads append, one
 * reads. Its room on disk is bounded: when the database takes nothing for so long that it is full,
 * appending waits a moment and then fails.
 */
final class Spool {
  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

  private final Path folder;
  private final Limits limits;
  private final Ids ids;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();

  /** Oldest first; the last one is written to unless it is sealed. */
  private final Deque<Segment> segments = new ArrayDeque<>();

  private @Nullable Segment spare;

  /**
   * How much lies in the spool at most.
   *
   * @param segmentBytes of one file
   * @param segments at one time
   * @param patience how long a full spool is waited for
   */
  record Limits(int segmentBytes, int segments, Duration patience) {
    /** 256 MiB: about 800,000 entries. */
    static final Limits DEFAULT = new Limits(1 << 20, 256, Duration.ofSeconds(5));
  }

  private Spool(Path folder, Limits limits, Ids ids, InstantSource clock) {
    this.folder = folder;
    this.limits = limits;
    this.ids = ids;
    this.clock = clock;
  }

  /** Opens the folder with what an ended process left in it. */
  static Spool open(Path folder, Limits limits, Ids ids, InstantSource clock) throws IOException {
    Files.createDirectories(folder);
    Spool spool = new Spool(folder, limits, ids, clock);
    List<Segment> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + Segment.SUFFIX)) {
      for (Path file : files) {
        Optional<Segment> segment = Segment.recover(file);
        if (segment.isEmpty()) {
          Files.delete(file); // Made and never written to.
        } else if (segment.get().finished()) {
          segment.get().delete();
        } else {
          found.add(segment.get());
        }
      }
    }
    found.sort(Comparator.comparingLong(Segment::created));
    spool.segments.addAll(found);
    if (!found.isEmpty()) {
      LOG.info("{} files of journal entries were left by an ended process", found.size());
    }
    return spool;
  }

  /**
   * Appends a record.
   *
   * @throws IOException when the disk takes no more, or the spool is full
   */
  void append(byte[] payload) throws IOException {
    lock.lock();
    try {
      long nanos = limits.patience().toNanos();
      while (!written(payload)) {
        if (segments.size() < limits.segments()) {
          begin(payload);
        } else if (nanos <= 0) {
          throw new IOException(
              "the spool is full, since the database has not taken "
                  + waiting()
                  + " bytes of entries");
        } else {
          nanos = room.awaitNanos(nanos);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while waiting for room in the spool.", e);
    } finally {
      lock.unlock();
    }
  }

  private boolean written(byte[] payload) {
    Segment last = segments.peekLast();
    return last != null && last.append(payload);
  }

  private void begin(byte[] payload) throws IOException {
    if (payload.length > limits.segmentBytes() / 2) {
      throw new IOException("a record of " + payload.length + " bytes is too large");
    }
    Segment made = spare == null ? make() : spare;
    spare = null;
    if (!segments.isEmpty()) {
      segments.getLast().seal();
    }
    segments.addLast(made);
  }

  private Segment make() throws IOException {
    return Segment.create(folder, ids.guid(), Ticks.of(clock.instant()), limits.segmentBytes());
  }

  /** Has the next file ready in time, so that nobody who appends waits for one to be made. */
  void prepare() throws IOException {
    lock.lock();
    try {
      boolean far = !segments.isEmpty() && segments.getLast().halfEmpty();
      if (spare != null || far) {
        return;
      }
    } finally {
      lock.unlock();
    }
    Segment made = make();
    made.touch();
    lock.lock();
    try {
      // This thread alone makes spare ones.
      spare = made;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The oldest file that has something to read, if any has. Finished ones before it are removed.
   */
  Optional<Segment> oldest() throws IOException {
    lock.lock();
    try {
      while (!segments.isEmpty() && segments.getFirst().finished()) {
        segments.removeFirst().delete();
        room.signalAll();
      }
      return segments.stream().filter(Segment::unread).findFirst();
    } finally {
      lock.unlock();
    }
  }

  /** Makes everything here outlive the machine's power too. */
  void force() {
    List<Segment> all;
    lock.lock();
    try {
      all = segments.stream().filter(Segment::unread).toList();
    } finally {
      lock.unlock();
    }
    all.forEach(Segment::force);
  }

  /** Bytes that are here alone. */
  long waiting() {
    lock.lock();
    try {
      return segments.stream().mapToLong(Segment::waiting).sum();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing is appended any more; what has been read is removed. */
  void close() {
    lock.lock();
    try {
      segments.forEach(Segment::seal);
      oldest();
      if (spare != null) {
        spare.delete();
        spare = null;
      }
    } catch (IOException e) {
      LOG.warn("A file of the journal's spool could not be removed; the next start does", e);
    } finally {
      lock.unlock();
    }
  }
}
