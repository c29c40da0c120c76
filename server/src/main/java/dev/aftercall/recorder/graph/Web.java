package dev.aftercall.recorder.graph;

import dev.aftercall.fetch.FetchException;
import dev.aftercall.fetch.FetchException.Kind;
import dev.aftercall.fetch.Shown;
import dev.aftercall.outbound.RetryAfter;
import dev.aftercall.outbound.WholeAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * Calls the two addresses that the operator set, Graph's and the tokens', and no other: links are
 * held to the first before they come here, and redirects are not followed.
 */
final class Web {
  private static final int LARGEST = 32 << 20;
  private static final Duration CONNECTING = Duration.ofSeconds(10);
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private Web() {}

  /** Born with the first call: building a client loads the trust store. */
  private static final class Client {
    static final HttpClient HTTP =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECTING)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** An answer, whole. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
  record Answer(int status, HttpHeaders headers, byte[] body) {
    /** How long it asks to be left alone; seconds, or a date by its own clock. */
    Optional<Duration> retryAfter() {
      return RetryAfter.of(headers.firstValue("Retry-After"), headers.firstValue("Date"));
    }
  }

  /**
   * Sends it and reads the whole answer.
   *
   * @throws FetchException BROKEN where none came, or half of one
   */
  static Answer send(HttpRequest request) throws FetchException {
    URI at = request.uri();
    try {
      HttpResponse<byte[]> response = WholeAnswer.of(Client.HTTP, request, LARGEST, TIMEOUT);
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (TimeoutException e) {
      throw broken(at, "no whole answer came within " + TIMEOUT.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw broken(at, "the server is stopping", e);
    } catch (IOException e) {
      throw broken(at, "the connection failed (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  private static FetchException broken(URI at, String why, Exception cause) {
    return new FetchException(
        Kind.BROKEN, Shown.of(at) + " could not be read: " + why + ". It is tried again.", cause);
  }
}
