package dev.aftercall.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.aftercall.outbound.WholeAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A JSON object an issuer publishes: bounded in size and time, over TLS. */
final class WebDocument {
  private static final int MAX_SIZE = 512 * 1024;
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private WebDocument() {}

  /** Born with the first fetch: building a client loads the trust store, a price start-up saves. */
  private static final class Client {
    // No redirects: keys come from where the settings or the discovery document say.
    static final HttpClient HTTP =
        HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * An address keys may come from: https, or http on this very machine for tests and development.
   *
   * @throws IOException when it is none
   */
  static URI uri(String text) throws IOException {
    try {
      return requireSafe(URI.create(text));
    } catch (IllegalArgumentException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The same for addresses from the settings. */
  static URI requireSafe(URI uri) {
    String host = String.valueOf(uri.getHost());
    boolean loopback =
        host.equals("localhost") || host.matches("127(\\.\\d{1,3}){3}") || host.equals("[::1]");
    if (("https".equals(uri.getScheme()) && uri.getHost() != null)
        || ("http".equals(uri.getScheme()) && loopback)) {
      return uri;
    }
    throw new IllegalArgumentException(
        uri + " has to be an https address (http only on the loopback interface)");
  }

  static Map<String, Object> fetch(URI uri) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(uri).header("Accept", "application/json").build();
    HttpResponse<byte[]> response;
    try {
      response = WholeAnswer.of(Client.HTTP, request, MAX_SIZE, TIMEOUT);
    } catch (TimeoutException e) {
      throw new IOException(uri + " did not answer in " + TIMEOUT, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while reading " + uri, e);
    } catch (IOException e) {
      throw new IOException(uri + " cannot be read: " + e, e);
    }
    if (response.statusCode() != 200) {
      throw new IOException(uri + " answered " + response.statusCode());
    }
    try {
      @Nullable Map<String, Object> json =
          JSONObjectUtils.parse(new String(response.body(), UTF_8));
      if (json == null) { // the text "null"
        throw new IOException(uri + " is not a JSON object");
      }
      return json;
    } catch (ParseException e) {
      throw new IOException(uri + " is not a JSON object", e);
    }
  }
}
