package dev.aftercall.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The conditional fields of RFC 9110, 13, in the order of 13.2.2. Dates that do not parse are as if
 * absent.
 */
final class Conditions {
  /** IMF-fixdate; the day of the month always has two digits. */
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  /** The two obsolete forms that a recipient must still read (RFC 9110, 5.6.7). */
  private static final List<DateTimeFormatter> READ =
      List.of(
          HTTP_DATE,
          DateTimeFormatter.ofPattern("EEEE, dd-MMM-uu HH:mm:ss 'GMT'", Locale.US)
              .withZone(ZoneOffset.UTC),
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.US)
              .withZone(ZoneOffset.UTC));

  private Conditions() {}

  /** What the conditions leave to do. */
  enum Verdict {
    /** Answer as if unconditional. */
    GO_ON,
    /** 304 */
    NOT_MODIFIED,
    /** 412 */
    FAILED
  }

  static Verdict evaluate(Headers headers, String entityTag, long lastModified) {
    Optional<String> ifMatch = headers.get("If-Match");
    if (ifMatch.isPresent()) {
      if (!lists(ifMatch.get(), entityTag, false)) {
        return Verdict.FAILED;
      }
    } else {
      Optional<Long> unmodifiedSince = headers.get("If-Unmodified-Since").flatMap(Conditions::date);
      if (unmodifiedSince.isPresent() && lastModified > unmodifiedSince.get()) {
        return Verdict.FAILED;
      }
    }
    Optional<String> ifNoneMatch = headers.get("If-None-Match");
    if (ifNoneMatch.isPresent()) {
      return lists(ifNoneMatch.get(), entityTag, true) ? Verdict.NOT_MODIFIED : Verdict.GO_ON;
    }
    Optional<Long> modifiedSince = headers.get("If-Modified-Since").flatMap(Conditions::date);
    return modifiedSince.isPresent() && lastModified <= modifiedSince.get()
        ? Verdict.NOT_MODIFIED
        : Verdict.GO_ON;
  }

  /** Whether If-Range, absent or equal, lets the Range field count. */
  static boolean rangeCounts(Headers headers, String entityTag, long lastModified) {
    Optional<String> field = headers.get("If-Range").map(String::strip);
    if (field.isEmpty()) {
      return true;
    }
    String validator = field.get();
    if (validator.startsWith("\"")) {
      return validator.equals(entityTag);
    }
    return date(validator).map(date -> date == lastModified).orElse(false);
  }

  /** The date as a header field has it. */
  static String httpDate(long seconds) {
    return HTTP_DATE.format(Instant.ofEpochSecond(seconds));
  }

  private static Optional<Long> date(String text) {
    for (DateTimeFormatter form : READ) {
      try {
        return Optional.of(Instant.from(form.parse(text.strip())).getEpochSecond());
      } catch (DateTimeException e) {
        // Not in this form.
      }
    }
    return Optional.empty();
  }

  /** Whether the field's list holds the tag; ours are strong, so a weak one only matches weakly. */
  private static boolean lists(String field, String entityTag, boolean weakly) {
    if (field.strip().equals("*")) {
      return true;
    }
    for (String part : field.split(",", -1)) {
      String tag = part.strip();
      if (tag.equals(entityTag) || (weakly && tag.equals("W/" + entityTag))) {
        return true;
      }
    }
    return false;
  }
}
