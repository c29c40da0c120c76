package dev.aftercall.meeting;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A meeting with everything that Graph's onlineMeeting says of it.
 *
 * @param joining how people find it; empty for a meeting that came with a recording before there
 *     were online meetings
 * @param externalId what createOrGet found it by
 * @param roster everybody it is for, the organizer included
 * @param document the members that clients set, as a JSON object
 * @param created ticks
 * @param version moves on with every change
 */
public record OnlineMeeting(
    Meeting meeting,
    Optional<Joining> joining,
    Optional<String> externalId,
    Map<UUID, Role> roster,
    String document,
    long created,
    long version) {
  /** Copies the roster. */
  public OnlineMeeting {
    roster = Map.copyOf(roster);
  }

  /** What the person is to the meeting; empty for strangers. */
  public Optional<Role> role(UUID person) {
    return Optional.ofNullable(roster.get(person));
  }
}
