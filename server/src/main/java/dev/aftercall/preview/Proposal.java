package dev.aftercall.preview;

import dev.aftercall.access.Rules;
import dev.aftercall.access.Rules.GroupGrant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Changes that somebody thinks of, in their order. */
public record Proposal(List<Step> steps) {
  /** Copies the list. */
  public Proposal {
    steps = List.copyOf(steps);
  }

  /** The rules as they would stand. */
  public Rules applyTo(Rules rules) {
    Draft draft = new Draft(rules);
    steps.forEach(draft::take);
    return draft.rules();
  }

  /** What is accepted and may yet be a mistake. */
  public List<String> warnings(Rules rules) {
    Rules then = applyTo(rules);
    return steps.stream()
        .flatMap(step -> granted(step).stream())
        .distinct()
        .filter(policy -> !then.policies().containsKey(policy))
        .map(policy -> "There is no policy '" + policy + "': whoever it is granted to has none.")
        .toList();
  }

  private static Optional<String> granted(Step step) {
    return switch (step) {
      case Step.GrantUser grant -> grant.policy();
      case Step.GrantGroup grant -> grant.policy();
      case Step.GrantEveryone grant -> grant.policy();
      default -> Optional.empty();
    };
  }

  /** Rules that can be changed; what is not changed is shared with those it came from. */
  private static final class Draft {
    private static final Comparator<GroupGrant> BY_RANK =
        Comparator.comparingInt(GroupGrant::rank).thenComparing(grant -> grant.group().toString());

    private final Rules before;
    private final Map<String, Set<String>> policies;
    private final Map<UUID, String> users;
    private final List<GroupGrant> groups;
    private Optional<String> everyone;
    private final Map<UUID, Set<UUID>> members;
    private final Map<String, Set<Rules.Consent>> consents;
    private Rules.Download download;
    private Rules.Transcripts transcripts;

    Draft(Rules before) {
      this.before = before;
      this.policies = new HashMap<>(before.policies());
      this.users = new HashMap<>(before.userGrants());
      this.groups = new ArrayList<>(before.groupGrants());
      this.everyone = before.globalGrant();
      this.members = new HashMap<>(before.groups());
      this.consents = new HashMap<>(before.consents());
      this.download = before.download();
      this.transcripts = before.transcripts();
    }

    void take(Step step) {
      switch (step) {
        case Step.PutPolicy(String name, List<String> apps) ->
            policies.put(name, new HashSet<>(apps));
        case Step.RemovePolicy(String name) -> {
          policies.remove(name);
          users.values().removeIf(name::equals);
          groups.removeIf(grant -> grant.policy().equals(name));
          everyone = everyone.filter(granted -> !granted.equals(name));
        }
        case Step.GrantUser(UUID person, Optional<String> policy) ->
            policy.ifPresentOrElse(name -> users.put(person, name), () -> users.remove(person));
        case Step.GrantGroup(UUID group, int rank, Optional<String> policy) -> {
          groups.removeIf(grant -> grant.group().equals(group));
          policy.ifPresent(name -> groups.add(new GroupGrant(group, rank, name)));
        }
        case Step.GrantEveryone(Optional<String> policy) -> everyone = policy;
        case Step.Membership(UUID group, UUID person, boolean member) ->
            change(members, person, group, member);
        case Step.Consent(String thread, String app, String permission, boolean granted) ->
            change(consents, thread, new Rules.Consent(app, permission), granted);
        case Step.Switches switches -> {
          download =
              new Rules.Download(
                  switches.participantDownload().orElse(download.participants()),
                  switches.exemptGroups().orElse(download.exemptGroups()));
          transcripts =
              new Rules.Transcripts(
                  switches.transcriptAccess().orElse(transcripts.graphAccess()),
                  switches.attributed().orElse(transcripts.attributed()));
        }
      }
    }

    private static <K, V> void change(Map<K, Set<V>> sets, K key, V value, boolean there) {
      Set<V> changed = new HashSet<>(sets.getOrDefault(key, Set.of()));
      if (there) {
        changed.add(value);
      } else {
        changed.remove(value);
      }
      sets.put(key, changed);
    }

    Rules rules() {
      groups.sort(BY_RANK);
      return new Rules(
          policies,
          users,
          groups,
          everyone,
          members,
          consents,
          download,
          transcripts,
          before.calendarEventRequired());
    }
  }
}
