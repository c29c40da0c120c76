package dev.aftercall.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.digest.Hmac;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;

/** How messages are proved, where several recorders do it alike; then, what they say as JSON. */
public final class Proof {
  /** How far a message's own time may be from ours. */
  private static final Duration FRESH = Duration.ofMinutes(5);

  private Proof() {}

  /** The sender must have written it just now: an old message may have been overheard. */
  public static void fresh(Letter letter, Instant written) throws Unheard {
    if (Duration.between(written, letter.at()).abs().compareTo(FRESH) > 0) {
      throw Unheard.unproved(
          "The message was signed more than "
              + FRESH.toMinutes()
              + " minutes ago, or ahead of time. Set the clocks right on both sides.");
    }
  }

  /** A header field whose value must be that. */
  static void field(Letter letter, String name, String expected) throws Unheard {
    String brought =
        letter
            .field(name)
            .orElseThrow(() -> Unheard.unproved("The header field " + name + " is missing."));
    if (!Hmac.same(expected, brought)) {
      throw Unheard.unproved(
          "The header field "
              + name
              + " does not prove the message. Set the same secret on both sides.");
    }
  }

  /**
   * The secret as {@code Authorization: Bearer}, or as the password of {@code Basic}, which is all
   * that some senders can.
   *
   * @param user whose password it is; "" for anybody
   */
  static void authorization(Letter letter, String user, String secret) throws Unheard {
    String[] brought = letter.field("Authorization").orElse("").strip().split(" +", 2);
    boolean proved =
        brought.length == 2
            && switch (brought[0].toLowerCase(Locale.ROOT)) {
              case "bearer" -> Hmac.same(secret, brought[1]);
              case "basic" -> password(brought[1], user, secret);
              default -> false;
            };
    if (!proved) {
      throw Unheard.unproved(
          "Send 'Authorization: Bearer' with the secret of the source, or Basic with it as the"
              + " password.");
    }
  }

  private static boolean password(String brought, String user, String secret) {
    try {
      String pair = new String(Base64.getDecoder().decode(brought), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon >= 0
          && (user.isEmpty() || user.equals(pair.substring(0, colon)))
          && Hmac.same(secret, pair.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The body of a letter that was proved. */
  static JsonNode json(Letter letter) throws Unheard {
    if (!letter.method().equals("POST")) {
      throw new Unheard(405, "Messages come by POST.");
    }
    try {
      JsonNode json = Envelope.read(letter.body());
      if (json.isObject()) {
        return json;
      }
    } catch (IllegalArgumentException e) {
      throw new Unheard(400, "The message cannot be read: " + e.getMessage() + ".");
    }
    throw new Unheard(400, "The message cannot be read: it is no JSON object.");
  }
}
