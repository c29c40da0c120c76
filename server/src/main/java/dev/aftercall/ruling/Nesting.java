package dev.aftercall.ruling;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Which groups hold which. Ends also where a circle was made behind our back. */
public final class Nesting {
  /** The most groups on the way from the outermost to the innermost. */
  public static final int DEEPEST = 10;

  private final Map<UUID, Set<UUID>> holders = new HashMap<>();
  private final Map<UUID, Set<UUID>> held = new HashMap<>();

  /** Notes that one group holds another. */
  public void add(UUID group, UUID member) {
    holders.computeIfAbsent(member, any -> new HashSet<>()).add(group);
    held.computeIfAbsent(group, any -> new HashSet<>()).add(member);
  }

  /** The groups themselves and all that hold them, however far out. */
  public Set<UUID> withHolders(Set<UUID> groups) {
    return reached(groups, holders);
  }

  /** Whether the one would hold itself if it held the other. */
  public boolean circleBy(UUID group, UUID member) {
    return reached(Set.of(member), held).contains(group);
  }

  /** How many groups would lie on the longest way through the new place. */
  public int depthBy(UUID group, UUID member) {
    return longest(group, holders, DEEPEST) + longest(member, held, DEEPEST);
  }

  private static Set<UUID> reached(Set<UUID> from, Map<UUID, Set<UUID>> edges) {
    Set<UUID> seen = new HashSet<>(from);
    Set<UUID> edge = from;
    while (!edge.isEmpty()) {
      Set<UUID> next = new HashSet<>();
      for (UUID group : edge) {
        for (UUID one : edges.getOrDefault(group, Set.of())) {
          if (seen.add(one)) {
            next.add(one);
          }
        }
      }
      edge = next;
    }
    return seen;
  }

  /** Groups on the longest way from here, counting no further than {@code most} and one. */
  private static int longest(UUID from, Map<UUID, Set<UUID>> edges, int most) {
    // By layers, each the groups that lie so far off by some way: there is no circle.
    Set<UUID> layer = Set.of(from);
    int length = 0;
    while (!layer.isEmpty() && length <= most) {
      length++;
      Set<UUID> next = new HashSet<>();
      layer.forEach(group -> next.addAll(edges.getOrDefault(group, Set.of())));
      layer = next;
    }
    return length;
  }
}
