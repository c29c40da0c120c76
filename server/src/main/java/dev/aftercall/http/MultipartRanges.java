package dev.aftercall.http;

import static dev.aftercall.http.Copying.await;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Several ranges in one answer: {@code multipart/byteranges}, RFC 9110, 14.6. Rare, so it is sent
 * by copying, one buffer at a time, each waited for.
 */
final class MultipartRanges {
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
        await(response.write(head(boundary, answer, range, size)));
        Copying.copy(response, answer, range, sent);
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
}
