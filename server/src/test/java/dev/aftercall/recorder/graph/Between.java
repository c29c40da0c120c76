package dev.aftercall.recorder.graph;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.aftercall.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What stands between a tenant and its mirror: gives the tokens, and lets go wrong what it may. */
final class Between implements AutoCloseable {
  static final String CLIENT = TestServer.APP;
  static final String SECRET = "the client's +secret & more";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HttpServer server;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile String target = "";
  private volatile Supplier<String> tokens = () -> "";
  private volatile Function<String, Optional<Fault>> faults = path -> Optional.empty();
  private volatile UnaryOperator<String> pages = UnaryOperator.identity();
  private volatile UnaryOperator<byte[]> contents = UnaryOperator.identity();

  /** What goes wrong instead of an answer, or with it. */
  sealed interface Fault {
    /** Another status. */
    record Status(int code, String field, String value) implements Fault {}

    /** Half of the answer, then the end. */
    record Half() implements Fault {}
  }

  static Fault status(int code) {
    return new Fault.Status(code, "", "");
  }

  static Fault busy(int code, int seconds) {
    return new Fault.Status(code, "Retry-After", Integer.toString(seconds));
  }

  Between() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void leadsTo(TestServer remote, Supplier<String> token) {
    target = remote.base();
    tokens = token;
  }

  /** Asked for each request with its path and query; may change its mind. */
  void failing(Function<String, Optional<Fault>> next) {
    faults = next;
  }

  /** Changes JSON on its way. */
  void pages(UnaryOperator<String> change) {
    pages = change;
  }

  /** Changes content on its way. */
  void contents(UnaryOperator<byte[]> change) {
    contents = change;
  }

  /** Paths with queries, in their order. */
  List<String> asked() {
    return asked;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().toString();
      asked.add(path);
      byte[] sent = exchange.getRequestBody().readAllBytes();
      Optional<Fault> fault = faults.apply(path);
      if (fault.isPresent() && fault.get() instanceof Fault.Status status) {
        if (!status.field().isEmpty()) {
          exchange.getResponseHeaders().add(status.field(), status.value());
        }
        send(
            exchange,
            status.code(),
            "{\"error\":{\"code\":\"Said\"}}".getBytes(StandardCharsets.UTF_8),
            false);
      } else if (path.equals("/token")) {
        token(exchange, new String(sent, StandardCharsets.UTF_8));
      } else if (path.startsWith("/v1.0/groups/")) {
        members(exchange, path);
      } else {
        pass(exchange, path, fault.isPresent());
      }
    }
  }

  private void token(HttpExchange exchange, String form) throws IOException {
    boolean right =
        form.contains("grant_type=client_credentials")
            && form.contains("client_id=" + CLIENT)
            && form.contains("client_secret=the+client%27s+%2Bsecret+%26+more")
            && form.contains("scope=the.scope");
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    String json =
        right
            ? "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\""
                + tokens.get()
                + "\"}"
            : "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: wrong\"}";
    send(exchange, right ? 200 : 401, json.getBytes(StandardCharsets.UTF_8), false);
  }

  /** A group with a member on each of two pages. */
  private void members(HttpExchange exchange, String path) throws IOException {
    boolean first = !path.contains("skiptoken");
    String json =
        "{\"value\":[{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\""
            + (first ? TestServer.ORGANIZER : TestServer.ATTENDEE)
            + "\"}]"
            + (first ? ",\"@odata.nextLink\":\"" + base() + path + "&$skiptoken=x\"" : "")
            + "}";
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    send(exchange, 200, json.getBytes(StandardCharsets.UTF_8), false);
  }

  private void pass(HttpExchange exchange, String path, boolean half) throws IOException {
    // Small pages, so that there are several.
    String small = path.endsWith("/delta") ? path + "?$top=2" : path;
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(target + small));
    for (String name : List.of("Authorization", "Range", "If-Range", "Accept")) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        request.header(name, value);
      }
    }
    HttpResponse<byte[]> got;
    try {
      got = client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    for (String name : List.of("Content-Type", "Content-Range", "ETag", "Location")) {
      got.headers().firstValue(name).ifPresent(it -> exchange.getResponseHeaders().add(name, it));
    }
    boolean json =
        got.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
    byte[] body =
        json
            ? pages
                .apply(new String(got.body(), StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8)
            : contents.apply(got.body());
    send(exchange, got.statusCode(), body, half);
  }

  private static void send(HttpExchange exchange, int status, byte[] body, boolean half)
      throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body, 0, half ? body.length / 2 : body.length);
    exchange.getResponseBody().flush();
  }

  @Override
  public void close() {
    server.stop(0);
    client.close();
  }
}
