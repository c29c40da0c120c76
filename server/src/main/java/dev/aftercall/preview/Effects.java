package dev.aftercall.preview;

import dev.aftercall.access.Rules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What changes between two snapshots of rules, for the people that are known: who organized
 * something, who is in a group, who has a grant.
 *
 * @param applications by client id; those for whom nothing changes are left out
 * @param consentsGained by chat thread
 * @param consentsLost by chat thread
 * @param downloads what changes for people who were invited
 */
public record Effects(
    List<Application> applications,
    Map<String, Set<Rules.Consent>> consentsGained,
    Map<String, Set<Rules.Consent>> consentsLost,
    Downloads downloads) {

  /**
   * What changes for one application.
   *
   * @param gained people on whose path a policy lets it act then, and not now
   * @param lost the other way round
   */
  public record Application(String appId, People gained, People lost) {}

  /**
   * Some people.
   *
   * @param persons how many
   * @param organizers how many of them organized something that was recorded
   * @param fresh of those gained: on whose path no application may act now; of those lost: on whose
   *     path none may act then
   * @param first the first of them, by id, organizers before the others
   */
  public record People(int persons, int organizers, int fresh, List<UUID> first) {
    /** Nobody. */
    public static final People NONE = new People(0, 0, 0, List.of());
  }

  /**
   * Who may download beside the organizer.
   *
   * @param participantsBefore whether everybody invited may, now
   * @param participantsAfter whether everybody invited may, then
   * @param gained people who may then, if invited, and may not now
   * @param lost the other way round
   */
  public record Downloads(
      boolean participantsBefore, boolean participantsAfter, int gained, int lost) {}

  /**
   * Compares.
   *
   * @param organizers who organized something that was recorded
   * @param shown how many ids to give of each
   */
  public static Effects between(Rules before, Rules after, Set<UUID> organizers, int shown) {
    Set<UUID> people = new TreeSet<>(organizers);
    for (Rules rules : List.of(before, after)) {
      people.addAll(rules.groups().keySet());
      people.addAll(rules.userGrants().keySet());
    }
    Map<String, Change> changes = new TreeMap<>();
    int mayDownload = 0;
    int mayNotDownload = 0;
    for (UUID person : people) {
      Set<String> now = apps(before, person);
      Set<String> then = apps(after, person);
      if (!now.equals(then)) {
        boolean organizer = organizers.contains(person);
        minus(then, now)
            .forEach(
                app -> change(changes, app).gained.add(person, organizer, now.isEmpty(), shown));
        minus(now, then)
            .forEach(
                app -> change(changes, app).lost.add(person, organizer, then.isEmpty(), shown));
      }
      boolean could = before.mayDownload(person);
      boolean can = after.mayDownload(person);
      mayDownload += can && !could ? 1 : 0;
      mayNotDownload += could && !can ? 1 : 0;
    }
    return new Effects(
        changes.entrySet().stream()
            .map(
                entry ->
                    new Application(
                        entry.getKey(),
                        entry.getValue().gained.people(),
                        entry.getValue().lost.people()))
            .toList(),
        consents(after, before),
        consents(before, after),
        new Downloads(
            before.download().participants(),
            after.download().participants(),
            mayDownload,
            mayNotDownload));
  }

  private static Set<String> apps(Rules rules, UUID person) {
    return rules
        .effectivePolicy(person)
        .map(policy -> rules.policies().getOrDefault(policy, Set.of()))
        .orElse(Set.of());
  }

  private static Change change(Map<String, Change> changes, String app) {
    return changes.computeIfAbsent(app, any -> new Change());
  }

  private static <T> Set<T> minus(Set<T> all, Set<T> less) {
    Set<T> rest = new HashSet<>(all);
    rest.removeAll(less);
    return rest;
  }

  private static Map<String, Set<Rules.Consent>> consents(Rules in, Rules notIn) {
    Map<String, Set<Rules.Consent>> found = new TreeMap<>();
    in.consents()
        .forEach(
            (thread, consents) -> {
              Set<Rules.Consent> more =
                  minus(consents, notIn.consents().getOrDefault(thread, Set.of()));
              if (!more.isEmpty()) {
                found.put(thread, more);
              }
            });
    return found;
  }

  /** What changes for an application, while it is counted. */
  private static final class Change {
    private final Crowd gained = new Crowd();
    private final Crowd lost = new Crowd();
  }

  private static final class Crowd {
    private int persons;
    private int organizers;
    private int fresh;
    private final List<UUID> firstOrganizers = new ArrayList<>();
    private final List<UUID> firstOthers = new ArrayList<>();

    private int shown;

    void add(UUID person, boolean organizer, boolean isFresh, int most) {
      shown = most;
      persons++;
      organizers += organizer ? 1 : 0;
      fresh += isFresh ? 1 : 0;
      List<UUID> list = organizer ? firstOrganizers : firstOthers;
      if (list.size() < shown) {
        list.add(person);
      }
    }

    People people() {
      List<UUID> first = new ArrayList<>(firstOrganizers);
      firstOthers.stream().limit(shown - first.size()).forEach(first::add);
      return new People(persons, organizers, fresh, List.copyOf(first));
    }
  }

  /** In sentences, for people. */
  public List<String> sentences() {
    List<String> said = new ArrayList<>();
    for (Application app : applications) {
      tell(app.appId(), "gains", "before", app.gained()).ifPresent(said::add);
      tell(app.appId(), "loses", "then", app.lost()).ifPresent(said::add);
    }
    consentsGained.forEach(
        (thread, consents) ->
            consents.forEach(
                it -> said.add(it.appId() + " gains " + it.permission() + " in " + thread + ".")));
    consentsLost.forEach(
        (thread, consents) ->
            consents.forEach(
                it -> said.add(it.appId() + " loses " + it.permission() + " in " + thread + ".")));
    if (downloads.participantsBefore() != downloads.participantsAfter()) {
      said.add(
          downloads.participantsAfter()
              ? "Everybody invited may download, not the organizer alone."
              : "The organizer alone may download, not everybody invited.");
    }
    return said;
  }

  private static Optional<String> tell(String app, String verb, String when, People people) {
    if (people.persons() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        "%s %s %d %s, %d of them organizers; %d open to no application %s."
            .formatted(
                app,
                verb,
                people.persons(),
                people.persons() == 1 ? "person" : "persons",
                people.organizers(),
                people.fresh(),
                when));
  }

  /** Copies; whoever reads them cannot change them. */
  public Effects {
    applications = List.copyOf(applications);
    consentsGained = Map.copyOf(consentsGained);
    consentsLost = Map.copyOf(consentsLost);
  }
}
