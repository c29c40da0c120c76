package dev.aftercall.recording;

import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.Role;
import dev.aftercall.query.Filter;
import dev.aftercall.query.ListQuery;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Lists recordings and transcripts, and what happened to them. Confined to one shelf each time. */
public interface Inventory {
  /**
   * Finds a meeting by its thread.
   *
   * @param person whose place on the roster is wanted
   * @return empty when the tenant has no such meeting
   */
  Optional<Place> meeting(UUID tenant, String threadId, UUID person);

  /**
   * A meeting.
   *
   * @param role what the person is to it; empty for strangers
   */
  record Place(Meeting meeting, Optional<Role> role) {}

  /**
   * One page: the first items behind {@code after} in the query's order. An item that is there all
   * the time is on exactly one page, whatever comes and goes meanwhile.
   *
   * @param url how the property that holds the content's address begins
   * @param most so many items at most, in place of the query's own length
   */
  List<Item> page(
      Shelf shelf,
      Artifact.Kind kind,
      String url,
      ListQuery query,
      Optional<Bookmark> after,
      int most);

  /** How many items meet the filter. */
  long count(Shelf shelf, Artifact.Kind kind, String url, Optional<Filter> filter);

  /**
   * The position of the tenant's newest change. No change with a position up to this will ever
   * become visible later.
   */
  long position(UUID tenant);

  /**
   * What happened behind a position, oldest first.
   *
   * @param filter which additions are wanted; removals are told whatever it says, since nobody can
   *     see any more what was removed
   * @param removals whether removals are wanted at all
   * @param most so many changes at most
   */
  List<Change> changes(
      Shelf shelf,
      Artifact.Kind kind,
      String url,
      Optional<Filter> filter,
      boolean removals,
      long after,
      int most);

  /**
   * An artifact as lists show it.
   *
   * @param id as clients know it
   * @param place id of the meeting or ad hoc call, as clients know it
   * @param created ticks
   * @param ended ticks
   */
  record Item(
      UUID artifact,
      String id,
      String place,
      String callId,
      String contentCorrelationId,
      long created,
      long ended) {}

  /**
   * Where a page ended.
   *
   * @param keys the last item's values of the query's order
   * @param artifact the last item
   */
  record Bookmark(List<Filter.Value> keys, UUID artifact) {
    /** Copies the keys. */
    public Bookmark {
      keys = List.copyOf(keys);
    }
  }

  /** Something happened to an artifact. */
  sealed interface Change {
    /** Where it stands among the tenant's changes. */
    long position();

    /** It came. */
    record Added(long position, Item item) implements Change {}

    /** It went; {@code id} is the one clients know. */
    record Removed(long position, String id, Reason reason) implements Change {}
  }

  /** Why an artifact is no longer there. */
  enum Reason {
    /** Somebody deleted it. */
    DELETED,
    /** Its time was over. */
    EXPIRED,
    /** It is still there, but no longer for those who could see it. */
    ACCESS_REVOKED
  }
}
