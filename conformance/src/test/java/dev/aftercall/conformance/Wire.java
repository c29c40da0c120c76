package dev.aftercall.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Plain HTTP, spelled exactly as a check wants it. */
final class Wire {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final ServerUnderTest server;
  private final HttpClient client;

  Wire(ServerUnderTest server) {
    this.server = server;
    // Graph answers content itself; a server may redirect to its object store.
    this.client =
        HttpClient.newBuilder()
            .sslContext(server.trust().context())
            .version(Version.HTTP_1_1)
            .followRedirects(Redirect.NORMAL)
            .build();
  }

  /** An answer, read whole. */
  record Reply(int status, HttpHeaders headers, byte[] body, Version version) {
    /** The one value of a header, or an empty string. */
    String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException("Not JSON: " + text(), e);
      }
    }
  }

  /** A request below {@code https://…/v1.0/}. */
  Call get(String path) {
    return call("GET", server.ready().https() + "/v1.0/" + path);
  }

  /** A request with any method below {@code https://…/v1.0/}. */
  Call send(String method, String path) {
    return call(method, server.ready().https() + "/v1.0/" + path);
  }

  /** A request to any address. */
  Call call(String method, String url) {
    return new Call(method, URI.create(url));
  }

  /** A request in the making. */
  final class Call {
    private final String method;
    private final URI uri;
    private final List<String> headers = new ArrayList<>();
    private BodyPublisher body = BodyPublishers.noBody();
    private Version version = Version.HTTP_1_1;

    private Call(String method, URI uri) {
      this.method = method;
      this.uri = uri;
    }

    /** With a token of the ready file. */
    Call as(String name) {
      return bearer(server.ready().token(name));
    }

    Call bearer(String token) {
      return header("Authorization", "Bearer " + token);
    }

    Call header(String name, String value) {
      headers.add(name);
      headers.add(value);
      return this;
    }

    Call body(byte[] bytes) {
      body = BodyPublishers.ofByteArray(bytes);
      return this;
    }

    /** Of a length that is not told beforehand. */
    Call chunked(byte[] bytes) {
      body = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes));
      return this;
    }

    Call json(String text) {
      return header("Content-Type", "application/json").body(text.getBytes(StandardCharsets.UTF_8));
    }

    Call version(Version wanted) {
      version = wanted;
      return this;
    }

    Reply reply() {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(uri).method(method, body).timeout(TIMEOUT).version(version);
      if (!headers.isEmpty()) {
        request.headers(headers.toArray(String[]::new));
      }
      try {
        HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
        Reply reply =
            new Reply(
                response.statusCode(), response.headers(), response.body(), response.version());
        boolean graph = reply.header("Content-Type").contains("odata.metadata=");
        if (graph && reply.status() / 100 == 2 && reply.body().length > 0) {
          BodyCheck.check(uri.toString(), reply.json());
        }
        return reply;
      } catch (IOException e) {
        throw new UncheckedIOException(method + " " + uri, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
