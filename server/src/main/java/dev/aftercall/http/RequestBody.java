package dev.aftercall.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A request's body as a blocking stream. What comes is copied into a ring at once, and no more is
 * asked for than the ring has room for: a body of any size takes one small piece of memory, and
 * nothing of it lives long enough to trouble the collector.
 */
final class RequestBody extends InputStream {
  /** The most that the server hands over at one time; it is told so. */
  static final int CHUNK = 32 * 1024;

  private static final int RING = 2 * CHUNK;
  private static final long PATIENCE_SECONDS = 120;

  private final HttpServerRequest request;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition come = lock.newCondition();

  /** Made when the first byte comes; for a body that is smaller, as large as that. */
  private byte[] ring = {};

  private int first;
  private int held;

  /** Chunks asked for that have not come. */
  private int asked;

  private boolean ended;
  private @Nullable String failure;

  /** In {@link System#nanoTime}; how far ahead it is tells whether the whole body is late. */
  private OptionalLong deadline = OptionalLong.empty();

  /** The client holds the body back until it is told to send it (RFC 9110, 10.1.1). */
  private boolean heldBack;

  private RequestBody(HttpServerRequest request) {
    this.request = request;
    this.heldBack =
        request.version() != HttpVersion.HTTP_1_0
            && "100-continue".equalsIgnoreCase(request.getHeader("Expect"));
  }

  /** Takes the body over; to be called on the event loop before anything of it has come. */
  static RequestBody of(HttpServerRequest request) {
    RequestBody body = new RequestBody(request);
    request.pause();
    request.handler(body::take);
    request.endHandler(nothing -> body.over(null));
    request.exceptionHandler(failure -> body.over(String.valueOf(failure.getMessage())));
    body.asked = RING / CHUNK;
    request.fetch(body.asked);
    return body;
  }

  private void take(Buffer chunk) {
    if (chunk.length() == 0) {
      request.fetch(1);
      return;
    }
    lock.lock();
    try {
      if (ring.length == 0) {
        ring = new byte[size()];
      }
      if (chunk.length() > ring.length - held) {
        throw new IllegalStateException("More came than was asked for.");
      }
      int at = (first + held) % ring.length;
      int straight = Math.min(chunk.length(), ring.length - at);
      chunk.getBytes(0, straight, ring, at);
      chunk.getBytes(straight, chunk.length(), ring, 0);
      held += chunk.length();
      asked--;
      come.signal();
    } finally {
      lock.unlock();
    }
  }

  /** The whole of a small body, whose length is declared and watched over by the server. */
  private int size() {
    String declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return declared == null ? RING : (int) Math.min(RING, Long.parseLong(declared));
  }

  private void over(@Nullable String why) {
    lock.lock();
    try {
      ended = true;
      failure = failure == null ? why : failure;
      come.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The whole body is to be here by then. Without it every single byte may take its time, which is
   * right for what goes to disk at once and wrong for what is held in memory.
   */
  void within(Duration time) {
    deadline = OptionalLong.of(System.nanoTime() + time.toNanos());
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    goOn();
    int read;
    int more;
    lock.lock();
    try {
      if (!await()) {
        return -1;
      }
      read = Math.min(length, Math.min(held, ring.length - first));
      System.arraycopy(ring, first, into, offset, read);
      first = (first + read) % ring.length;
      held -= read;
      more = ended ? 0 : (RING - held) / CHUNK - asked;
      asked += more;
    } finally {
      lock.unlock();
    }
    if (more > 0) {
      request.fetch(more);
    }
    return read;
  }

  /** Lets the client send. Not before somebody reads: what is refused need not be sent at all. */
  private void goOn() {
    if (heldBack) {
      heldBack = false;
      request.response().writeContinue();
    }
  }

  /** Waits for something to read; false at the end. */
  private boolean await() throws IOException {
    long patience = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    long left = deadline.isEmpty() ? patience : deadline.getAsLong() - System.nanoTime();
    boolean late = left < patience;
    left = Math.min(patience, left);
    try {
      while (held == 0 && !ended) {
        if (left <= 0) {
          if (late) {
            throw late();
          }
          throw gone("no byte came for " + PATIENCE_SECONDS + " s");
        }
        left = come.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while reading the body.", e);
    }
    if (held == 0 && failure != null) {
      throw gone(failure);
    }
    return held > 0;
  }

  private Pipeline.ClientGone gone(String why) {
    ended = true;
    failure = why;
    return new Pipeline.ClientGone(why);
  }

  private static GraphException late() {
    return new GraphException(
        ErrorCode.REQUEST_TIMEOUT,
        "The body did not arrive in the time it may take. Send it again over a faster connection,"
            + " or less at one time.");
  }
}
