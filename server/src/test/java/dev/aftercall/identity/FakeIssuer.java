package dev.aftercall.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

/** An issuer's web pages on a real socket: discovery and keys, both changeable, both breakable. */
final class FakeIssuer implements AutoCloseable {
  private final HttpServer server;

  /** The paths asked for, in order. */
  final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

  volatile List<Map<String, Object>> keys = List.of();
  volatile Map<String, Object> discovery;
  volatile boolean down;

  /** Answers with header fields and the first byte of the body. */
  volatile boolean stalled;

  /** Answers with this text instead of what it should. */
  volatile Optional<String> body = Optional.empty();

  private final CountDownLatch closed = new CountDownLatch(1);

  FakeIssuer(JWK... keys) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    publish(keys);
    discovery = Map.of("issuer", name(), "jwks_uri", base() + "/keys");
    server.createContext("/", this::answer);
    server.start();
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What its tokens say in {@code iss}. */
  String name() {
    return base() + "/realms/one";
  }

  void publish(JWK... published) {
    keys = Stream.of(published).map(key -> key.toPublicJWK().toJSONObject()).toList();
  }

  /** Publishes one more key that names its issuer, as Entra ID does. */
  void publishFor(String issuer, JWK key) {
    Map<String, Object> members = new HashMap<>(key.toPublicJWK().toJSONObject());
    members.put("issuer", issuer);
    keys = Stream.concat(keys.stream(), Stream.of(members)).toList();
  }

  /** How often the keys were fetched. */
  long fetches() {
    return asked.stream().filter(path -> path.endsWith("/keys")).count();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      asked.add(path);
      if (down) {
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      byte[] bytes = body.orElseGet(() -> page(path)).getBytes(UTF_8);
      exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
      if (stalled) {
        exchange.getResponseBody().write(bytes, 0, 1);
        exchange.getResponseBody().flush();
        closed.await();
      }
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String page(String path) {
    return JSONObjectUtils.toJSONString(
        path.endsWith("/openid-configuration") ? discovery : Map.of("keys", keys));
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
  }
}
