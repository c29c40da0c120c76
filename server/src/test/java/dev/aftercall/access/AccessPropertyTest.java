package dev.aftercall.access;

import static dev.aftercall.access.RecordingAccess.READ_ALL;
import static dev.aftercall.access.RecordingAccess.READ_CHAT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.access.RecordingAccess.Action;
import dev.aftercall.access.Rules.Consent;
import dev.aftercall.access.Rules.GroupGrant;
import dev.aftercall.identity.Caller;
import dev.aftercall.meeting.MeetingType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Random worlds: the rules agree with a model written from the page, and less never opens more. */
final class AccessPropertyTest {
  private static final int WORLDS = 20_000;
  private static final long SEED = 20_261_123L;
  private static final List<UUID> PEOPLE =
      List.of(Ruling.ORGANIZER, Ruling.COORGANIZER, Ruling.INVITED, Ruling.STRANGER);
  private static final List<UUID> GROUPS =
      List.of(Ruling.GROUP, Ruling.OTHER_GROUP, Ruling.guid(12));
  private static final List<String> APPS = List.of(Ruling.APP, Ruling.OTHER_APP);
  private static final List<String> POLICIES = List.of("p", "q", "r");
  private static final List<String> PERMISSIONS =
      List.of(READ_ALL, READ_CHAT, "OnlineMeetings.Read.All");

  private final SplittableRandom random = new SplittableRandom(SEED);

  @Test
  void agreesWithTheModel() {
    int opened = 0;
    for (int i = 0; i < WORLDS; i++) {
      Ruling world = world();
      for (Action action : Action.values()) {
        boolean allowed = world.decide(action) instanceof Decision.Allow;
        assertThat(allowed)
            .as("world %s of seed %s, %s", i, SEED, action)
            .isEqualTo(AccessModel.opens(world, action));
        opened += allowed ? 1 : 0;
      }
    }
    assertThat(opened).as("a model that never opens proves nothing").isGreaterThan(WORLDS / 10);
  }

  /** The trail asks what the chain names, in its order, and stops at what the decision names. */
  @Test
  void theExplanationTellsOfTheDecisionThatWasMade() {
    for (int i = 0; i < WORLDS; i++) {
      Ruling world = world();
      world.permissions = pick(List.of(Permissions.values()));
      for (Action action : Action.values()) {
        Trail trail = new Trail();
        Decision decision = world.decide(action, trail);
        explains(decision, trail, RecordingAccess.chain(world.caller, world.permissions, action));
        Optional<RecordingAccess.PathUser> path =
            random.nextInt(4) == 0 ? Optional.empty() : Optional.of(world.path);
        Trail whole = new Trail();
        explains(
            OrganizerAccess.admit(
                world.caller, world.permissions, path, pick(PEOPLE), world.rules(), whole),
            whole,
            OrganizerAccess.chain(world.caller, world.permissions, path));
      }
      for (MeetingAccess.Action action : MeetingAccess.Action.values()) {
        Trail trail = new Trail();
        Decision first =
            MeetingAccess.admit(world.caller, action, world.path, world.rules(), trail);
        explains(first, trail, MeetingAccess.chain(world.caller, action));
        if (first instanceof Decision.Allow(Decision.Grounds grounds)
            && (action == MeetingAccess.Action.READ || action == MeetingAccess.Action.WRITE)) {
          explains(
              MeetingAccess.permit(
                  action, grounds, world.meeting(), world.role(), world.now, trail),
              trail,
              MeetingAccess.chain(world.caller, action));
        }
      }
      administers(world.caller);
      subscribes(world);
    }
  }

  private void subscribes(Ruling world) {
    SubscriptionAccess.Scope scope =
        pick(
            List.of(
                new SubscriptionAccess.Scope.Everything(),
                new SubscriptionAccess.Scope.Installed(),
                new SubscriptionAccess.Scope.OfPerson(pick(PEOPLE)),
                new SubscriptionAccess.Scope.OfMeeting(world.meeting().id(), random.nextBoolean()),
                new SubscriptionAccess.Scope.OfCall(world.meeting().key())));
    List<Denial.Rule> chain = SubscriptionAccess.chain(world.caller, world.permissions, scope);
    Trail trail = new Trail();
    Decision first =
        SubscriptionAccess.admit(world.caller, world.permissions, scope, world.rules(), trail);
    explains(first, trail, chain);
    if (first instanceof Decision.Allow && scope instanceof SubscriptionAccess.Scope.OfMeeting) {
      explains(
          SubscriptionAccess.tell(
              world.caller,
              world.permissions,
              scope,
              world.meeting(),
              world.role(),
              world.rules(),
              world.now,
              trail),
          trail,
          chain);
    }
  }

  private void administers(Caller caller) {
    Set<String> permissions = some(List.of(AdminAccess.MANAGE, AdminAccess.COMPLIANCE));
    Set<UUID> roles =
        some(List.of(AdminAccess.TEAMS_ADMINISTRATOR, AdminAccess.COMPLIANCE_ADMINISTRATOR));
    Caller admin =
        switch (caller) {
          case Caller.User user ->
              new Caller.User(
                  user.tenant(), user.appId(), user.oid(), user.upn(), permissions, roles);
          case Caller.Application app ->
              new Caller.Application(app.tenant(), app.appId(), "", permissions);
        };
    for (AdminAccess.Action action : AdminAccess.Action.values()) {
      Trail trail = new Trail();
      explains(AdminAccess.admit(admin, action, trail), trail, AdminAccess.chain(admin, action));
    }
  }

