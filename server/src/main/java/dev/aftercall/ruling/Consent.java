package dev.aftercall.ruling;

import dev.aftercall.meeting.GraphIds;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Resource-specific consent: what an application may do within one meeting's chat.
 *
 * @param threadId of the chat
 */
public record Consent(String threadId, String appId, String permission) {
  private static final String BETWEEN = "\n";

  /** One word for all three, for paths. */
  public String id() {
    String plain = threadId + BETWEEN + appId + BETWEEN + permission;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  /** What {@link #id} made; empty for other text. */
  public static Optional<Consent> parse(String id) {
    return GraphIds.decode(padded(id))
        .map(plain -> plain.split(BETWEEN, -1))
        .filter(parts -> parts.length == 3 && !id.contains("="))
        .map(parts -> new Consent(parts[0], parts[1], parts[2]))
        .filter(consent -> consent.id().equals(id));
  }

  private static String padded(String id) {
    String standard = id.replace('-', '+').replace('_', '/');
    return standard + "=".repeat((4 - standard.length() % 4) % 4);
  }
}
