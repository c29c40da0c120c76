package dev.aftercall.retention;

import dev.aftercall.meeting.MeetingType;
import java.util.Optional;
import java.util.UUID;

/**
 * How long something is kept, counted from the end of the recording.
 *
 * @param name unique in the tenant; told as the cause
 * @param days empty for never to expire
 * @param version moves on with every change
 */
public record RetentionRule(
    UUID id, String name, Scope scope, Optional<Integer> days, long version) {
  /** No rule keeps longer than this, but for those that keep forever. */
  public static final int MOST_DAYS = 36_500;

  /** What a rule is for; the more specific wins. */
  public sealed interface Scope {
    /** Items with that tag. */
    record Tag(String tag) implements Scope {}

    /** What one person organized. */
    record Organizer(UUID person) implements Scope {}

    /** What members of a group organized; of several groups, the lowest rank counts. */
    record Group(UUID group, int rank) implements Scope {}

    /** Meetings of a type. */
    record Meetings(MeetingType type) implements Scope {}

    /** Everything in the tenant. */
    record Tenant() implements Scope {}
  }
}
