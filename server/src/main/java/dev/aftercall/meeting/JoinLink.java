package dev.aftercall.meeting;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a join URL names. Clients send them as they got them, decoded, or percent-encoded once too
 * often; all of it means the same.
 */
public sealed interface JoinLink {
  /** {@code …/l/meetup-join/{thread}/0?context={"Tid":…,"Oid":…}} */
  record Classic(String threadId, Optional<UUID> tenant, Optional<UUID> organizer)
      implements JoinLink {}

  /** {@code https://teams.microsoft.com/meet/{meetingId}?p={passcode}} */
  record Brief(String meetingId, Optional<String> passcode) implements JoinLink {}

  /** Reads a link; empty when the text is none. */
  static Optional<JoinLink> parse(String text) {
    Optional<String> decoded = Parsing.decoded(text.strip());
    return decoded.flatMap(Parsing::classic).or(() -> decoded.flatMap(Parsing::brief));
  }

  /** How links are taken apart. */
  final class Parsing {
    private static final int TIMES = 3;
    private static final Pattern CLASSIC =
        Pattern.compile(
            "https://[a-z0-9.-]+(?::\\d{1,5})?/l/meetup-join/([^/?#]+)(?:/\\d+)?/?(?:[?#](.*))?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SHORT =
        Pattern.compile(
            "https://[a-z0-9.-]+(?::\\d{1,5})?/meet/(\\d{6,20})/?(?:\\?(.*))?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern TENANT = member("Tid");
    private static final Pattern ORGANIZER = member("Oid");
    private static final Pattern PASSCODE = Pattern.compile("(?:^|&)p=([^&#]*)");

    private Parsing() {}

    private static Pattern member(String name) {
      return Pattern.compile(
          "\"" + name + "\"\\s*:\\s*\"([0-9a-f-]{36})\"", Pattern.CASE_INSENSITIVE);
    }

    /** Decodes as often as somebody may have encoded. */
    private static Optional<String> decoded(String text) {
      String now = text;
      for (int i = 0; i < TIMES && now.indexOf('%') >= 0; i++) {
        try {
          // A plus sign is a plus sign: this is no form.
          now = URLDecoder.decode(now.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
          return Optional.empty();
        }
      }
      return now.chars().anyMatch(Character::isISOControl) ? Optional.empty() : Optional.of(now);
    }

    private static Optional<JoinLink> classic(String link) {
      Matcher parts = CLASSIC.matcher(link);
      if (!parts.matches()) {
        return Optional.empty();
      }
      String context = parts.group(2) == null ? "" : parts.group(2);
      return Optional.of(
          new Classic(parts.group(1), guid(TENANT, context), guid(ORGANIZER, context)));
    }

    private static Optional<UUID> guid(Pattern member, String context) {
      Matcher found = member.matcher(context);
      return found.find() ? GraphIds.guid(found.group(1)) : Optional.empty();
    }

    private static Optional<JoinLink> brief(String link) {
      Matcher parts = SHORT.matcher(link);
      if (!parts.matches()) {
        return Optional.empty();
      }
      Matcher passcode = PASSCODE.matcher(parts.group(2) == null ? "" : parts.group(2));
      return Optional.of(
          new Brief(
              parts.group(1), passcode.find() ? Optional.of(passcode.group(1)) : Optional.empty()));
    }
  }
}
