package dev.aftercall.retention;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What runs of the retention leave for the next one, on whichever node. */
public interface RunState {
  /**
   * Takes the lead until {@code until}, unless another node has it.
   *
   * @param holder this node
   */
  boolean lead(String holder, long now, long until);

  /** Steps back from the lead. */
  void stepBack(String holder);

  /** The greatest time that a run has seen, ticks; 0 before the first. */
  long seen();

  /** Notes a time; the greatest stays. */
  void see(long now);

  /** Of these, the warnings that are not noted, or of another time or rule. */
  List<Warning> fresh(List<Warning> warnings);

  /** Notes warnings in place of what was noted of the same items. */
  void warn(List<Warning> warnings);

  /** Forgets warnings of a tenant that were noted before and not again since. */
  void forget(UUID tenant, long warnedBefore);

  /** Standing warnings in the order in which the items expire. */
  List<Warning> warnings(UUID tenant, Optional<Archive.Position> after, int most);

  /**
   * An item will expire.
   *
   * @param expires ticks
   * @param rule by its name
   * @param warned ticks
   */
  record Warning(
      dev.aftercall.recording.Artifact.Kind kind,
      UUID artifact,
      UUID tenant,
      long expires,
      String rule,
      long warned) {}
}
