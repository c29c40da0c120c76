package dev.aftercall.journal;

import dev.aftercall.time.Ids;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal of a running server. An entry is taken down when it is in the spool, which outlives
 * the process; one thread carries what has gathered there into the store, a transaction at a time.
 */
public final class SpooledJournal implements Journal, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SpooledJournal.class);
  private static final int BATCH = 2_000;

  /** A commit waits for the disk: many entries share one, and an idle server's is not late. */
  private static final long GATHERED_MILLIS = 100;

  private static final long RETRY_MILLIS = 1_000;
  private static final int TRIES_ALONE = 3;
  private static final long CLOSING_SECONDS = 30;
  private static final long SAID_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Spool spool;
  private final JournalStore store;
  private final SetAside setAside;
  private final Thread writer;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicLong refusals = new AtomicLong();
  private volatile long saidAt = System.nanoTime() - SAID_EVERY_NANOS;
  private volatile boolean unreachable;

  /** Opens the journal in a folder and takes up what an ended process left there. */
  public static SpooledJournal open(Path folder, JournalStore store, Ids ids, InstantSource clock)
      throws IOException {
    return open(folder, store, ids, clock, Spool.Limits.DEFAULT);
  }

  static SpooledJournal open(
      Path folder, JournalStore store, Ids ids, InstantSource clock, Spool.Limits limits)
      throws IOException {
    Spool spool = Spool.open(folder.resolve("spool"), limits, ids, clock);
    return new SpooledJournal(spool, store, new SetAside(folder.resolve("refused.jsonl")));
  }

  private SpooledJournal(Spool spool, JournalStore store, SetAside setAside) {
    this.spool = spool;
    this.store = store;
    this.setAside = setAside;
    this.writer = Thread.ofPlatform().name("journal").start(this::run);
  }

  @Override
  public void record(Entry entry) {
    try {
      spool.append(RecordCoding.encode(entry));
    } catch (IOException e) {
      refusals.incrementAndGet();
      say(e);
      throw new JournalUnavailable(
          "The journal cannot be written, and what is not taken down does not happen.");
    }
  }

  /** Once in a while is enough: every request fails for the same reason. */
  private void say(IOException failure) {
    long now = System.nanoTime();
    if (now - saidAt >= SAID_EVERY_NANOS) {
      saidAt = now;
      LOG.error(
          "The journal's spool cannot be written; {} accesses were refused with 503 so far."
              + " Make room in the data folder, or bring the database back. The reason: {}",
          refusals.get(),
          failure.getMessage());
    }
  }

  /** How the journal is. */
  record State(long waitingBytes, long refusedAccesses, long setAside) {}

  /** How the journal is now. */
  State state() {
    return new State(spool.waiting(), refusals.get(), setAside.count());
  }

  private void run() {
    boolean open = true;
    while (open) {
      prepare();
      open = !await(unreachable ? RETRY_MILLIS : GATHERED_MILLIS);
      try {
        drain();
        unreachable = false;
      } catch (IOException | RuntimeException e) {
        if (!unreachable) {
          LOG.error(
              "The database takes no journal entries; {} bytes wait on disk, tried every second",
              spool.waiting(),
              e);
        }
        unreachable = true;
        // Until the database has them, the disk must.
        spool.force();
      }
    }
    spool.close();
    if (spool.waiting() > 0) {
      LOG.warn("{} bytes of journal entries wait on disk for the next start", spool.waiting());
    }
  }

  private void prepare() {
    try {
      spool.prepare();
    } catch (IOException e) {
      LOG.debug("No file of the spool could be made ahead", e);
    }
  }

  private boolean await(long millis) {
    try {
      return closing.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  private void drain() throws IOException {
    Optional<Segment> oldest = spool.oldest();
    while (oldest.isPresent()) {
      List<Segment.Found> found = oldest.get().read(BATCH);
      store(found);
      oldest.get().advance(found);
      prepare();
      oldest = spool.oldest();
    }
  }

  private void store(List<Segment.Found> found) throws IOException {
    List<Written> entries = new ArrayList<>();
    for (Segment.Found one : found) {
      switch (one) {
        case Segment.Found.Damaged damaged ->
            setAside.add(damaged.id(), damaged.reason(), damaged.payload());
        case Segment.Found.Good good -> {
          try {
            entries.add(new Written(good.id(), RecordCoding.decode(good.payload())));
          } catch (IllegalArgumentException e) {
            setAside.add(good.id(), String.valueOf(e.getMessage()), good.payload());
          }
        }
      }
    }
    append(entries);
  }

  /** Halves what the store refuses until the one is found that it refuses for its own sake. */
  private void append(List<Written> entries) throws IOException {
    try {
      store.append(entries);
    } catch (RuntimeException e) {
      if (entries.size() > 1 && store.works()) {
        append(entries.subList(0, entries.size() / 2));
        append(entries.subList(entries.size() / 2, entries.size()));
      } else if (entries.size() == 1) {
        alone(entries.getFirst(), e);
      } else {
        throw e;
      }
    }
  }

  private void alone(Written written, RuntimeException first) throws IOException {
    RuntimeException refusal = first;
    for (int i = 1; i < TRIES_ALONE; i++) {
      if (!store.works()) {
        throw refusal;
      }
      try {
        store.append(List.of(written));
        return;
      } catch (RuntimeException e) {
        refusal = e;
      }
    }
    if (!store.works()) {
      throw refusal;
    }
    byte[] payload = RecordCoding.encode(written.entry());
    setAside.add(written.id(), String.valueOf(refusal.getMessage()), payload);
    store.append(List.of(setAside.marker(written, payload)));
  }

  /** Carries over what waits, for half a minute at most; the rest waits for the next start. */
  @Override
  public void close() {
    closing.countDown();
    try {
      writer.join(Duration.ofSeconds(CLOSING_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
