package dev.aftercall.http;

import io.netty.channel.ChannelConfig;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.VertxConnection;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A request's body as a blocking stream. What comes is copied into a ring at once, and the
 * connection is not read while that may not hold more: a body of any size takes one small piece of
 * memory, and nothing of it lives long enough to trouble the collector. Vert.x' own way, to pause
 * the request, would let sixteen pieces gather first.
 */
final class RequestBody extends InputStream {
  /** The most that one reading of a connection gives. */
  static final int READING = 64 * 1024;

  /**
   * What a body holds at most. Whoever reads writes to the disk in between: while that lasts there
   * is to be room for what comes, for stopping a connection and going on wakes a thread each time.
   */
  private static final int RING = 4 * READING;

  private static final long PATIENCE_SECONDS = 120;

  private final HttpServerRequest request;
  private final ChannelConfig channel;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition come = lock.newCondition();

  /** Made when the first byte comes; for a body that is smaller, as large as that. */
  private byte[] ring = {};

  private int first;
  private int held;
  private boolean paused;
  private boolean ended;
  private @Nullable String failure;

  /** In {@link System#nanoTime}; how far ahead it is tells whether the whole body is late. */
  private OptionalLong deadline = OptionalLong.empty();

  /** The client holds the body back until it is told to send it (RFC 9110, 10.1.1). */
  private boolean heldBack;

  private RequestBody(HttpServerRequest request) {
    this.request = request;
    this.channel = reading(request);
    this.heldBack =
        request.version() != HttpVersion.HTTP_1_0
            && "100-continue".equalsIgnoreCase(request.getHeader("Expect"));
  }

  /** What says whether a request's connection is read. */
  static ChannelConfig reading(HttpServerRequest request) {
    // All connections are HTTP/1.1 (ADR 7), and those are of this class.
    return ((VertxConnection) request.connection()).channel().config();
  }

  /** Takes the body over; to be called on the event loop before anything of it has come. */
  static RequestBody of(HttpServerRequest request) {
    RequestBody body = new RequestBody(request);
    request.handler(body::take);
    request.endHandler(nothing -> body.over(null));
    request.exceptionHandler(failure -> body.over(String.valueOf(failure.getMessage())));
    return body;
  }

  private void take(Buffer chunk) {
    if (chunk.length() == 0) {
      return;
    }
    lock.lock();
    try {
      if (chunk.length() > ring.length - held) {
        enlarge(held + chunk.length());
      }
      int at = (first + held) % ring.length;
      int straight = Math.min(chunk.length(), ring.length - at);
      chunk.getBytes(0, straight, ring, at);
      chunk.getBytes(straight, chunk.length(), ring, 0);
      held += chunk.length();
      if (held > RING - READING) {
        pause(true);
      }
      come.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes room for so many bytes: for the whole of a small body, whose length the server watches
   * over, else for as much as is held at most.
   */
  private void enlarge(int needed) {
    String declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    long most = declared == null ? RING : Math.min(RING, Long.parseLong(declared));
    byte[] larger = new byte[Math.max(needed, (int) most)];
    for (int copied = 0; copied < held; copied++) {
      larger[copied] = ring[(first + copied) % ring.length];
    }
    ring = larger;
    first = 0;
  }

  /** Under the lock, so that of two threads' wishes the later one holds. */
  private void pause(boolean now) {
    if (paused != now) {
      paused = now;
      channel.setAutoRead(!now);
    }
  }

  private void over(@Nullable String why) {
    lock.lock();
    try {
      ended = true;
      failure = failure == null ? why : failure;
      // The next request on the connection is none of ours.
      pause(false);
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
    lock.lock();
    try {
      if (!await()) {
        return -1;
      }
      int read = Math.min(length, Math.min(held, ring.length - first));
      System.arraycopy(ring, first, into, offset, read);
      first = (first + read) % ring.length;
      held -= read;
      if (held < READING) {
        pause(false);
      }
      return read;
    } finally {
      lock.unlock();
    }
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
