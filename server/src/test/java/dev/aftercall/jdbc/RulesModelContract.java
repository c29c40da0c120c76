package dev.aftercall.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.access.Rules;
import dev.aftercall.change.ChangeRefused;
import dev.aftercall.change.Precondition;
import dev.aftercall.ruling.Consent;
import dev.aftercall.ruling.Grant;
import dev.aftercall.ruling.Grantee;
import dev.aftercall.ruling.GroupMember;
import dev.aftercall.ruling.Policy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Random histories of policies, grants, groups, consents and switches against a small model that
 * knows no SQL: what is refused, and what the rules that servers load say of everybody.
 */
abstract class RulesModelContract {
  private static final long SEED = 20_261_124L;
  private static final int STEPS = 12;
  private static final Precondition ALWAYS = new Precondition.Always();
  private static final List<String> APPS = List.of("a", "b");
  private static final List<String> POLICIES = List.of("p", "q", "r");

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Rows rows = new Rows();
  private final List<UUID> people = List.of(rows.guid(), rows.guid(), rows.guid());
  private final List<UUID> groups = List.of(rows.guid(), rows.guid(), rows.guid(), rows.guid());
  private Database database;
  private JdbcRules loaded;

  /** A database with nothing in it but the schema. */
  abstract Database.Location location();

  /** How many histories are told, each in a tenant of its own. */
  abstract int histories();

  @BeforeEach
  void openDatabase() {
    database = Database.open(location());
    loaded = new JdbcRules(database, false);
  }

  @AfterEach
  void closeDatabase() {
    database.close();
  }

  /** What the administrators have ruled, as plainly as can be. */
  private static final class Model {
    final Map<String, Set<String>> policies = new HashMap<>();
    final Map<Grantee, Grant> grants = new HashMap<>();
    final Map<UUID, Set<UUID>> people = new HashMap<>();
    final Map<UUID, Set<UUID>> within = new HashMap<>();
    final Set<String> consents = new HashSet<>();
    final Set<UUID> exempt = new HashSet<>();
    boolean download;

    boolean isIn(UUID person, UUID group) {
      return people.getOrDefault(group, Set.of()).contains(person)
          || within.getOrDefault(group, Set.of()).stream().anyMatch(inner -> isIn(person, inner));
    }

    boolean reaches(UUID from, UUID to) {
      return from.equals(to)
          || within.getOrDefault(from, Set.of()).stream().anyMatch(inner -> reaches(inner, to));
    }

    Optional<String> counts(UUID person) {
      Grant direct = grants.get(new Grantee.User(person));
      if (direct != null) {
        return Optional.of(direct.policy());
      }
      TreeMap<Integer, String> byRank = new TreeMap<>();
      grants.forEach(
          (grantee, grant) -> {
            if (grantee instanceof Grantee.Group(UUID id) && isIn(person, id)) {
              byRank.put(grant.rank(), grant.policy());
            }
          });
      return byRank.isEmpty()
          ? Optional.ofNullable(grants.get(new Grantee.Everyone())).map(Grant::policy)
          : Optional.of(byRank.firstEntry().getValue());
    }
  }

  @Test
  void agreesWithTheModel() {
    int refused = 0;
    int opened = 0;
    for (int i = 0; i < histories(); i++) {
      UUID tenant = rows.guid();
      Model model = new Model();
      List<String> history = new ArrayList<>();
      for (int step = 0; step < STEPS; step++) {
        refused += step(tenant, model, history) ? 0 : 1;
      }
      loaded.refresh();
      opened += compare(model, loaded.of(tenant), "history " + i + " of seed " + SEED + history);
      if (i % 20 == 19) {
        forget();
      }
    }
    assertThat(refused).as("changes that were refused").isGreaterThan(histories() / 10);
    assertThat(opened).as("a model that never opens proves nothing").isGreaterThan(histories() / 5);
  }

  /** All tenants are loaded at each change: so many as are told of, and no more. */
  private void forget() {
    database.write(
        handle -> {
          for (String table :
              List.of(
                  "access_policy_grant",
                  "access_policy_app",
                  "access_policy",
                  "group_member",
                  "group_in_group",
                  "directory_group",
                  "chat_consent",
                  "tenant_setting",
                  "download_exempt_group")) {
            handle.execute("delete from " + table);
          }
          return 0;
        });
  }

