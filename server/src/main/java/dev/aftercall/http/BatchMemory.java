package dev.aftercall.http;

import dev.aftercall.identity.Caller;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The bytes that all batches together may hold at one time, and those of one application in a
 * tenant. A batch's answer is made in memory, so without this many clients that send or read slowly
 * would take all there is, and without the second bound one of them would leave nothing to others.
 */
final class BatchMemory {
  private static final long ONE_BATCH = Batch.LARGEST_BODY + Batch.LARGEST_ANSWER;

  private final long all;
  private final long ofOne;
  private final Map<Sender, Long> held = new HashMap<>();
  private long heldByAll;

  /** Whoever has a token has proved to be an application; of people it may have any number. */
  private record Sender(UUID tenant, String appId) {}

  /**
   * So many bytes.
   *
   * @param ofOne the most that batches of one application may hold
   */
  BatchMemory(long all, long ofOne) {
    this.all = all;
    this.ofOne = ofOne;
  }

  /**
   * A sixteenth of the heap, and at least what two batches may need; for one application a quarter
   * of it, and at least what one batch may need.
   */
  static BatchMemory ofThisMachine() {
    long all = Math.max(Runtime.getRuntime().maxMemory() / 16, 2 * ONE_BATCH);
    return new BatchMemory(all, Math.max(all / 4, ONE_BATCH));
  }

  /** What one batch holds; closed when its answer has left. */
  final class Share implements AutoCloseable {
    private final Sender sender;
    private long taken;

    private Share(Sender sender) {
      this.sender = sender;
    }

    /**
     * Takes so many bytes more.
     *
     * @throws GraphException 503 when other batches of the application, or of all, hold them
     */
    void take(long bytes) {
      BatchMemory.this.take(this, bytes);
    }

    @Override
    public void close() {
      giveBack(this);
    }
  }

  private synchronized void take(Share share, long bytes) {
    long own = held.getOrDefault(share.sender, 0L) + bytes;
    if (own > ofOne) {
      throw full(
          "The batches of one application may hold "
              + ofOne
              + " bytes until their answers are read, and yours do. Try again, or send its"
              + " requests singly.");
    }
    if (heldByAll + bytes > all) {
      throw full("Batches hold as much memory as they may. Try again, or ask for it by itself.");
    }
    held.put(share.sender, own);
    heldByAll += bytes;
    share.taken += bytes;
  }

  private synchronized void giveBack(Share share) {
    long bytes = share.taken;
    held.computeIfPresent(share.sender, (who, own) -> own > bytes ? own - bytes : null);
    heldByAll -= bytes;
    share.taken = 0;
  }

  Share share(Caller caller) {
    return new Share(new Sender(caller.tenant(), caller.appId()));
  }

  /** What batches of one application may hold, for tests. */
  long ofOne() {
    return ofOne;
  }

  /** What is left, for tests. */
  synchronized long left() {
    return all - heldByAll;
  }

  /** How many applications hold something, for tests. */
  synchronized int senders() {
    return held.size();
  }

  private static GraphException full(String message) {
    return new GraphException(
        ErrorCode.SERVICE_UNAVAILABLE, message, Optional.empty(), Map.of("Retry-After", "1"));
  }
}
