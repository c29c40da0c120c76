package dev.aftercall.recorder.graph;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.fetch.FetchException;
import dev.aftercall.fetch.FetchException.Kind;
import dev.aftercall.fetch.Shown;
import dev.aftercall.recorder.Envelope;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An application's tokens, got when needed; one is used for a few minutes at most. */
final class ClientCredentials {
  /** Shorter than tokens live, so that one which was withdrawn is soon forgotten. */
  private static final Duration USED_FOR = Duration.ofMinutes(10);

  private static final Duration SPARE = Duration.ofMinutes(1);
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,16384}");

  /** How Entra names what is wrong; the text around it is not repeated. */
  private static final Pattern CODE = Pattern.compile("AADSTS[0-9]{4,8}");

  private final URI url;
  private final String form;
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<Held> held = Optional.empty();

  /** A token, until {@link System#nanoTime} has come so far. */
  private record Held(String token, long until) {}

  ClientCredentials(URI url, String clientId, String secret, String scope) {
    this.url = url;
    this.form =
        Map.of(
                "grant_type",
                "client_credentials",
                "client_id",
                clientId,
                "client_secret",
                secret,
                "scope",
                scope)
            .entrySet()
            .stream()
            .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
  }

  /**
   * A token that is good now.
   *
   * @throws FetchException BUSY or BROKEN; a refusal is mended by settings and tried again
   */
  String token() throws FetchException {
    lock.lock();
    try {
      if (held.isEmpty() || held.get().until() - System.nanoTime() < 0) {
        held = Optional.of(fetch());
      }
      return held.get().token();
    } finally {
      lock.unlock();
    }
  }

  /** Forgets it: it was refused. */
  void drop(String token) {
    lock.lock();
    try {
      held = held.filter(it -> !it.token().equals(token));
    } finally {
      lock.unlock();
    }
  }

  /** Forgets whichever there is. */
  void drop() {
    lock.lock();
    try {
      held = Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private Held fetch() throws FetchException {
    Web.Answer answer =
        Web.send(
            HttpRequest.newBuilder(url)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(form, StandardCharsets.US_ASCII))
                .build());
    if (answer.status() == 429 || answer.status() == 503) {
      throw FetchException.busy(
          said(answer) + ": it asks for patience. It is tried again.", answer.retryAfter());
    }
    if (answer.status() != 200) {
      throw new FetchException(
          Kind.BROKEN,
          said(answer)
              + " and gave no token. See the source's key, secret, graph.tenant and"
              + " graph.login-url.");
    }
    JsonNode json = json(answer);
    String token = json.path("access_token").asText();
    if (!TOKEN.matcher(token).matches()) {
      throw new FetchException(Kind.BROKEN, said(answer) + " without an access_token.");
    }
    Duration left = Duration.ofSeconds(json.path("expires_in").asLong(0)).minus(SPARE);
    Duration used = left.compareTo(USED_FOR) < 0 ? left : USED_FOR;
    return new Held(token, System.nanoTime() + used.toNanos());
  }

  private String said(Web.Answer answer) {
    String error = "";
    try {
      JsonNode json = json(answer);
      String word = json.path("error").asText();
      Matcher code = CODE.matcher(json.path("error_description").asText());
      error =
          (word.matches("[a-z_]{1,60}") ? " " + word : "")
              + (code.find() ? " " + code.group() : "");
    } catch (FetchException e) {
      // Its status says enough.
    }
    return Shown.of(url) + " answered " + answer.status() + error;
  }

  private JsonNode json(Web.Answer answer) throws FetchException {
    try {
      return Envelope.read(answer.body());
    } catch (IllegalArgumentException e) {
      throw new FetchException(Kind.BROKEN, Shown.of(url) + " answered without JSON.", e);
    }
  }
}
