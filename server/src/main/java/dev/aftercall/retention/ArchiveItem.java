package dev.aftercall.retention;

import dev.aftercall.content.ContentKey;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.query.Filter.Value;
import dev.aftercall.query.Property;
import dev.aftercall.recording.Artifact;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A recording or transcript as those see it who govern the archive: in the trash or not.
 *
 * @param id as Graph's clients know it
 * @param meetingId as Graph's clients know it; empty for ad hoc calls
 * @param meetingDeleted whether its meeting was deleted, so that Graph shows it no more
 * @param participants on the meeting's roster; empty where nobody asked for them
 * @param groups of the organizer
 * @param created ticks
 * @param ended ticks
 * @param restored ticks; when it last came back from the trash
 * @param version moves on with what administrators change
 * @param removal why it lies in the trash; empty while it is live
 */
public record ArchiveItem(
    Artifact.Kind kind,
    UUID artifact,
    UUID tenant,
    String id,
    UUID meetingKey,
    Optional<String> meetingId,
    MeetingType meetingType,
    boolean meetingDeleted,
    UUID organizer,
    Set<UUID> participants,
    Set<UUID> groups,
    Set<String> tags,
    String callId,
    String contentCorrelationId,
    long created,
    long ended,
    long size,
    String sha256,
    Optional<Long> restored,
    long version,
    Optional<Removal> removal) {
  /** Copies the sets. */
  public ArchiveItem {
    participants = Set.copyOf(participants);
    groups = Set.copyOf(groups);
    tags = Set.copyOf(tags);
  }

  /** Where the bytes are kept. */
  public ContentKey contentKey() {
    return new ContentKey(tenant, artifact);
  }

  /**
   * What a condition sees; the content's address depends on who asks and is not to be asked for.
   */
  public Value value(Property property) {
    return switch (property) {
      case ID -> new Value.Text(id);
      case MEETING_ID -> meetingId.<Value>map(Value.Text::new).orElse(new Value.Null());
      case CALL_ID -> new Value.Text(callId);
      case CONTENT_CORRELATION_ID -> new Value.Text(contentCorrelationId);
      case CREATED -> new Value.Instant(created);
      case ENDED -> new Value.Instant(ended);
      case ORGANIZER -> new Value.Text(organizer.toString());
      case ORGANIZER_TENANT -> new Value.Text(tenant.toString());
      case ORGANIZER_NAME, CONTENT_URL -> new Value.Null();
    };
  }
}
