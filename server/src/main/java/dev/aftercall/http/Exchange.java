package dev.aftercall.http;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Between the server's events and our blocking code: takes a request off the event loop, lets the
 * pipeline answer on a virtual thread, and writes the answer out.
 */
final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
  private static final int LINGER_SECONDS = 2;
  private static final List<String> PROMISED =
      List.of(
          "Content-Length",
          "Content-Range",
          "Content-Disposition",
          "ETag",
          "Last-Modified",
          "Accept-Ranges");

  private final Vertx vertx;
  private final Pipeline pipeline;
  private final ContentDelivery delivery;
  private final ErrorRenderer errors;
  private final PublicAddress address;
  private final Semaphore places;
  private final Executor threads;
  private final RequestIds names;
  private final CommonFields common;

  Exchange(
      Vertx vertx,
      Pipeline pipeline,
      ContentDelivery delivery,
      ErrorRenderer errors,
      PublicAddress address,
      int inFlight,
      Executor threads,
      RequestIds names,
      InstantSource clock) {
    this.vertx = vertx;
    this.pipeline = pipeline;
    this.delivery = delivery;
    this.errors = errors;
    this.address = address;
    this.places = new Semaphore(inFlight);
    this.threads = threads;
    this.names = names;
    this.common = new CommonFields(clock);
  }

  /** Takes a request; runs on the event loop and returns at once. */
  void accept(HttpServerRequest request) {
    Trace trace = trace(request);
    begin(request, trace);
    if (!places.tryAcquire()) {
      GraphException busy =
          new GraphException(
              ErrorCode.SERVICE_UNAVAILABLE,
              "The server works on as many requests as it may. Try again.",
              Optional.empty(),
              Map.of("Retry-After", "1"));
      write(request, errors.render(busy, trace));
      return;
    }
    Call call = new Call(request, headers(request), vertx.getOrCreateContext());
    InputStream body = hasBody(request) ? RequestBody.of(request) : InputStream.nullInputStream();
    threads.execute(() -> work(call, trace, body));
  }

  /** Answers what the server itself could not read: 400, 414, 431. */
  void refuse(HttpServerRequest request) {
    Trace trace = trace(request);
    begin(request, trace);
    String cause = String.valueOf(request.decoderResult().cause());
    GraphException error =
        cause.contains("TooLongHttpLine")
            ? new GraphException(ErrorCode.URI_TOO_LONG, "The request line is too long.")
            : cause.contains("TooLongHttpHeader")
                ? new GraphException(
                    ErrorCode.HEADERS_TOO_LARGE, "The request's header fields are too large.")
                : new GraphException(ErrorCode.BAD_REQUEST, "The request is not valid HTTP/1.1.");
    Answer.Whole answer = errors.render(error, trace);
    HttpServerResponse response = request.response().setStatusCode(answer.status());
    answer.headers().forEach(response.headers()::set);
    // The server closes at the response's end, which would reset a client that is still sending;
    // so the end waits while the decoder throws the rest away.
    response
        .putHeader("Connection", "close")
        .putHeader("Content-Length", Integer.toString(answer.body().length))
        .write(Buffer.buffer(answer.body()))
        .onComplete(
            written ->
                CompletableFuture.delayedExecutor(LINGER_SECONDS, TimeUnit.SECONDS)
                    .execute(response::end));
  }

  private void work(Call call, Trace trace, InputStream body) {
    Answer answer;
    try {
      answer = answer(call, trace, body);
    } finally {
      // To send takes as long as the client likes, and keeps nobody else out.
      places.release();
    }
    try {
      send(call, trace, answer);
    } catch (RuntimeException | Error e) {
      LOG.error("{} could not be sent", trace.requestId(), e);
      fail(call.request(), trace);
    }
  }

  private Answer answer(Call call, Trace trace, InputStream body) {
    try {
      Cors.fields(call.headers()).forEach(call.response()::putHeader);
      return pipeline.answer(parse(call.request(), call.headers(), trace, body));
    } catch (GraphException e) {
      return errors.render(e, trace);
    } catch (RuntimeException | Error e) {
      // An Error ends this request alone, and whoever waits for it is told.
      LOG.error("{} could not be answered", trace.requestId(), e);
      return errors.render(Pipeline.internal(), trace);
    }
  }

  private void send(Call call, Trace trace, Answer answer) {
    HttpServerRequest request = call.request();
    switch (answer) {
      case Answer.Whole whole -> write(request, whole);
      case StreamedAnswer streamed -> stream(request, trace, streamed);
      case ContentAnswer content -> deliver(call, trace, content);
      case BatchAnswer batch -> write(request, batch);
    }
  }

  /** A failure behind the head ends the connection before the last chunk: never a whole answer. */
  private void stream(HttpServerRequest request, Trace trace, StreamedAnswer answer) {
    HttpServerResponse response = request.response().setStatusCode(answer.status());
    answer.headers().forEach(response::putHeader);
    boolean unread = closingIfUnread(request);
    try {
      if (!request.method().name().equals("HEAD")) {
        response.setChunked(true);
        OutputStream out = Copying.body(response);
        answer.body().writeTo(out);
        out.flush();
      }
      Future<Void> ended = response.end();
      if (unread) {
        ended.onComplete(done -> linger(request));
      }
    } catch (Pipeline.ClientGone e) {
      LOG.debug("{} the client left: {}", trace.requestId(), e.getMessage());
      response.reset();
    } catch (Exception | Error e) {
      LOG.error("{} the answer could not be finished", trace.requestId(), e);
      fail(request, trace);
    }
  }

  private void deliver(Call call, Trace trace, ContentAnswer answer) {
    HttpServerRequest request = call.request();
    ContentAnswer content = answer.endingOnce();
    try {
      content.headers().forEach(request.response()::putHeader);
      delivery.deliver(call, content);
    } catch (GraphException e) {
      content.over(e.code().status(), 0, true);
      write(request, errors.render(e, trace));
    } catch (Pipeline.ClientGone e) {
      LOG.debug("{} the client left: {}", trace.requestId(), e.getMessage());
      request.response().reset();
    } catch (Exception | Error e) {
      LOG.error("{} the content could not be delivered", trace.requestId(), e);
      content.over(ErrorCode.INTERNAL.status(), 0, false);
      fail(request, trace);
    }
  }

  /** With the head not sent yet an error can be told; after that only the connection can end. */
  private void fail(HttpServerRequest request, Trace trace) {
    if (request.response().headWritten()) {
      request.response().reset();
    } else {
      // What was promised of the content is not true of the error.
      PROMISED.forEach(request.response().headers()::remove);
      write(request, errors.render(Pipeline.internal(), trace));
    }
  }

  private Request parse(HttpServerRequest request, Headers headers, Trace trace, InputStream body) {
    String uri = originForm(request.uri());
    int mark = uri.indexOf('?');
    String path = mark < 0 ? uri : uri.substring(0, mark);
    if (!path.startsWith("/")) {
      throw new GraphException(ErrorCode.BAD_REQUEST, "The request target is not a path.");
    }
    Query query = mark < 0 ? Query.NONE : Query.parse(uri.substring(mark + 1));
    String base =
        address.base(
            request.isSSL() ? "https" : "http",
            headers.get("Host"),
            "localhost:" + request.localAddress().port(),
            request.remoteAddress().hostAddress(),
            headers);
    return new Request(
        request.method().name(),
        new Request.Target(base, path, query, Map.of()),
        headers,
        body,
        contentLength(headers),
        trace,
        Optional.empty());
  }

  /** Clients of proxies send the whole address; it is to be understood (RFC 9112, 3.2.2). */
  private static String originForm(String target) {
    int authority = target.startsWith("/") ? -1 : target.indexOf("://");
    int path = authority < 0 ? -1 : target.indexOf('/', authority + 3);
    return path < 0 ? target : target.substring(path);
  }

  private static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    return (length != null && !length.equals("0"))
        || request.headers().contains("Transfer-Encoding");
  }

  private static long contentLength(Headers headers) {
    // The server has refused lengths that are no numbers before a request comes here.
    return headers.get("Content-Length").map(Long::parseLong).orElse(-1L);
  }

  private static Headers headers(HttpServerRequest request) {
    return name -> {
      List<String> values = request.headers().getAll(name);
      return switch (values.size()) {
        case 0 -> Optional.empty();
        case 1 -> Optional.of(values.getFirst());
        default -> Optional.of(String.join(", ", values));
      };
    };
  }

  private Trace trace(HttpServerRequest request) {
    return Trace.of(names.next(), request.getHeader("client-request-id"));
  }

  private void begin(HttpServerRequest request, Trace trace) {
    common.set(request, trace);
    // A handler that fails after the client left would otherwise be logged as an error of ours.
    request.response().exceptionHandler(gone -> LOG.debug("{} the client left", trace.requestId()));
  }

  private static void write(HttpServerRequest request, BatchAnswer answer) {
    try {
      write(request, answer.whole()).onComplete(written -> answer.end().over(written.succeeded()));
    } catch (RuntimeException e) {
      answer.end().over(false);
      throw e;
    }
  }

  private static Future<Void> write(HttpServerRequest request, Answer.Whole answer) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return Future.failedFuture("The connection is closed.");
    }
    response.setStatusCode(answer.status());
    MultiMap fields = response.headers();
    answer.headers().forEach(fields::set);
    byte[] body = answer.body();
    boolean unread = closingIfUnread(request);
    Future<Void> written =
        request.method().name().equals("HEAD")
            ? response.putHeader("Content-Length", Integer.toString(body.length)).end()
            : response.end(Buffer.buffer(body));
    if (unread) {
      written.onComplete(done -> linger(request));
    }
    return written;
  }

  private static boolean closingIfUnread(HttpServerRequest request) {
    boolean unread = !request.isEnded() && hasBody(request);
    if (unread) {
      // The rest of a refused body would be read as the next request.
      request.response().putHeader("Connection", "close");
    }
    return unread;
  }

  /**
   * Ends a connection whose client is still sending. Closed at once it would be reset, and the
   * client might never read why; so what still comes is thrown away for a moment (RFC 9112, 9.6).
   */
  private static void linger(HttpServerRequest request) {
    request.handler(discarded -> {});
    request.endHandler(end -> request.connection().close());
    RequestBody.reading(request).setAutoRead(true);
    CompletableFuture.delayedExecutor(LINGER_SECONDS, TimeUnit.SECONDS)
        .execute(() -> request.connection().close());
  }
}
