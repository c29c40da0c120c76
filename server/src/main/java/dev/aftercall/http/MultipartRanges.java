package dev.aftercall.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Several ranges in one answer: {@code multipart/byteranges}, RFC 9110, 14.6. Rare, so it is sent
 * by copying, one buffer at a time, each waited for.
 */
final class MultipartRanges {
  private static final int BUFFER = 64 * 1024;

  private MultipartRanges() {}

  static void send(HttpServerRequest request, ContentAnswer answer, ContentDelivery.Promise promise)
      throws IOException {
    // The entity tag is the content's hash: it cannot stand inside the content by accident.
    String boundary = "part-" + answer.representation().entityTag().replace("\"", "");
    long size = answer.content().size();
    String end = "\r\n--" + boundary + "--\r\n";
    long length = promise.length() + end.length();
    for (ByteRange range : promise.ranges()) {
      length += head(boundary, answer, range, size).length();
    }
    HttpServerResponse response = request.response();
    response
        .putHeader("Content-Type", "multipart/byteranges; boundary=" + boundary)
        .putHeader("Content-Length", Long.toString(length));
    AtomicLong sent = new AtomicLong();
    boolean whole = false;
    try {
      for (ByteRange range : promise.ranges()) {
        write(response, head(boundary, answer, range, size).getBytes(StandardCharsets.US_ASCII));
        copy(response, answer, range, sent);
      }
      await(response.end(end));
      whole = true;
    } finally {
      answer.over(promise.status(), sent.get(), whole);
    }
  }

  private static String head(String boundary, ContentAnswer answer, ByteRange range, long size) {
    return "\r\n--"
        + boundary
        + "\r\nContent-Type: "
        + answer.representation().mediaType()
        + "\r\nContent-Range: "
        + range.contentRange(size)
        + "\r\n\r\n";
  }

  private static void copy(
      HttpServerResponse response, ContentAnswer answer, ByteRange range, AtomicLong sent)
      throws IOException {
    long left = range.length();
    try (InputStream in = answer.parts().read(range.offset(), range.length())) {
      while (left > 0) {
        byte[] bytes = in.readNBytes((int) Math.min(BUFFER, left));
        if (bytes.length == 0) {
          throw new IOException("The content ended " + left + " bytes early.");
        }
        write(response, bytes);
        left -= bytes.length;
        sent.addAndGet(bytes.length);
      }
    }
  }

  private static void write(HttpServerResponse response, byte[] bytes) throws IOException {
    await(response.write(Buffer.buffer(bytes)));
  }

  static void await(io.vertx.core.Future<Void> written) throws IOException {
    try {
      written.toCompletionStage().toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw new Pipeline.ClientGone(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while sending.", e);
    }
  }
}
