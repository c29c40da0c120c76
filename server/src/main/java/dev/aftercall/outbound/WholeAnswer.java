package dev.aftercall.outbound;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads an answer whole, within a size and a time for all of it. */
public final class WholeAnswer {
  private WholeAnswer() {}

  /**
   * Sends a request and reads what is answered.
   *
   * @param largest bytes of the body
   * @throws TimeoutException when it is not all here in that time
   * @throws IOException when the connection fails, as the client tells it
   */
  public static HttpResponse<byte[]> of(
      HttpClient client, HttpRequest request, int largest, Duration patience)
      throws IOException, TimeoutException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), largest));
    try {
      // Not the request's own timeout, which is content with the header fields.
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }
}
