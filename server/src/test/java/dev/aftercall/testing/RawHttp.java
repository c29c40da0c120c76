package dev.aftercall.testing;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;

/** A connection whose every byte the test decides, for what a proper client would not send. */
public final class RawHttp implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  private RawHttp(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /** Connects to a server; by TLS where it has that. */
  public static RawHttp to(TestServer server) {
    try {
      InetAddress host = InetAddress.getLoopbackAddress();
      Optional<Integer> tls = server.tlsPort();
      Socket socket =
          tls.isPresent()
              ? trusting().createSocket(host, tls.get())
              : new Socket(host, server.port());
      socket.setSoTimeout(20_000);
      return new RawHttp(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SocketFactory trusting() {
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * An answer as it came.
   *
   * @param head status line and header fields, line by line
   */
  public record Answer(int status, List<String> head, byte[] body) {
    /** The value of a header field. */
    public Optional<String> header(String name) {
      return head.stream()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst();
    }

    /** The body as text. */
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /** Sends a request as it stands and reads one answer. */
  public static Answer exchange(TestServer server, String request) {
    try (RawHttp raw = to(server)) {
      raw.send(request);
      return raw.read(request.startsWith("HEAD "));
    }
  }

  /** Sends text as it stands. */
  public RawHttp send(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads an answer; one to HEAD has no body. */
  public Answer read(boolean head) {
    try {
      List<String> lines = head();
      int status = Integer.parseInt(lines.getFirst().split(" ", 3)[1]);
      Answer answer = new Answer(status, lines, new byte[0]);
      int length = answer.header("Content-Length").map(Integer::parseInt).orElse(0);
      return head || status == 304 ? answer : new Answer(status, lines, readExactly(length));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads status line and header fields alone. */
  public List<String> head() {
    try {
      List<String> lines = new ArrayList<>();
      String line = line();
      while (!line.isEmpty()) {
        lines.add(line);
        line = line();
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether something of an answer is here. */
  public boolean answering() throws IOException {
    return in.available() > 0;
  }

  /** Reads so many bytes. */
  public byte[] readExactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("The answer ended " + (length - bytes.length) + " bytes early");
    }
    return bytes;
  }

  /** Reads until the server ends the connection, or breaks it. */
  public byte[] rest() {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    try {
      in.transferTo(rest);
    } catch (IOException e) {
      // Broken off; what came before counts.
    }
    return rest.toByteArray();
  }

  /** Whether the server ends the connection now. */
  public boolean ended() {
    try {
      return in.read() < 0;
    } catch (IOException e) {
      return true;
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int c = in.read();
    while (c >= 0 && c != '\n') {
      line.write(c);
      c = in.read();
    }
    if (c < 0) {
      throw new EOFException("The server ended the connection within the head: " + line);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