  private boolean step(UUID tenant, Model model, List<String> history) {
    Grantee grantee = grantee();
    String policy = pick(POLICIES);
    UUID group = pick(groups);
    UUID inner = pick(groups);
    UUID person = pick(people);
    int rank = 1 + random.nextInt(3);
    return switch (random.nextInt(12)) {
      case 0, 1 -> {
        Set<String> apps = random.nextBoolean() ? Set.of(pick(APPS)) : Set.copyOf(APPS);
        model.policies.put(policy, apps);
        yield does(
            history,
            "put " + policy + apps,
            true,
            () ->
                new JdbcPolicies(database)
                    .put(tenant, new Policy(policy, "", List.copyOf(apps)), ALWAYS));
      }
      case 2 -> {
        boolean known = model.policies.remove(policy) != null;
        model.grants.values().removeIf(grant -> grant.policy().equals(policy));
        yield does(
            history,
            "remove " + policy,
            known,
            () -> new JdbcPolicies(database).remove(tenant, policy, ALWAYS));
      }
      case 3, 4, 5 -> {
        Grant grant = new Grant(grantee, policy, grantee instanceof Grantee.Group ? rank : 0);
        boolean clash =
            grantee instanceof Grantee.Group
                && model.grants.values().stream()
                    .anyMatch(other -> other.rank() == rank && !other.grantee().equals(grantee));
        boolean fits = model.policies.containsKey(policy) && !clash;
        if (fits) {
          model.grants.put(grantee, grant);
        }
        yield does(
            history,
            "grant " + grant,
            fits,
            () -> new JdbcGrants(database).put(tenant, grant, ALWAYS));
      }
      case 6 -> {
        boolean granted = model.grants.remove(grantee) != null;
        yield does(
            history,
            "unassign " + grantee,
            granted,
            () -> new JdbcGrants(database).remove(tenant, grantee, ALWAYS));
      }
      case 7 -> {
        model.people.computeIfAbsent(group, any -> new HashSet<>()).add(person);
        yield does(
            history,
            person + " joins " + group,
            true,
            () -> new RuleEditor(database, tenant).setMember(group, person, true));
      }
      case 8 -> {
        boolean circle = model.reaches(inner, group);
        if (!circle) {
          model.within.computeIfAbsent(group, any -> new HashSet<>()).add(inner);
        }
        yield does(
            history,
            inner + " into " + group,
            !circle,
            () -> new RuleEditor(database, tenant).setNested(group, inner, true));
      }
      case 9 -> {
        boolean was = model.within.computeIfAbsent(group, any -> new HashSet<>()).remove(inner);
        yield does(
            history,
            inner + " out of " + group,
            was,
            () ->
                new JdbcGroups(database)
                    .leave(tenant, group, new GroupMember.Nested(inner), ALWAYS));
      }
      case 10 -> {
        String app = pick(APPS);
        boolean given = random.nextBoolean();
        boolean known = model.consents.contains(app);
        Consent consent = new Consent("19:x", app, "permission");
        if (given) {
          model.consents.add(app);
        } else {
          model.consents.remove(app);
        }
        yield does(
            history,
            "consent " + app + given,
            given || known,
            () -> {
              if (given) {
                new JdbcConsents(database).give(tenant, consent);
              } else {
                new JdbcConsents(database).takeBack(tenant, consent, ALWAYS);
              }
            });
      }
      default -> {
        model.download = random.nextInt(4) == 0;
        model.exempt.clear();
        model.exempt.add(group);
        Set<UUID> exempt = Set.copyOf(model.exempt);
        boolean download = model.download;
        yield does(
            history,
            "switches " + download + exempt,
            true,
            () ->
                new JdbcTenantSwitches(database)
                    .change(
                        tenant,
                        ALWAYS,
                        it -> it.withParticipantDownload(download).withExemptGroups(exempt)));
      }
    };
  }

  /** Whether it was done, which must be what the model says. */
  private static boolean does(List<String> history, String what, boolean fits, Runnable change) {
    history.add(what);
    boolean done;
    try {
      change.run();
      done = true;
    } catch (ChangeRefused e) {
      done = false;
    }
    assertThat(done).as("seed %s: %s", SEED, history).isEqualTo(fits);
    return done;
  }

  private int compare(Model model, Rules rules, String history) {
    int opened = 0;
    for (UUID person : people) {
      assertThat(rules.effectivePolicy(person)).as(history).isEqualTo(model.counts(person));
      boolean exempt = model.exempt.stream().anyMatch(group -> model.isIn(person, group));
      assertThat(rules.mayDownload(person)).as(history).isEqualTo(model.download || exempt);
      for (String app : APPS) {
        boolean covered =
            model.counts(person).map(model.policies::get).orElse(Set.of()).contains(app);
        assertThat(rules.policyCovers(person, app)).as(history).isEqualTo(covered);
        opened += covered ? 1 : 0;
      }
    }
    for (String app : APPS) {
      assertThat(rules.consented("19:x", app, "permission"))
          .as(history)
          .isEqualTo(model.consents.contains(app));
    }
    return opened;
  }

  private Grantee grantee() {
    return switch (random.nextInt(4)) {
      case 0 -> new Grantee.User(pick(people));
      case 1 -> new Grantee.Everyone();
      default -> new Grantee.Group(pick(groups));
    };
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
