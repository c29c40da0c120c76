package dev.aftercall.meeting;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * A meeting's id as Graph encodes it: base64 of {@code 1*{organizer}*0**{threadId}}. Clients build
 * it from join URLs and take it apart again.
 */
public record MeetingId(UUID organizer, String threadId) {
  private static final String START = "1*";
  private static final String MIDDLE = "*0**";

  /** The id as clients send and receive it. */
  public String encoded() {
    String plain = START + organizer + MIDDLE + threadId;
    return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads an encoded id; empty when the text is none. */
  public static Optional<MeetingId> parse(String encoded) {
    return GraphIds.decode(encoded).flatMap(MeetingId::fromPlain);
  }

  private static Optional<MeetingId> fromPlain(String plain) {
    int middle = plain.indexOf(MIDDLE);
    if (!plain.startsWith(START) || middle < 0) {
      return Optional.empty();
    }
    String thread = plain.substring(middle + MIDDLE.length());
    return GraphIds.guid(plain.substring(START.length(), middle))
        .filter(organizer -> !thread.isEmpty())
        // PostgreSQL takes no NUL, and no thread has any of them.
        .filter(organizer -> thread.chars().noneMatch(Character::isISOControl))
        .map(organizer -> new MeetingId(organizer, thread));
  }
}
