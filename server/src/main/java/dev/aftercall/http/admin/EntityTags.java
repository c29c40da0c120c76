package dev.aftercall.http.admin;

import dev.aftercall.change.Precondition;
import dev.aftercall.http.GraphException;
import dev.aftercall.http.Request;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions as strong entity tags: {@code "42"}. */
final class EntityTags {
  private static final Pattern TAG = Pattern.compile("\\s*(W/)?\"([^\"]*)\"\\s*(,|$)");
  private static final Pattern VERSION = Pattern.compile("\\d{1,18}");

  private EntityTags() {}

  static String of(long version) {
    return "\"" + version + "\"";
  }

  /** What If-Match and If-None-Match say must hold before the change. */
  static Precondition precondition(Request request) {
    Optional<String> match = request.header("If-Match").map(String::strip);
    Optional<String> noneMatch = request.header("If-None-Match").map(String::strip);
    if (match.isPresent() && noneMatch.isPresent()) {
      throw wrong(
          "If-Match and If-None-Match contradict each other.",
          "Send If-Match to change what exists, or 'If-None-Match: *' to make something new.");
    }
    if (noneMatch.isPresent()) {
      if (!noneMatch.get().equals("*")) {
        throw wrong(
            "If-None-Match is '" + noneMatch.get() + "' and may only be '*' with a change.",
            "Send 'If-None-Match: *' to make something new and never replace what exists.");
      }
      return new Precondition.Absent();
    }
    if (match.isEmpty()) {
      return new Precondition.Unsaid();
    }
    return match.get().equals("*")
        ? new Precondition.Present()
        : new Precondition.Version(versions(match.get()));
  }

  /** Weak tags and those of other servers match nothing (RFC 9110, 13.1.1). */
  private static Set<Long> versions(String field) {
    Set<Long> versions = new HashSet<>();
    Matcher tag = TAG.matcher(field);
    int end = 0;
    while (end < field.length() && tag.find(end) && tag.start() == end) {
      if (tag.group(1) == null && VERSION.matcher(tag.group(2)).matches()) {
        versions.add(Long.valueOf(tag.group(2)));
      }
      end = tag.end();
    }
    if (end < field.length()) {
      throw wrong(
          "If-Match is '" + field + "', which is no list of entity tags.",
          "Send an ETag as it was answered, with its quotes: If-Match: \"42\".");
    }
    return versions;
  }

  /** Whether a list holds the tag, compared weakly. */
  static boolean listed(String field, String tag) {
    if (field.strip().equals("*")) {
      return true;
    }
    Matcher listed = TAG.matcher(field);
    while (listed.find()) {
      if (tag.equals("\"" + listed.group(2) + "\"")) {
        return true;
      }
    }
    return false;
  }

  private static GraphException wrong(String message, String remedy) {
    return AdminRequest.wrong("PreconditionInvalid", message, remedy);
  }
}
