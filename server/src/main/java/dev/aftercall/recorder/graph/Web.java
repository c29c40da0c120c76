package dev.aftercall.recorder.graph;

import dev.aftercall.fetch.FetchException;
import dev.aftercall.fetch.FetchException.Kind;
import dev.aftercall.fetch.Shown;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls the two addresses that the operator set, Graph's and the tokens', and no other: links are
 * held to the first before they come here, and redirects are not followed.
 */
final class Web {
  private static final int LARGEST = 32 << 20;
  private static final Duration CONNECTING = Duration.ofSeconds(10);
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

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
      return headers
          .firstValue("Retry-After")
          .map(String::strip)
          .flatMap(
              text ->
                  text.matches("[0-9]{1,9}")
                      ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
                      : until(text))
          .filter(pause -> !pause.isNegative())
          .map(pause -> pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
    }

    private Optional<Duration> until(String date) {
      Optional<Instant> then = instant(date);
      Optional<Instant> now = headers.firstValue("Date").flatMap(Answer::instant);
      return then.isPresent() && now.isPresent()
          ? Optional.of(Duration.between(now.get(), then.get()))
          : Optional.empty();
    }

    private static Optional<Instant> instant(String date) {
      try {
        return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
      } catch (DateTimeParseException e) {
        return Optional.empty();
      }
    }
  }

  /**
   * Sends it and reads the whole answer.
   *
   * @throws FetchException BROKEN where none came, or half of one
   */
  static Answer send(HttpRequest request) throws FetchException {
    URI at = request.uri();
    CompletableFuture<HttpResponse<byte[]>> answer =
        Client.HTTP.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
    try {
      // Not the request's own timeout, which is content with the header fields.
      HttpResponse<byte[]> response = answer.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (ExecutionException e) {
      throw broken(
          at,
          "the connection failed ("
              + Objects.requireNonNullElse(e.getCause(), e).getClass().getSimpleName()
              + ")",
          e);
    } catch (TimeoutException e) {
      throw broken(at, "no whole answer came within " + TIMEOUT.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw broken(at, "the server is stopping", e);
    } finally {
      answer.cancel(true);
    }
  }

  private static FetchException broken(URI at, String why, Exception cause) {
    return new FetchException(
        Kind.BROKEN, Shown.of(at) + " could not be read: " + why + ". It is tried again.", cause);
  }
}
