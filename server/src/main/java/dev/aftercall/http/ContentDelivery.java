package dev.aftercall.http;

import dev.aftercall.content.Content;
import dev.aftercall.http.ContentAnswer.Representation;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Delivers content: conditions first, then ranges, then the cheapest way to the socket that the
 * content allows. The same fields and the same parts whether it lies on disk or in an object store.
 */
final class ContentDelivery {
  private final RemoteContent remote;
  private final Duration redirectLifetime;

  ContentDelivery(RemoteContent remote, Duration redirectLifetime) {
    this.remote = remote;
    this.redirectLifetime = redirectLifetime;
  }

  /** What was promised: the status and the parts of the body. */
  record Promise(int status, List<ByteRange> ranges) {
    long length() {
      return ranges.stream().mapToLong(ByteRange::length).sum();
    }
  }

  /**
   * Starts the delivery and returns; the answer's end is told when the last byte has left or the
   * client has.
   */
  void deliver(Call call, ContentAnswer answer) throws IOException {
    Representation it = answer.representation();
    HttpServerResponse response = call.response();
    response
        .putHeader("ETag", it.entityTag())
        .putHeader("Last-Modified", Conditions.httpDate(it.lastModified()))
        .putHeader("Accept-Ranges", "bytes")
        .putHeader("Cache-Control", "private, no-cache")
        .putHeader("X-Content-Type-Options", "nosniff");
    switch (Conditions.evaluate(call.headers(), it.entityTag(), it.lastModified())) {
      case FAILED ->
          throw new GraphException(
              ErrorCode.PRECONDITION_FAILED, "The content is another than the request asks for.");
      case NOT_MODIFIED -> {
        response.setStatusCode(304).end();
        answer.over(304, 0, true);
      }
      case GO_ON -> send(call, answer);
    }
  }

  private void send(Call call, ContentAnswer answer) throws IOException {
    HttpServerRequest request = call.request();
    Headers headers = call.headers();
    long size = answer.content().size();
    Representation it = answer.representation();
    // RFC 9110, 14.2: Range is defined for GET alone; a HEAD answers as if it were not there.
    boolean get = request.method().name().equals("GET");
    boolean ranged = get && Conditions.rangeCounts(headers, it.entityTag(), it.lastModified());
    Optional<String> field = ranged ? headers.get("Range") : Optional.empty();
    // A URL signed for GET refuses HEAD, so that one is answered here.
    if (get && answer.content() instanceof Content.AtUrl atUrl && atUrl.redirect()) {
      redirect(request, answer, atUrl);
      return;
    }
    switch (RangeField.read(field, size)) {
      case RangeField.Whole whole ->
          sendParts(call, answer, new Promise(200, List.of(new ByteRange(0, size))));
      case RangeField.Parts parts -> sendParts(call, answer, new Promise(206, parts.ranges()));
      case RangeField.Unsatisfiable none -> {
        request.response().putHeader("Content-Range", "bytes */" + size);
        throw new GraphException(
            ErrorCode.INVALID_RANGE,
            "The specified byte range is invalid or unavailable. The content has "
                + size
                + " bytes.");
      }
    }
  }

  private void redirect(HttpServerRequest request, ContentAnswer answer, Content.AtUrl content) {
    Representation it = answer.representation();
    String url =
        content
            .presigner()
            .get(redirectLifetime, it.mediaType(), ContentDisposition.inline(it.fileName()))
            .toString();
    // 302 and absolute: what every Graph client follows. The object store sends the bytes, so all
    // that we know to be delivered is the permission.
    request
        .response()
        .setStatusCode(302)
        .putHeader("Location", url)
        .putHeader("Cache-Control", "private, no-store")
        .end();
    answer.over(302, 0, true);
  }

  private void sendParts(Call call, ContentAnswer answer, Promise promise) throws IOException {
    HttpServerRequest request = call.request();
    HttpServerResponse response =
        request
            .response()
            .setStatusCode(promise.status())
            .putHeader(
                "Content-Disposition",
                ContentDisposition.inline(answer.representation().fileName()));
    if (promise.ranges().size() > 1) {
      MultipartRanges.send(request, answer, promise);
      return;
    }
    ByteRange range = promise.ranges().getFirst();
    response
        .putHeader("Content-Type", answer.representation().mediaType())
        .putHeader("Content-Length", Long.toString(range.length()));
    if (promise.status() == 206) {
      response.putHeader("Content-Range", range.contentRange(answer.content().size()));
    }
    if (request.method().name().equals("HEAD")) {
      response.end();
      answer.over(promise.status(), 0, true);
      return;
    }
    switch (answer.content()) {
      case Content.OnDisk onDisk ->
          FileTransfer.start(call, onDisk.file(), range, answer, promise.status());
      case Content.AtUrl atUrl -> remote.send(call, atUrl, range, answer, promise.status());
      case Content.InMemory made -> sendMade(response, made, range, answer, promise.status());
    }
  }

  private static void sendMade(
      HttpServerResponse response,
      Content.InMemory content,
      ByteRange range,
      ContentAnswer answer,
      int status) {
    int from = (int) range.offset();
    int to = (int) (range.offset() + range.length());
    response
        .end(Buffer.buffer(Arrays.copyOfRange(content.bytes(), from, to)))
        .onComplete(
            sent -> answer.over(status, sent.succeeded() ? range.length() : 0, sent.succeeded()));
  }
}
