package dev.aftercall.http;

import dev.aftercall.content.Content;
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
 * Passes content through from an object store: a presigned GET, piped from socket to socket. A
 * plain client with a presigned URL costs a quarter of what the store's SDK takes for a range.
 */
final class RemoteContent {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteContent.class);
  private static final Duration SIGNED_FOR = Duration.ofMinutes(5);
  private static final long PATIENCE_SECONDS = 30;
  private static final int CHUNK = 64 * 1024;
  private static final int MOST_CONNECTIONS = 256;

  private final HttpClient client;

  RemoteContent(Vertx vertx) {
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(5_000)
                // What one read gives goes on in one write, not in pieces of 8 KiB.
                .setMaxChunkSize(CHUNK)
                .setReadIdleTimeout(60)
                .setKeepAliveTimeout(30),
            new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS).setMaxWaitQueueSize(4_096));
  }

  void send(Call call, Content.AtUrl content, ByteRange range, ContentAnswer answer, int status)
      throws IOException {
    HttpClientResponse stored = request(call, content, range, answer);
    call.loop().runOnContext(here -> pipe(stored, call.response(), answer, status));
  }

  private static void pipe(
      HttpClientResponse stored, HttpServerResponse response, ContentAnswer answer, int status) {
    stored
        .pipeTo(response)
        .onComplete(
            piped -> {
              if (piped.failed()) {
                LOG.debug("A piped delivery ended early", piped.cause());
                // Or the rest of the object would still be fetched, for nobody.
                stored.request().reset();
                response.reset();
              }
              answer.over(status, response.bytesWritten(), piped.succeeded());
            });
  }

  private HttpClientResponse request(
      Call call, Content.AtUrl content, ByteRange range, ContentAnswer answer) throws IOException {
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
    HttpClientResponse stored = await(ask(call, options));
    int wanted = whole ? 200 : 206;
    String length = stored.getHeader("Content-Length");
    if (stored.statusCode() != wanted || !Long.toString(range.length()).equals(length)) {
      stored.request().reset();
      throw new IOException(
          "The object store answered "
              + stored.statusCode()
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
  private CompletableFuture<HttpClientResponse> ask(Call call, RequestOptions options) {
    CompletableFuture<HttpClientResponse> answered = new CompletableFuture<>();
    call.loop()
        .runOnContext(
            here ->
                client
                    .request(options)
                    .compose(HttpClientRequest::send)
                    .onFailure(answered::completeExceptionally)
                    .onSuccess(
                        stored -> {
                          stored.pause();
                          if (!answered.complete(stored)) {
                            stored.request().reset();
                          }
                        }));
    return answered;
  }

  private static HttpClientResponse await(CompletableFuture<HttpClientResponse> answered)
      throws IOException {
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
