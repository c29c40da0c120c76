package dev.aftercall.recording;

import dev.aftercall.meeting.GraphIds;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.transcript.TranscriptId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * A recording's id as Graph encodes it today: base64 of {@code
 * V2##1{organizer}{tenant}{iCalUId}##{artifact}}. Older documentation shows {@code 1##0##{guid}}
 * encoded and the bare GUID; both are understood when they come in. What ad hoc calls left is
 * {@code 3##{thread}##{artifact}-{seconds since 1970}-Recording}, or {@code …-TranscriptV2##0};
 * clients tell the two apart by that.
 */
public final class RecordingId {
  private static final String START = "V2##1";
  private static final String OLD_START = "1##0##";
  private static final String CALL_START = "3##";
  private static final int GUID_LENGTH = 36;
  private static final long TICKS_PER_SECOND = 10_000_000L;

  private RecordingId() {}

  /** The id of a recording of that meeting. */
  public static String encode(Meeting meeting, UUID artifact) {
    String plain =
        START + meeting.organizer() + meeting.tenant() + meeting.calendarId() + "##" + artifact;
    return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
  }

  /** The id of an artifact, of a meeting's or of an ad hoc call's. */
  public static String encode(Meeting meeting, Artifact it) {
    return encode(meeting, it.kind(), it.artifact(), it.created());
  }

  /**
   * The same from its parts.
   *
   * @param created ticks
   */
  public static String encode(Meeting meeting, Artifact.Kind kind, UUID artifact, long created) {
    if (meeting.type() == MeetingType.ADHOC) {
      String plain =
          CALL_START
              + meeting.threadId()
              + "##"
              + artifact
              + "-"
              + Math.floorDiv(created, TICKS_PER_SECOND)
              + switch (kind) {
                case RECORDING -> "-Recording";
                case TRANSCRIPT -> "-TranscriptV2##0";
              };
      return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
    }
    return switch (kind) {
      case RECORDING -> encode(meeting, artifact);
      case TRANSCRIPT -> TranscriptId.encode(artifact);
    };
  }

  /** Whether the id says more than the artifact's GUID, so that all of it must be right. */
  public static boolean namesMore(String id) {
    return GraphIds.decode(id)
        .filter(plain -> plain.startsWith(START) || plain.startsWith(CALL_START))
        .isPresent();
  }

  /** The artifact that an id names, in any form that ever was documented; empty for other text. */
  public static Optional<UUID> artifact(String id) {
    Optional<UUID> bare = GraphIds.guid(id);
    return bare.isPresent() ? bare : GraphIds.decode(id).flatMap(RecordingId::inPlain);
  }

  /** The iCalUId in the id of a meeting's recording; empty where it has none. */
  public static Optional<String> calendarId(String id) {
    int from = START.length() + 2 * GUID_LENGTH;
    return GraphIds.decode(id)
        .filter(plain -> plain.startsWith(START) && plain.lastIndexOf("##") > from)
        .map(plain -> plain.substring(from, plain.lastIndexOf("##")));
  }

  /** The thread in the id of what an ad hoc call left; empty where it has none. */
  public static Optional<String> callThread(String id) {
    return GraphIds.decode(id)
        .filter(plain -> plain.startsWith(CALL_START))
        .map(plain -> plain.substring(CALL_START.length()))
        .filter(rest -> rest.indexOf("##") > 0)
        .map(rest -> rest.substring(0, rest.indexOf("##")));
  }

  /** Whether the text is an id of an artifact; Graph tells clients who send it as a meeting's. */
  public static boolean looksLikeArtifact(String id) {
    return GraphIds.decode(id)
        .filter(
            plain ->
                plain.startsWith(START)
                    || plain.startsWith(OLD_START)
                    || plain.startsWith(CALL_START))
        .isPresent();
  }

  private static Optional<UUID> inPlain(String plain) {
    if (plain.startsWith(CALL_START)) {
      String[] parts = plain.split("##", 4);
      boolean whole = parts.length > 2 && parts[2].length() > GUID_LENGTH;
      return whole ? GraphIds.guid(parts[2].substring(0, GUID_LENGTH)) : Optional.empty();
    }
    boolean known = plain.startsWith(START) || plain.startsWith(OLD_START);
    return known ? GraphIds.guid(plain.substring(plain.lastIndexOf('#') + 1)) : Optional.empty();
  }
}
