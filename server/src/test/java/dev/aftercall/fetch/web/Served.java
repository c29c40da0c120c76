package dev.aftercall.fetch.web;

import dev.aftercall.testing.WebhookReceiver;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A file on a recorder's server, which answers ranges as it should, or does one thing wrong. */
record Served(byte[] bytes, Optional<String> tag, int breaksAfter, Fault fault)
    implements WebhookReceiver.Behaviour {
  enum Fault {
    NONE,
    IGNORES_RANGES,
    IGNORES_IF_RANGE,
    SAYS_NO_RANGE_FITS
  }

  static Served file(byte[] bytes, String tag) {
    return new Served(bytes, Optional.of(tag), Integer.MAX_VALUE, Fault.NONE);
  }

  /** Closes the connection after so many bytes of a body. */
  Served breakingAfter(int count) {
    return new Served(bytes, tag, count, fault);
  }

  Served with(Fault next) {
    return new Served(bytes, tag, breaksAfter, next);
  }

  @Override
  public void answer(WebhookReceiver.Got request, Socket connection, CountDownLatch closed)
      throws Exception {
    String range = request.fields().get("range");
    boolean same =
        fault == Fault.IGNORES_IF_RANGE
            || tag.equals(Optional.ofNullable(request.fields().get("if-range")));
    int from =
        range != null && same && fault != Fault.IGNORES_RANGES
            ? Integer.parseInt(range.replaceAll("\\D", ""))
            : 0;
    if (range != null && fault == Fault.SAYS_NO_RANGE_FITS) {
      head("416 No", "Content-Range: bytes */" + bytes.length, "Content-Length: 0")
          .answer(request, connection, closed);
      return;
    }
    StringBuilder head = new StringBuilder();
    head.append(from > 0 ? "HTTP/1.1 206 Part\r\n" : "HTTP/1.1 200 Whole\r\n");
    head.append("Content-Type: video/mp4; codecs=avc1\r\n");
    tag.ifPresent(name -> head.append("ETag: ").append(name).append("\r\n"));
    if (from > 0) {
      head.append(
          "Content-Range: bytes %d-%d/%d\r\n".formatted(from, bytes.length - 1, bytes.length));
    }
    head.append("Content-Length: ").append(bytes.length - from).append("\r\n\r\n");
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
    all.write(bytes, from, Math.min(bytes.length - from, breaksAfter));
    connection.getOutputStream().write(all.toByteArray());
    connection.getOutputStream().flush();
    if (bytes.length - from > breaksAfter) {
      connection.close();
    }
  }

  /** A head alone. */
  static WebhookReceiver.Behaviour head(String status, String... fields) {
    return (request, connection, closed) -> {
      String head = "HTTP/1.1 " + status + "\r\n" + String.join("\r\n", fields) + "\r\n\r\n";
      connection.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      connection.getOutputStream().flush();
    };
  }

  /** A head, then the same piece for ever. */
  static WebhookReceiver.Behaviour endless(String status, byte[] piece, String... fields) {
    return (request, connection, closed) -> {
      head(status, fields).answer(request, connection, closed);
      OutputStream out = connection.getOutputStream();
      while (closed.getCount() > 0) {
        out.write(piece);
      }
    };
  }

  /** A head, then nothing. */
  static WebhookReceiver.Behaviour stalling(String status, String... fields) {
    return (request, connection, closed) -> {
      head(status, fields).answer(request, connection, closed);
      closed.await();
    };
  }
}
