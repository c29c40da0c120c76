package dev.aftercall.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An endpoint of notifications on real sockets, which answers as a test wishes, or does not. */
public final class WebhookReceiver implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Got> got = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Behaviour validation = Behaviour.repeating();
  private volatile Behaviour behaviour = Behaviour.status(202);

  /** One request that came. */
  public record Got(String path, Map<String, String> fields, byte[] body, long nanos) {
    /** The body as JSON. */
    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The token to be repeated; empty for notifications. */
    public String validationToken() {
      int at = path.indexOf("validationToken=");
      return at < 0
          ? ""
          : URLDecoder.decode(path.substring(at + 16).split("&", -1)[0], StandardCharsets.UTF_8);
    }
  }

  /** How a request is answered. */
  @FunctionalInterface
  public interface Behaviour {
    /** Answers, or does not; when this returns the connection is closed. */
    void answer(Got request, Socket connection, CountDownLatch closed) throws Exception;

    /** A status without a body, with further fields as {@code "Name: value"}. */
    static Behaviour status(int status, String... fields) {
      return (request, connection, closed) ->
          write(connection, head(status, 0, fields).getBytes(StandardCharsets.US_ASCII));
    }

    /** The validation token, as it must be. */
    static Behaviour repeating() {
      return (request, connection, closed) ->
          text(200, "text/plain", request.validationToken()).answer(request, connection, closed);
    }

    /** A body of some type. */
    static Behaviour text(int status, String type, String body) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      return (request, connection, closed) -> {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(
            head(status, bytes.length, "Content-Type: " + type)
                .getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(bytes);
        write(connection, all.toByteArray());
      };
    }

    /** Never says anything. */
    static Behaviour hanging() {
      return (request, connection, closed) -> closed.await();
    }

    /** Cuts the connection with a reset. */
    static Behaviour resetting() {
      return (request, connection, closed) -> {
        connection.setSoLinger(true, 0);
        connection.close();
      };
    }

    /** A byte of the head now and then, without end. */
    static Behaviour dripping() {
      return (request, connection, closed) -> {
        String head = "HTTP/1.1 200 OK\r\nX-Endless: ";
        for (int i = 0; !closed.await(100, java.util.concurrent.TimeUnit.MILLISECONDS); i++) {
          write(connection, new byte[] {(byte) (i < head.length() ? head.charAt(i) : 'x')});
        }
      };
    }

    private static String head(int status, int length, String... fields) {
      StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Said\r\n");
      for (String field : fields) {
        head.append(field).append("\r\n");
      }
      return head.append("Content-Length: ").append(length).append("\r\n\r\n").toString();
    }

    private static void write(Socket connection, byte[] bytes) throws IOException {
      OutputStream out = connection.getOutputStream();
      out.write(bytes);
      out.flush();
    }
  }

  /** Listens on a free port of this machine. */
  public WebhookReceiver() {
    try {
      listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  /** How notifications are answered from now on. */
  public WebhookReceiver answering(Behaviour next) {
    behaviour = next;
    return this;
  }

  /** How validation is answered from now on. */
  public WebhookReceiver validating(Behaviour next) {
    validation = next;
    return this;
  }

  /** Its address. */
  public String url(String path) {
    return "http://127.0.0.1:" + listener.getLocalPort() + path;
  }

  /** The notifications that came so far, validation aside. */
  public List<Got> notifications() {
    return got.stream().filter(one -> one.validationToken().isEmpty()).toList();
  }

  /** Every item of every notification that came. */
  public List<JsonNode> items() {
    List<JsonNode> items = new ArrayList<>();
    notifications().forEach(one -> one.json().path("value").forEach(items::add));
    return items;
  }

  /** Everything that came. */
  public List<Got> everything() {
    return List.copyOf(got);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket connection = listener.accept();
        threads.execute(() -> serve(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = connection.getInputStream();
      while (true) {
        String start = line(in);
        if (start.isEmpty()) {
          return;
        }
        Map<String, String> fields = new TreeMap<>();
        for (String field = line(in); !field.isEmpty(); field = line(in)) {
          int colon = field.indexOf(':');
          fields.put(
              field.substring(0, colon).toLowerCase(Locale.ROOT),
              field.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(fields.getOrDefault("content-length", "0"));
        Got request =
            new Got(start.split(" ", -1)[1], fields, in.readNBytes(length), System.nanoTime());
        got.add(request);
        Behaviour next = request.validationToken().isEmpty() ? behaviour : validation;
        next.answer(request, connection, closed);
        if (connection.isClosed()) {
          return;
        }
      }
    } catch (Exception e) {
      // The other side went away, which is its right.
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    closed.countDown();
    threads.shutdownNow();
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
