package dev.aftercall.http;

import dev.aftercall.content.Content;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

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
   * Starts the delivery, and returns at once or, where bytes have to be copied, when it is over;
   * the answer's end is told when the last byte has left or the client has.
   */
  void deliver(Call call, ContentAnswer answer) throws IOException {
    HttpServerResponse response = call.response();
    ContentDecision.fields(answer.representation()).forEach(response::putHeader);
    boolean get = call.request().method().name().equals("GET");
    switch (ContentDecision.of(get, call.headers(), answer)) {
      case ContentDecision.NotModified none -> {
        response.setStatusCode(304).end();
        answer.over(304, 0, true);
      }
      case ContentDecision.Redirect redirect ->
          redirect(response, answer.begin(List.of()), redirect.content());
      case ContentDecision.Send send ->
          sendParts(call, get ? answer.begin(send.promise().ranges()) : answer, send.promise());
    }
  }

  private void redirect(HttpServerResponse response, ContentAnswer answer, Content.AtUrl content) {
    // 302 and absolute: what every Graph client follows. The object store sends the bytes, so all
    // that we know to be delivered is the permission.
    response
        .setStatusCode(302)
        .putHeader(
            "Location",
            ContentDecision.location(content, answer.representation(), redirectLifetime))
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
      case Content.Made made -> Copying.send(response, answer, range, promise.status());
    }
  }
}
