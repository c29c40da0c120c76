package dev.aftercall.http;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that all batches together may hold at one time. A batch's answer is made in memory, so
 * without this many clients that read slowly would take all there is.
 */
final class BatchMemory {
  private final AtomicLong left;

  BatchMemory(long bytes) {
    this.left = new AtomicLong(bytes);
  }

  /** A sixteenth of the heap, and at least what one batch may need. */
  static BatchMemory ofThisMachine() {
    return new BatchMemory(
        Math.max(Runtime.getRuntime().maxMemory() / 16, Batch.LARGEST_BODY + Batch.LARGEST_ANSWER));
  }

  /** What one batch holds. Closed once, when its answer has left. */
  final class Share implements AutoCloseable {
    private final AtomicLong taken = new AtomicLong();

    /**
     * Takes so many bytes more.
     *
     * @throws GraphException 503 when others hold them
     */
    void take(long bytes) {
      if (left.addAndGet(-bytes) < 0) {
        left.addAndGet(bytes);
        throw new GraphException(
            ErrorCode.SERVICE_UNAVAILABLE,
            "Batches hold as much memory as they may. Try again, or ask for it by itself.",
            Optional.empty(),
            Map.of("Retry-After", "1"));
      }
      taken.addAndGet(bytes);
    }

    @Override
    public void close() {
      left.addAndGet(taken.getAndSet(0));
    }
  }

  Share share() {
    return new Share();
  }

  /** What is left, for tests. */
  long left() {
    return left.get();
  }
}
