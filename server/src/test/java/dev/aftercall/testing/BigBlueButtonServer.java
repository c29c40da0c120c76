package dev.aftercall.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.aftercall.arrival.Sources;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * The part of a BigBlueButton server that is asked: its API, and the files that its nginx gives.
 */
public final class BigBlueButtonServer implements AutoCloseable {
  private final HttpServer http;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile String recordings = "";
  private volatile boolean broken;

  /** One on a free port of this machine. */
  public BigBlueButtonServer() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/", this::answer);
    http.start();
  }

  /** As {@code bbb-conf --secret} shows it. */
  public String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort() + "/bigbluebutton/";
  }

  /** Address and port. */
  public String host() {
    return "127.0.0.1:" + http.getAddress().getPort();
  }

  /** What getRecordings lists. */
  public void lists(String xml) {
    recordings = xml;
  }

  /** Whether everything is answered by 503. */
  public void breaks(boolean now) {
    broken = now;
  }

  /** What its nginx gives at a path. */
  public void has(String path, byte[] bytes) {
    files.put(path, bytes);
  }

  /** Paths with queries, as they were asked for. */
  public List<String> asked() {
    return asked;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestURI().toString();
    asked.add(target);
    byte[] file = files.get(exchange.getRequestURI().getPath());
    try (exchange) {
      if (broken) {
        exchange.sendResponseHeaders(503, -1);
      } else if (target.startsWith("/bigbluebutton/api/getRecordings?")) {
        String query = exchange.getRequestURI().getRawQuery();
        int checksum = query.indexOf("&checksum=");
        boolean proved =
            checksum > 0
                && query
                    .substring(checksum + 10)
                    .equals(sha256("getRecordings" + query.substring(0, checksum)));
        send(
            exchange,
            "text/xml;charset=utf-8",
            proved
                ? "<response><returncode>SUCCESS</returncode>" + recordings + "</response>"
                : "<response><returncode>FAILED</returncode><messageKey>checksumError</messageKey>"
                    + "</response>");
      } else if (file != null) {
        exchange.getResponseHeaders().set("Content-Type", "video/mp4");
        exchange.sendResponseHeaders(200, file.length);
        exchange.getResponseBody().write(file);
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private static void send(HttpExchange exchange, String type, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  private static String sha256(String text) {
    return hash("SHA-256", text + Sources.SECRET);
  }

  /** In hexadecimal digits. */
  public static String hash(String algorithm, String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