  private static void explains(Decision decision, Trail trail, List<Denial.Rule> chain) {
    Explanation told = trail.explained(decision, chain);
    List<String> failed =
        told.rules().stream()
            .filter(step -> step.verdict() == Explanation.Verdict.FAILED)
            .map(Explanation.Step::rule)
            .toList();
    assertThat(told.allowed()).isEqualTo(decision instanceof Decision.Allow);
    assertThat(told.rules()).extracting(Explanation.Step::rule).doesNotHaveDuplicates();
    switch (decision) {
      case Decision.Allow allow -> {
        assertThat(failed).isEmpty();
        assertThat(told.grounds()).isEqualToIgnoringCase(allow.grounds().name());
      }
      case Decision.Deny(Denial denial) -> {
        assertThat(failed).containsExactly(denial.rule().word());
        assertThat(told.failingRule()).isEqualTo(denial.rule().word());
        assertThat(told.remedy()).isEqualTo(denial.remedy()).isNotBlank();
        int at = told.rules().stream().map(Explanation.Step::rule).toList().indexOf(failed.get(0));
        assertThat(told.rules().subList(at + 1, told.rules().size()))
            .allMatch(step -> step.verdict() == Explanation.Verdict.NOT_ASKED);
      }
    }
    assertThat(told.rules())
        .filteredOn(step -> step.verdict() != Explanation.Verdict.NOT_ASKED)
        .allMatch(step -> !step.input().isBlank());
  }

  @Test
  void contentNeverOpensWhereMetadataStaysShut() {
    for (int i = 0; i < WORLDS; i++) {
      Ruling world = world();
      if (world.decide(Action.CONTENT) instanceof Decision.Allow) {
        assertThat(world.decide(Action.METADATA)).isInstanceOf(Decision.Allow.class);
      }
    }
  }

  @Test
  void takingAwayNeverOpens() {
    for (int i = 0; i < WORLDS; i++) {
      Ruling world = world();
      for (Action action : Action.values()) {
        if (world.decide(action) instanceof Decision.Deny) {
          lessen(world);
          assertThat(world.decide(action))
              .as("world %s of seed %s, %s", i, SEED, action)
              .isInstanceOf(Decision.Deny.class);
        }
      }
    }
  }

  /**
   * Takes one thing away that can only open. Grants of policies are not such: a grant hides those
   * below it, as Microsoft documents; an application within a policy is.
   */
  private void lessen(Ruling world) {
    switch (random.nextInt(7)) {
      case 0 -> world.policies.replaceAll((name, apps) -> without(apps));
      case 1 -> world.global = Optional.empty();
      case 2 -> world.consents.clear();
      case 3 -> world.participants = false;
      case 4 -> world.exempt.clear();
      case 5 -> world.now = Ruling.EXPIRY;
      default -> world.caller = powerless(world.caller);
    }
  }

  private Set<String> without(Set<String> apps) {
    Set<String> fewer = new HashSet<>(apps);
    fewer.remove(pick(APPS));
    return fewer;
  }

  private static Caller powerless(Caller caller) {
    return switch (caller) {
      case Caller.User user ->
          new Caller.User(user.tenant(), user.appId(), user.oid(), user.upn(), Set.of());
      case Caller.Application app ->
          new Caller.Application(app.tenant(), app.appId(), app.displayName(), Set.of());
    };
  }

  private Ruling world() {
    Ruling world = random.nextBoolean() ? person() : application();
    world.path(random.nextInt(3) == 0 ? pick(PEOPLE) : world.person());
    for (String policy : POLICIES) {
      if (random.nextInt(5) > 0) {
        world.policies.put(policy, some(APPS));
      }
    }
    for (UUID person : PEOPLE) {
      if (random.nextInt(4) == 0) {
        world.direct(person, pick(POLICIES));
      }
      world.groups.put(person, some(GROUPS));
    }
    List<GroupGrant> grants = new ArrayList<>();
    for (UUID group : GROUPS) {
      if (random.nextBoolean()) {
        grants.add(new GroupGrant(group, grants.size() * 10 + random.nextInt(10), pick(POLICIES)));
      }
    }
    grants.sort(Comparator.comparingInt(GroupGrant::rank));
    world.groupGrants = grants;
    world.global = random.nextBoolean() ? Optional.of(pick(POLICIES)) : Optional.empty();
    if (random.nextInt(3) == 0) {
      world.consents.add(new Consent(pick(APPS), pick(PERMISSIONS)));
    }
    world.participants = random.nextInt(4) == 0;
    world.exempt.addAll(random.nextBoolean() ? some(GROUPS) : Set.of());
    world.type = pick(List.of(MeetingType.values()));
    world.channel = random.nextInt(4) == 0;
    world.now = Ruling.EXPIRY - 2 + random.nextInt(4);
    if (world.caller instanceof Caller.User && random.nextInt(3) == 0) {
      world.me();
    }
    return world;
  }

  private Ruling person() {
    return Ruling.user(pick(PEOPLE), some(PERMISSIONS).toArray(new String[0]));
  }

  private Ruling application() {
    return Ruling.app(some(PERMISSIONS).toArray(new String[0])).path(pick(PEOPLE));
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private <T> Set<T> some(List<T> from) {
    Set<T> chosen = new HashSet<>();
    for (T one : from) {
      if (random.nextBoolean()) {
        chosen.add(one);
      }
    }
    return chosen;
  }
}
