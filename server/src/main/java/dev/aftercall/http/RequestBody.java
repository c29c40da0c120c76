package dev.aftercall.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A request's body as a blocking stream. Only a few buffers are ever asked for ahead of the reader,
 * so a body of any size takes a bounded piece of memory.
 */
final class RequestBody extends InputStream {
  private static final int AHEAD = 4;
  private static final long PATIENCE_SECONDS = 120;

  private sealed interface Piece {}

  private record Bytes(Buffer bytes) implements Piece {}

  private record End() implements Piece {}

  private record Failure(String message) implements Piece {}

  private final HttpServerRequest request;
  private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
  private Buffer current = Buffer.buffer();
  private int position;
  private @Nullable Piece over;

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
    request.handler((Buffer buffer) -> body.pieces.add(new Bytes(buffer)));
    request.endHandler(nothing -> body.pieces.add(new End()));
    request.exceptionHandler(
        failure -> body.pieces.add(new Failure(String.valueOf(failure.getMessage()))));
    request.fetch(AHEAD);
    return body;
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
    while (position == current.length()) {
      if (!next()) {
        return -1;
      }
    }
    int taken = Math.min(length, current.length() - position);
    current.getBytes(position, position + taken, into, offset);
    position += taken;
    return taken;
  }

  private boolean next() throws IOException {
    Piece piece = over != null ? over : take();
    return switch (piece) {
      case Bytes bytes -> {
        current = bytes.bytes();
        position = 0;
        request.fetch(1);
        yield true;
      }
      case End end -> {
        over = end;
        yield false;
      }
      case Failure failure -> {
        over = failure;
        throw new Pipeline.ClientGone(failure.message());
      }
    };
  }

  private Piece take() throws IOException {
    if (heldBack) {
      // Not before somebody reads: what is refused anyhow need not be sent at all.
      heldBack = false;
      request.response().writeContinue();
    }
    long patience = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    long left = deadline.isEmpty() ? patience : deadline.getAsLong() - System.nanoTime();
    try {
      Piece piece = pieces.poll(Math.min(patience, left), TimeUnit.NANOSECONDS);
      if (piece == null && left < patience) {
        throw late();
      }
      return piece != null ? piece : new Failure("no byte came for " + PATIENCE_SECONDS + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while reading the body.", e);
    }
  }

  private static GraphException late() {
    return new GraphException(
        ErrorCode.REQUEST_TIMEOUT,
        "The body did not arrive in the time it may take. Send it again over a faster connection,"
            + " or less at one time.");
  }
}
