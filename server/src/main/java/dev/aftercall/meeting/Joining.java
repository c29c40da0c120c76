package dev.aftercall.meeting;

import dev.aftercall.time.Ids;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * The numbers by which people find a meeting beside its link.
 *
 * @param meetingId {@code joinMeetingIdSettings/joinMeetingId}, 13 digits
 * @param passcode {@code joinMeetingIdSettings/passcode}; empty when none is asked for
 * @param linkPasscode the {@code p} of the short link, whose code is the meeting id
 * @param videoTeleconferenceId 10 digits
 */
public record Joining(
    String meetingId,
    Optional<String> passcode,
    String linkPasscode,
    String videoTeleconferenceId) {
  private static final int MEETING_ID_DIGITS = 13;
  private static final int TELECONFERENCE_DIGITS = 10;
  private static final int PASSCODE_LENGTH = 8;
  private static final int LINK_PASSCODE_LENGTH = 22;

  /** Draws new ones. */
  public static Joining draw(Ids ids, boolean passcodeRequired) {
    return of(ids.guid(), ids.secret(), passcodeRequired);
  }

  /** The same for the same meeting at every try; without passcode. */
  public static Joining derived(UUID meetingKey) {
    UUID secret = named(meetingKey + "/link-passcode");
    byte[] bytes =
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(secret.getMostSignificantBits())
            .putLong(secret.getLeastSignificantBits())
            .array();
    return of(
        named(meetingKey + "/joining"),
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
        false);
  }

  /** The short link of Teams. */
  public String shortLink() {
    return "https://teams.microsoft.com/meet/" + meetingId + "?p=" + linkPasscode;
  }

  private static Joining of(UUID guid, String secret, boolean passcodeRequired) {
    String letters = secret.replace('-', 'x').replace('_', 'y');
    return new Joining(
        digits(guid.getMostSignificantBits() >>> 16, MEETING_ID_DIGITS),
        passcodeRequired ? Optional.of(letters.substring(0, PASSCODE_LENGTH)) : Optional.empty(),
        letters.substring(letters.length() - LINK_PASSCODE_LENGTH),
        digits(guid.getLeastSignificantBits() >>> 2, TELECONFERENCE_DIGITS));
  }

  private static UUID named(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.US_ASCII));
  }

  /** So many decimal digits, the first of them no zero. */
  private static String digits(long random, int count) {
    long smallest = Math.powExact(10L, count - 1);
    return Long.toString(smallest + Long.remainderUnsigned(random, 9 * smallest));
  }
}
