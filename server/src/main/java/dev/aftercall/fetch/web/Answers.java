package dev.aftercall.fetch.web;

import dev.aftercall.outbound.RetryAfter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;

/** Reads what a fetch needs from the head of an answer. */
final class Answers {
  private static final int MOST_OF_AN_ERROR = 4_096;

  /** RFC 9110, 8.8.2.2: a date is no weak validator if it is old enough when it is sent. */
  private static final Duration SETTLED = Duration.ofSeconds(60);

  private static final Pattern S3_CODE = Pattern.compile("<Code>([A-Za-z]{1,60})</Code>");
  private static final Pattern STRONG = Pattern.compile("\"[\\x21\\x23-\\x7e]{0,250}\"");

  /** What recorders' files are served as besides video and audio. */
  private static final Set<String> TAKEN =
      Set.of(
          "application/octet-stream",
          "binary/octet-stream",
          "application/mp4",
          "application/ogg",
          "application/x-matroska",
          "text/vtt",
          "application/x-subrip",
          "application/x-tar");

  private Answers() {}

  static Optional<String> field(ClassicHttpResponse response, String name) {
    return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
  }

  static Optional<String> mediaType(ClassicHttpResponse response) {
    return field(response, "Content-Type")
        .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .filter(type -> !type.isEmpty());
  }

  static boolean taken(String mediaType) {
    return mediaType.startsWith("video/")
        || mediaType.startsWith("audio/")
        || TAKEN.contains(mediaType);
  }

  /** A strong ETag, or a date that can stand for one; either may follow If-Range. */
  static Optional<String> validator(ClassicHttpResponse response) {
    Optional<String> tag =
        field(response, "ETag").map(String::strip).filter(STRONG.asMatchPredicate());
    return tag.isPresent() ? tag : settledDate(response);
  }

  private static Optional<String> settledDate(ClassicHttpResponse response) {
    Optional<String> modified = field(response, "Last-Modified");
    Optional<Instant> changed = modified.flatMap(RetryAfter::date);
    Optional<Instant> sent = field(response, "Date").flatMap(RetryAfter::date);
    return changed.isPresent()
            && sent.isPresent()
            && !changed.get().plus(SETTLED).isAfter(sent.get())
        ? modified
        : Optional.empty();
  }

  /** Seconds, or a date, which is read by the other side's clock. */
  static Optional<Duration> retryAfter(ClassicHttpResponse response) {
    return RetryAfter.of(field(response, "Retry-After"), field(response, "Date"));
  }

  /**
   * The status, and the code by which S3 and Azure say more. Nothing else of a body is repeated.
   */
  static String said(ClassicHttpResponse response) {
    String code = "";
    try {
      // Not closed: closing would read the rest, which may have no end.
      InputStream body = response.getEntity() == null ? null : response.getEntity().getContent();
      if (body != null && mediaType(response).filter(type -> type.endsWith("xml")).isPresent()) {
        Matcher found =
            S3_CODE.matcher(new String(body.readNBytes(MOST_OF_AN_ERROR), StandardCharsets.UTF_8));
        code = found.find() ? " " + found.group(1) : "";
      }
    } catch (IOException e) {
      // The status has come, and that is the answer.
    }
    return response.getCode() + code;
  }
}
