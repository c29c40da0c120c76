package dev.aftercall.retention;

import dev.aftercall.change.ChangeRefused;
import dev.aftercall.change.Precondition;
import dev.aftercall.recording.Artifact;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Items as administrators see them. Confined to one tenant each time. */
public interface Archive {
  /** Finds an item by its GUID, in the trash or not, with its participants. */
  Optional<ArchiveItem> find(UUID tenant, UUID artifact);

  /**
   * One page in the order of their ends.
   *
   * @param ask which of them
   * @param after where the page before ended
   */
  List<ArchiveItem> page(UUID tenant, Ask ask, Optional<Position> after, int most);

  /**
   * Which items are wanted.
   *
   * @param removed in the trash, live, or both
   * @param organizer of that person alone
   * @param meetingKey of that meeting alone
   * @param endedBefore ticks; those that ended then or before
   * @param participants whether the items must know them
   */
  record Ask(
      Artifact.Kind kind,
      Optional<Boolean> removed,
      Optional<UUID> organizer,
      Optional<UUID> meetingKey,
      Optional<Long> endedBefore,
      boolean participants) {
    /** All of a kind. */
    public static Ask all(Artifact.Kind kind) {
      return new Ask(
          kind, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    /** What ended by then and is not in the trash. */
    public static Ask live(Artifact.Kind kind, long endedBefore) {
      return new Ask(
          kind,
          Optional.of(false),
          Optional.empty(),
          Optional.empty(),
          Optional.of(endedBefore),
          false);
    }

    /** The same with their participants. */
    public Ask withParticipants() {
      return new Ask(kind, removed, organizer, meetingKey, endedBefore, true);
    }
  }

  /** Where a page ended: at an item with that end. */
  record Position(long ended, UUID artifact) {
    /** Behind an item. */
    public static Position of(ArchiveItem item) {
      return new Position(item.ended(), item.artifact());
    }
  }

  /** What an item's bytes are, in the trash or not. */
  Optional<Artifact.MediaFile> media(UUID tenant, UUID artifact);

  /** Tenants that have anything. */
  List<UUID> tenants();

  /** How many items a tenant has, in the trash and not. */
  Counts counts(UUID tenant);

  /** How many. */
  record Counts(long live, long trash) {}

  /** Finds a meeting or call by its thread; deleted or not. */
  Optional<UUID> meeting(UUID tenant, String threadId);

  /**
   * Replaces an item's tags.
   *
   * @throws ChangeRefused when there is no such item, or it stands otherwise
   */
  void tag(UUID tenant, UUID artifact, Set<String> tags, Precondition precondition);
}
