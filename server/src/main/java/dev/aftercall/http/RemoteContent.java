package dev.aftercall.http;

import dev.aftercall.content.Content;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes content through from an object store: a presigned GET, passed from socket to socket. A
 * plain client with a presigned URL costs a quarter of what the store's SDK takes for a range.
 */
final class RemoteContent {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteContent.class);
  private static final Duration SIGNED_FOR = Duration.ofMinutes(5);
  private static final long PATIENCE_SECONDS = 30;
  private static final int MOST_CONNECTIONS = 256;

  private final HttpClient client;

  RemoteContent(Vertx vertx) {
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(5_000)
                // What one read gives goes on in one write, not in pieces of 8 KiB.
                .setMaxChunkSize(PassThrough.LARGEST_READ)
                .setReadIdleTimeout(60)
                .setKeepAliveTimeout(30),
            new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS).setMaxWaitQueueSize(4_096));
  }

  void send(Call call, Content.AtUrl content, ByteRange range, ContentAnswer answer, int status)
      throws IOException {
    Stored stored = request(call, content, range, answer);
    call.loop().runOnContext(here -> pass(stored, call, answer, status));
  }

  /** An answer of the object store whose body waits to be passed on. */
  private record Stored(HttpClientResponse head, PassThrough body) {
    void abandon() {
      // Or the rest of the object would still be fetched, for nobody.
      head.request().reset();
    }
  }

  private static void pass(Stored stored, Call call, ContentAnswer answer, int status) {
    HttpServerResponse response = call.response();
    response
        .writeHead()
        .compose(written -> stored.body().to(call.request().connection()))
        .compose(passed -> response.end())
        .onComplete(
            ended -> {
              if (ended.failed()) {
                LOG.debug("A delivery from the object store ended early", ended.cause());
                stored.abandon();
                response.reset();
              }
              answer.over(status, stored.body().sent(), ended.succeeded());
            });
  }

  private Stored request(Call call, Content.AtUrl content, ByteRange range, ContentAnswer answer)
      throws IOException {
    String url =
        content
            .presigner()
            .get(SIGNED_FOR, answer.representation().mediaType(), "inline")
            .toString();
    boolean whole = range.length() == content.size();
    RequestOptions options = new RequestOptions().setMethod(HttpMethod.GET).setAbsoluteURI(url);
    if (!whole) {
      options.putHeader(
          "Range", "bytes=" + range.offset() + "-" + (range.offset() + range.length() - 1));
    }
    Stored stored = await(ask(call, options));
    int wanted = whole ? 200 : 206;
    String length = stored.head().getHeader("Content-Length");
    if (stored.head().statusCode() != wanted || !Long.toString(range.length()).equals(length)) {
      stored.abandon();
      throw new IOException(
          "The object store answered "
              + stored.head().statusCode()
              + " with "
              + length
              + " bytes instead of "
              + wanted
              + " with "
              + range.length()
              + ".");
    }
    return stored;
  }

  /**
   * Asks on the event loop of our own client, so that both connections are served by one thread.
   */
  private CompletableFuture<Stored> ask(Call call, RequestOptions options) {
    CompletableFuture<Stored> answered = new CompletableFuture<>();
    call.loop()
        .runOnContext(
            here ->
                client
                    .request(options)
                    .compose(RemoteContent::send)
                    .onFailure(answered::completeExceptionally)
                    .onSuccess(
                        stored -> {
                          if (!answered.complete(stored)) {
                            stored.abandon();
                          }
                        }));
    return answered;
  }

  private static Future<Stored> send(HttpClientRequest request) {
    PassThrough body = PassThrough.before(request.connection());
    return request.send().map(head -> new Stored(head, body));
  }

  private static Stored await(CompletableFuture<Stored> answered) throws IOException {
    try {
      return answered.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException("The object store cannot be reached.", e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("The object store did not answer within 30 s.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while asking the object store.", e);
    } finally {
      answered.cancel(false);
    }
  }
}
