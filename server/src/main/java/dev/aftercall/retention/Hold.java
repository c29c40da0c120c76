package dev.aftercall.retention;

import dev.aftercall.query.Filter;
import java.util.Optional;
import java.util.UUID;

/**
 * A legal hold: while it stands, nothing it covers is purged.
 *
 * @param name unique among the tenant's standing holds
 * @param placed ticks
 * @param placedBy object id or client id
 * @param released ticks and by whom; empty while it stands
 * @param version moves on with every change
 */
public record Hold(
    UUID id,
    UUID tenant,
    String name,
    String description,
    Scope scope,
    long placed,
    String placedBy,
    Optional<Release> released,
    long version) {
  /** The end of a hold. */
  public record Release(long at, String by) {}

  /** What a hold covers. */
  public sealed interface Scope {
    /** What a person organized, or was on the roster of. */
    record Person(UUID person) implements Scope {}

    /** What one meeting or call left behind. */
    record OfMeeting(UUID meetingKey) implements Scope {}

    /** Everything. */
    record Tenant() implements Scope {}

    /** What meets a condition; {@code text} is how it was written. */
    record Query(String text, Filter filter) implements Scope {}
  }

  /** Whether it keeps an item; the item must know its participants. */
  public boolean covers(ArchiveItem item) {
    return released.isEmpty()
        && switch (scope) {
          case Scope.Person(UUID person) ->
              item.organizer().equals(person) || item.participants().contains(person);
          case Scope.OfMeeting(UUID meeting) -> item.meetingKey().equals(meeting);
          case Scope.Tenant tenant -> true;
          case Scope.Query(String text, Filter filter) -> filter.holds(item::value);
        };
  }
}
