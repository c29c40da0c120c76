package dev.aftercall.storage;

import dev.aftercall.storage.Finding.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Keeps runs, what they found, and the lease by which one node at a time is at it. */
public interface Runs {
  /** Writes a new run down, waiting to be begun. */
  Run open(UUID id, Run.Plan plan, long now);

  /**
   * The same, unless one of that origin was opened since; of several nodes that ask at once, one
   * opens it.
   */
  Optional<Run> openUnlessSince(UUID id, Run.Plan plan, long now, long since);

  /** The newest runs, newest first; of one tenant and of all, or all there are. */
  List<Run> newest(Optional<UUID> tenant, int limit);

  /** The run of that id. */
  Optional<Run> find(UUID id);

  /**
   * Takes the lease and begins or goes on with a run.
   *
   * @param owner who; nobody else has this name
   * @return empty when another holds the lease, or the run is over
   */
  Optional<Run> begin(UUID run, String owner, long now, long until);

  /**
   * Writes down how far a run has come, with what it found and counted since, in one transaction
   * that also prolongs the lease.
   *
   * @return false when the lease is another's; nothing is written then
   */
  boolean save(Run run, String owner, Progress progress, long now, long until);

  /** What came to light since the last save. */
  record Progress(List<Finding> found, Set<String> setAside, Set<String> sound, Tally tally) {}

  /**
   * Ends a run and gives the lease back. When it is done, findings that it did not meet again are
   * resolved; those about bytes only if it read these bytes, which {@link Progress#sound} says.
   *
   * @return false when the lease is another's
   */
  boolean end(Run run, String owner, Run.State state, String reason, long now);

  /** The paths of open findings about bytes, which every run that hashes looks at again. */
  Set<String> suspects(int limit);

  /**
   * Findings in the order of path and kind.
   *
   * @param query what is wanted
   */
  List<Finding.Known> findings(Query query);

  /**
   * Which findings.
   *
   * @param tenant whose; empty for everybody's and nobody's
   * @param states at least one
   * @param after path and kind after which to go on
   */
  record Query(
      Optional<UUID> tenant,
      Set<Finding.State> states,
      Optional<Kind> kind,
      Optional<After> after,
      int limit) {}

  /** A place in the order of findings. */
  record After(String path, Kind kind) {}

  /** Open findings by kind. */
  Map<Kind, Long> open(Optional<UUID> tenant);

  /** What a run counted, for one tenant or all together. */
  Map<Count, Long> counts(UUID run, Optional<UUID> tenant);
}
