package dev.aftercall.jdbc;

import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.recording.Artifact.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * What retention, holds and deletion mean, written a second time and as simply as possible: no
 * database, no batches, no order of locks.
 */
final class ModelArchive {
  static final long DAY = 864_000_000_000L;
  static final int DEFAULT = 120;
  static final int TRASH = 93;
  static final int WARN = 14;
  static final int STEP = 100;

  /** An item and all that ever mattered of it. */
  static final class Thing {
    final Kind kind;
    final UUID id;
    final Meeting meeting;
    final Set<UUID> people;
    Set<String> tags;
    final long ended;
    long counted;
    String state = "live";
    long removed;
    String why = "";

    Thing(Kind kind, UUID id, Meeting meeting, Set<UUID> people, Set<String> tags, long ended) {
      this.kind = kind;
      this.id = id;
      this.meeting = meeting;
      this.people = people;
      this.tags = tags;
      this.ended = ended;
      this.counted = ended;
    }
  }

  /** A rule: what it is for, in a word; days or -1 for never. */
  record Rule(String name, String scope, Object value, int rank, int days) {}

  final Map<UUID, Thing> things = new LinkedHashMap<>();
  final Map<UUID, Rule> rules = new TreeMap<>();
  final Map<UUID, Predicate<Thing>> holds = new HashMap<>();
  final Map<UUID, Set<UUID>> groups = new HashMap<>();
  final Set<UUID> deletedMeetings = new HashSet<>();
  final List<String> journal = new ArrayList<>();
  long seen;

  boolean clashes(UUID id, Rule rule) {
    return rules.entrySet().stream()
        .filter(other -> !other.getKey().equals(id))
        .map(Map.Entry::getValue)
        .anyMatch(
            other ->
                other.name().equals(rule.name())
                    || (other.scope().equals(rule.scope())
                        && (other.value().equals(rule.value())
                            || (rule.scope().equals("group") && other.rank() == rule.rank()))));
  }

  /** Name of the rule and the tick of the end; {@code Long.MAX_VALUE} for never. */
  Map.Entry<String, Long> end(Thing thing) {
    for (String scope : List.of("tag", "organizer", "group", "type", "tenant")) {
      Rule best = null;
      for (Rule rule : rules.values()) {
        if (!rule.scope().equals(scope) || !fits(rule, thing)) {
          continue;
        }
        boolean better =
            best == null
                || (scope.equals("group")
                    ? rule.rank() < best.rank()
                    : best.days() >= 0 && (rule.days() < 0 || rule.days() > best.days()));
        best = better ? rule : best;
      }
      if (best != null) {
        return Map.entry(
            best.name(), best.days() < 0 ? Long.MAX_VALUE : thing.counted + best.days() * DAY);
      }
    }
    return Map.entry("default", thing.counted + DEFAULT * DAY);
  }

  private boolean fits(Rule rule, Thing thing) {
    return switch (rule.scope()) {
      case "tag" -> thing.tags.contains(rule.value());
      case "organizer" -> thing.meeting.organizer().equals(rule.value());
      case "group" ->
          groups.getOrDefault(rule.value(), Set.of()).contains(thing.meeting.organizer());
      case "type" -> thing.meeting.type() == rule.value();
      default -> true;
    };
  }

  boolean held(Thing thing) {
    return holds.values().stream().anyMatch(hold -> hold.test(thing));
  }

  /** A run; returns what it comes to in a word. */
  String run(long now, boolean confirmed) {
    if (now < seen - 5 * 60 * 10_000_000L) {
      return "CLOCK_BEHIND";
    }
    if (seen > 0 && now > seen + STEP * DAY && !confirmed) {
      return "CLOCK_AHEAD";
    }
    seen = Math.max(seen, now);
    int expired = 0;
    int purged = 0;
    for (Thing thing : things.values()) {
      boolean due = thing.state.equals("trash") && thing.removed + TRASH * DAY <= now;
      if (due && !held(thing)) {
        thing.state = "gone";
        purged++;
      }
    }
    for (Thing thing : things.values()) {
      if (thing.state.equals("live") && end(thing).getValue() <= now) {
        thing.state = "trash";
        thing.removed = now;
        thing.why = end(thing).getKey();
        journal.add("retention-trash " + thing.id + " " + thing.why + " " + now);
        expired++;
      }
    }
    return "DONE " + expired + " " + purged;
  }

  boolean delete(Thing thing, long now) {
    boolean was = thing.state.equals("live");
    if (was) {
      thing.state = "trash";
      thing.removed = now;
      thing.why = "";
    }
    return was;
  }

  boolean restore(Thing thing, long now) {
    boolean was = thing.state.equals("trash");
    if (was) {
      thing.state = "live";
      thing.counted = Math.max(thing.ended, now);
    }
    return was;
  }

  /** What getAll of a person shows. */
  Set<UUID> shown(UUID organizer, Kind kind) {
    Set<UUID> shown = new HashSet<>();
    for (Thing thing : things.values()) {
      boolean listed =
          thing.kind == kind
              && thing.state.equals("live")
              && thing.meeting.organizer().equals(organizer)
              && !thing.meeting.channel()
              && thing.meeting.type() != MeetingType.ADHOC
              && !deletedMeetings.contains(thing.meeting.key());
      if (listed) {
        shown.add(thing.id);
      }
    }
    return shown;
  }
}
