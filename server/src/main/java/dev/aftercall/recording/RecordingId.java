package dev.aftercall.recording;

import dev.aftercall.meeting.GraphIds;
import dev.aftercall.meeting.Meeting;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * A recording's id as Graph encodes it today: base64 of {@code
 * V2##1{organizer}{tenant}{iCalUId}##{artifact}}. Older documentation shows {@code 1##0##{guid}}
 * encoded and the bare GUID; both are understood when they come in.
 */
public final class RecordingId {
  private static final String START = "V2##1";
  private static final String OLD_START = "1##0##";

  private RecordingId() {}

  /** The id of a recording of that meeting. */
  public static String encode(Meeting meeting, UUID artifact) {
    String plain =
        START + meeting.organizer() + meeting.tenant() + meeting.calendarId() + "##" + artifact;
    return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
  }

  /** The artifact that an id names, in any form that ever was documented; empty for other text. */
  public static Optional<UUID> artifact(String id) {
    Optional<UUID> bare = GraphIds.guid(id);
    return bare.isPresent() ? bare : GraphIds.decode(id).flatMap(RecordingId::inPlain);
  }

  /** Whether the text is an id of an artifact; Graph tells clients who send it as a meeting's. */
  public static boolean looksLikeArtifact(String id) {
    return GraphIds.decode(id)
        .filter(plain -> plain.startsWith(START) || plain.startsWith(OLD_START))
        .isPresent();
  }

  private static Optional<UUID> inPlain(String plain) {
    boolean known = plain.startsWith(START) || plain.startsWith(OLD_START);
    return known ? GraphIds.guid(plain.substring(plain.lastIndexOf('#') + 1)) : Optional.empty();
  }
}
