package dev.aftercall.http;

import dev.aftercall.content.Content;
import dev.aftercall.http.ContentAnswer.Representation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a request's conditions and ranges make of a content: conditions first, then ranges. */
sealed interface ContentDecision {
  /** 304 */
  record NotModified() implements ContentDecision {}

  /** 302: the object store sends the bytes. */
  record Redirect(Content.AtUrl content) implements ContentDecision {}

  /** These parts, by us. */
  record Send(ContentDelivery.Promise promise) implements ContentDecision {}

  /**
   * Decides.
   *
   * @param get whether it is no HEAD
   * @throws GraphException 412 or 416
   */
  static ContentDecision of(boolean get, Headers headers, ContentAnswer answer) {
    Representation it = answer.representation();
    return switch (Conditions.evaluate(headers, it.entityTag(), it.lastModified())) {
      case FAILED ->
          throw new GraphException(
              ErrorCode.PRECONDITION_FAILED, "The content is another than the request asks for.");
      case NOT_MODIFIED -> new NotModified();
      case GO_ON -> ranges(get, headers, answer);
    };
  }

  private static ContentDecision ranges(boolean get, Headers headers, ContentAnswer answer) {
    // A URL signed for GET refuses HEAD, so that one is answered here.
    if (get && answer.content() instanceof Content.AtUrl atUrl && atUrl.redirect()) {
      return new Redirect(atUrl);
    }
    Representation it = answer.representation();
    long size = answer.content().size();
    // RFC 9110, 14.2: Range is defined for GET alone; a HEAD answers as if it were not there.
    boolean ranged = get && Conditions.rangeCounts(headers, it.entityTag(), it.lastModified());
    return switch (RangeField.read(ranged ? headers.get("Range") : Optional.empty(), size)) {
      case RangeField.Whole whole -> send(200, List.of(new ByteRange(0, size)));
      case RangeField.Parts parts -> send(206, parts.ranges());
      case RangeField.Unsatisfiable none ->
          throw new GraphException(
              ErrorCode.INVALID_RANGE,
              "The specified byte range is invalid or unavailable. The content has "
                  + size
                  + " bytes.",
              Optional.empty(),
              Map.of("Content-Range", "bytes */" + size));
    };
  }

  private static ContentDecision send(int status, List<ByteRange> ranges) {
    return new Send(new ContentDelivery.Promise(status, ranges));
  }

  /** The header fields that go with every answer about the content. */
  static Map<String, String> fields(Representation it) {
    return Map.of(
        "ETag", it.entityTag(),
        "Last-Modified", Conditions.httpDate(it.lastModified()),
        "Accept-Ranges", "bytes",
        "Cache-Control", "private, no-cache",
        "X-Content-Type-Options", "nosniff");
  }

  /** Where a client that is redirected finds the bytes: absolute, and for a while. */
  static String location(Content.AtUrl content, Representation it, Duration lifetime) {
    return content
        .presigner()
        .get(lifetime, it.mediaType(), ContentDisposition.inline(it.fileName()))
        .toString();
  }
}
