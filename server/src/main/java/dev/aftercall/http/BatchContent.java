package dev.aftercall.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Delivers content within a batch, where it is held in memory, and so only a small part of it. */
final class BatchContent {
  private final Duration redirectLifetime;

  BatchContent(Duration redirectLifetime) {
    this.redirectLifetime = redirectLifetime;
  }

  /**
   * Reads what the item asks for; the content's end is told by the part's.
   *
   * @throws GraphException 412, 413, 416
   */
  BatchPart part(Request request, ContentAnswer answer, BatchRoom room) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>(answer.headers());
    headers.putAll(ContentDecision.fields(answer.representation()));
    return switch (ContentDecision.of(true, request.headers(), answer)) {
      case ContentDecision.NotModified none -> part(304, headers, new byte[0], answer);
      case ContentDecision.Redirect redirect -> {
        headers.put(
            "Location",
            ContentDecision.location(
                redirect.content(), answer.representation(), redirectLifetime));
        headers.put("Cache-Control", "private, no-store");
        yield part(302, headers, new byte[0], answer.begin(List.of()));
      }
      case ContentDecision.Send send -> read(request, answer, send.promise(), headers, room);
    };
  }

  private static BatchPart read(
      Request request,
      ContentAnswer answer,
      ContentDelivery.Promise promise,
      Map<String, String> headers,
      BatchRoom room)
      throws IOException {
    long size = answer.content().size();
    List<ByteRange> ranges = promise.ranges();
    // Several ranges are answered whole: a server may ignore Range (RFC 9110, 14.2).
    boolean one = ranges.size() == 1;
    ByteRange range = one ? ranges.getFirst() : new ByteRange(0, size);
    int status = one ? promise.status() : 200;
    int length = room.take(range.length(), request.target());
    ContentAnswer begun = answer.begin(List.of(range));
    byte[] bytes;
    try (InputStream in = answer.parts().read(range.offset(), length)) {
      bytes = in.readNBytes(length);
    }
    if (bytes.length < length) {
      throw new IOException("The content ended " + (length - bytes.length) + " bytes early.");
    }
    headers.put("Content-Type", answer.representation().mediaType());
    headers.put("Content-Length", Integer.toString(length));
    headers.put(
        "Content-Disposition", ContentDisposition.inline(answer.representation().fileName()));
    if (status == 206) {
      headers.put("Content-Range", range.contentRange(size));
    }
    return part(status, headers, bytes, begun);
  }

  private static BatchPart part(
      int status, Map<String, String> headers, byte[] body, ContentAnswer answer) {
    return new BatchPart(
        status,
        headers,
        body,
        delivered -> answer.over(status, delivered ? body.length : 0, delivered));
  }
}
