package dev.aftercall.dev.issuer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.aftercall.dev.tls.DevCertificates;
import dev.aftercall.dev.tls.TlsFixture;
import dev.aftercall.http.Answer;
import dev.aftercall.http.Query;
import dev.aftercall.http.Request;
import dev.aftercall.http.Route;
import dev.aftercall.http.Trace;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/** Serves routes over TLS with the JDK's own server, until the product's pipeline does. */
final class RouteServer implements AutoCloseable {
  private final HttpsServer server;
  private final List<Route> routes;

  RouteServer(List<Route> routes, DevCertificates certificates, int port) throws Exception {
    this.routes = routes;
    this.server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(TlsFixture.server(certificates)));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  String base() {
    return "https://localhost:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getRawPath();
      List<String> segments =
          List.of(path.substring(1).split("/", -1)).stream()
              .map(segment -> URLDecoder.decode(segment, StandardCharsets.UTF_8))
              .toList();
      for (Route route : routes) {
        Optional<Map<String, String>> caught = route.path().match(segments);
        if (caught.isPresent() && route.methods().contains(exchange.getRequestMethod())) {
          send(exchange, answer(exchange, route, path, caught.get()));
          return;
        }
      }
      send(exchange, Answer.empty(404));
    }
  }

  private static Answer answer(
      HttpExchange exchange, Route route, String path, Map<String, String> caught) {
    String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    Request request =
        new Request(
            exchange.getRequestMethod(),
            new Request.Target(
                "https://" + exchange.getRequestHeaders().getFirst("Host"),
                path,
                Query.parse(query),
                caught),
            name -> Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)),
            exchange.getRequestBody(),
            -1,
            new Trace("request", ""),
            Optional.empty());
    try {
      return route.handler().handle(request);
    } catch (Exception e) {
      return Answer.text(500, "text/plain", e.toString());
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = answer instanceof Answer.Whole whole ? whole.body() : new byte[0];
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
