package dev.aftercall.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aftercall.change.ChangeRefused;
import dev.aftercall.change.ChangeRefused.Reason;
import dev.aftercall.change.Precondition;
import dev.aftercall.change.Versioned;
import dev.aftercall.query.Page;
import dev.aftercall.query.Paging;
import dev.aftercall.ruling.Consent;
import dev.aftercall.ruling.Grant;
import dev.aftercall.ruling.Grantee;
import dev.aftercall.ruling.Group;
import dev.aftercall.ruling.GroupMember;
import dev.aftercall.ruling.Nesting;
import dev.aftercall.ruling.Policy;
import dev.aftercall.ruling.Switches;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the stores of rules promise beside what {@link RulesContract} reads back. */
abstract class RulingContract {
  private static final Precondition UNSAID = new Precondition.Unsaid();
  private static final Precondition ALWAYS = new Precondition.Always();
  private static final int WRITERS = 8;
  private static final int CHANGES = 25;

  private final Rows rows = new Rows();
  private final UUID tenant = rows.guid();
  private Database database;
  private Database elsewhere;
  private JdbcPolicies policies;
  private JdbcGrants grants;
  private JdbcGroups groups;
  private JdbcConsents consents;
  private JdbcTenantSwitches switches;

  /** A database with nothing in it but the schema; the same at every call within a test. */
  abstract Database.Location location();

  @BeforeEach
  void openDatabase() {
    Database.Location location = location();
    database = Database.open(location);
    elsewhere = Database.open(location);
    policies = new JdbcPolicies(database);
    grants = new JdbcGrants(database);
    groups = new JdbcGroups(database);
    consents = new JdbcConsents(database);
    switches = new JdbcTenantSwitches(database);
  }

  @AfterEach
  void closeDatabase() {
    elsewhere.close();
    database.close();
  }

  /** Each writer reads, changes and writes by what it read until it has come through. */
  @Test
  void noChangeOfParallelWritersIsLost() throws Exception {
    policies.put(tenant, new Policy("p", "", List.of()), UNSAID);
    List<Callable<Integer>> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      String name = "app " + i;
      JdbcPolicies its = new JdbcPolicies(i % 2 == 0 ? database : elsewhere);
      writers.add(() -> addByTurns(its, name));
    }
    int stale = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      for (Future<Integer> writer : threads.invokeAll(writers)) {
        stale += writer.get();
      }
    }
    assertThat(policies.get(tenant, "p").value().appIds()).hasSize(WRITERS * CHANGES);
    assertThat(stale).as("writers met, or this proved nothing").isPositive();
  }

  private int addByTurns(JdbcPolicies its, String name) {
    int stale = 0;
    for (int turn = 0; turn < CHANGES; turn++) {
      while (!added(its, name + "/" + turn)) {
        stale++;
      }
    }
    return stale;
  }

  private boolean added(JdbcPolicies its, String app) {
    Versioned<Policy> read = its.get(tenant, "p");
    List<String> apps = new ArrayList<>(read.value().appIds());
    apps.add(app);
    try {
      its.put(tenant, new Policy("p", "", apps), new Precondition.Version(Set.of(read.version())));
      return true;
    } catch (ChangeRefused e) {
      assertThat(e.reason()).isEqualTo(Reason.STALE);
      return false;
    }
  }

  @Test
  void ofManyWhoMakeTheSameOneMakesIt() throws Exception {
    List<Callable<Boolean>> makers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      JdbcPolicies its = new JdbcPolicies(i % 2 == 0 ? database : elsewhere);
      Policy policy = new Policy("p", "by " + i, List.of());
      makers.add(
          () -> {
            try {
              return its.put(tenant, policy, new Precondition.Absent()).created();
            } catch (ChangeRefused e) {
              return false;
            }
          });
    }
    int made = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      for (Future<Boolean> maker : threads.invokeAll(makers)) {
        made += maker.get() ? 1 : 0;
      }
    }
    assertThat(made).isEqualTo(1);
  }

  /** Two administrators put each other's group in at one time: one is refused. */
  @Test
  void twoHalvesOfACircleDoNotMeet() throws Exception {
    for (int round = 0; round < 10; round++) {
      UUID one = group();
      UUID other = group();
      JdbcGroups theirs = new JdbcGroups(elsewhere);
      List<Callable<Boolean>> halves =
          List.of(() -> joined(groups, one, other), () -> joined(theirs, other, one));
      int joined = 0;
      try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
        for (Future<Boolean> half : threads.invokeAll(halves)) {
          joined += half.get() ? 1 : 0;
        }
      }
      assertThat(joined).isEqualTo(1);
    }
  }

  private boolean joined(JdbcGroups its, UUID group, UUID member) {
    try {
      its.join(tenant, group, new GroupMember.Nested(member), UNSAID);
      return true;
    } catch (ChangeRefused e) {
      assertThat(e.reason()).isEqualTo(Reason.CONFLICT);
      return false;
    }
  }

  @Test
  void groupsLieInGroupsButNotInThemselves() {
    UUID first = group();
    UUID second = group();
    UUID third = group();
    groups.join(tenant, first, new GroupMember.Nested(second), UNSAID);
    groups.join(tenant, second, new GroupMember.Nested(third), UNSAID);

    refused(
        Reason.CONFLICT, () -> groups.join(tenant, third, new GroupMember.Nested(first), UNSAID));
    refused(
        Reason.CONFLICT, () -> groups.join(tenant, first, new GroupMember.Nested(first), UNSAID));
    refused(
        Reason.NOT_FOUND,
        () -> groups.join(tenant, rows.guid(), new GroupMember.Nested(first), UNSAID));
    groups.leave(tenant, second, new GroupMember.Nested(third), ALWAYS);
    groups.join(tenant, third, new GroupMember.Nested(first), UNSAID);
  }

  @Test
  void nestingHasABound() {
    UUID outer = group();
    UUID innermost = outer;
    for (int depth = 2; depth <= Nesting.DEEPEST; depth++) {
      UUID inner = group();
      groups.join(tenant, innermost, new GroupMember.Nested(inner), UNSAID);
      innermost = inner;
    }
    UUID last = innermost;
    refused(
        Reason.CONFLICT, () -> groups.join(tenant, last, new GroupMember.Nested(group()), UNSAID));
    refused(
        Reason.CONFLICT, () -> groups.join(tenant, group(), new GroupMember.Nested(outer), UNSAID));
  }

  @Test
  void aGroupsVersionMovesOnWithItsMembers() {
    UUID group = group();
    UUID person = rows.guid();
    Versioned<Group> before = groups.get(tenant, group);
    GroupMember member = new GroupMember.Person(person);
    Versioned<GroupMember> joined = groups.join(tenant, group, member, UNSAID).member();
    Versioned<Group> after = groups.get(tenant, group);

    assertThat(after.version()).isGreaterThan(before.version());
    assertThat(after.value().people()).isEqualTo(1);
    assertThat(groups.join(tenant, group, member, UNSAID).created()).isFalse();
    assertThat(groups.get(tenant, group)).isEqualTo(after);
    refused(Reason.STALE, () -> groups.join(tenant, group, member, new Precondition.Absent()));
    refused(Reason.PRECONDITION_REQUIRED, () -> groups.leave(tenant, group, member, UNSAID));
    groups.leave(tenant, group, member, new Precondition.Version(Set.of(joined.version())));
    refused(Reason.NOT_FOUND, () -> groups.leave(tenant, group, member, ALWAYS));
  }

  @Test
  void aRemovedGroupLeavesNothingBehind() {
    UUID outer = group();
    UUID group = group();
    UUID inner = group();
    groups.join(tenant, outer, new GroupMember.Nested(group), UNSAID);
    groups.join(tenant, group, new GroupMember.Nested(inner), UNSAID);
    groups.join(tenant, group, new GroupMember.Person(rows.guid()), UNSAID);
    groups.remove(tenant, group, ALWAYS);

    assertThat(groups.get(tenant, outer).value().groups()).isZero();
    groups.put(tenant, group, "again", UNSAID);
    assertThat(groups.get(tenant, group).value()).isEqualTo(new Group(group, "again", 0, 0));
  }

  @Test
  void noTwoGroupsHaveOneRank() {
    policies.put(tenant, new Policy("p", "", List.of()), UNSAID);
    UUID first = rows.guid();
    UUID second = rows.guid();
    grants.put(tenant, new Grant(new Grantee.Group(first), "p", 1), UNSAID);
    refused(
        Reason.CONFLICT,
        () -> grants.put(tenant, new Grant(new Grantee.Group(second), "p", 1), UNSAID));
    grants.put(tenant, new Grant(new Grantee.Group(first), "p", 2), ALWAYS);
    grants.put(tenant, new Grant(new Grantee.Group(second), "p", 1), UNSAID);
    UUID another = rows.guid();
    policies.put(another, new Policy("p", "", List.of()), UNSAID);
    grants.put(another, new Grant(new Grantee.Group(first), "p", 1), UNSAID);
  }

  @Test
  void whatIsGrantedExists() {
    refused(
        Reason.INVALID, () -> grants.put(tenant, Grant.of(new Grantee.Everyone(), "none"), UNSAID));
  }

  @Test
  void whatIsMadeAnewHasAnotherVersion() {
    Grant grant = Grant.of(new Grantee.User(rows.guid()), "p");
    policies.put(tenant, new Policy("p", "", List.of()), UNSAID);
    long before = grants.put(tenant, grant, UNSAID).grant().version();
    grants.remove(tenant, grant.grantee(), ALWAYS);
    grants.put(tenant, grant, UNSAID);
    refused(
        Reason.STALE,
        () -> grants.remove(tenant, grant.grantee(), new Precondition.Version(Set.of(before))));
  }

  @Test
  void consentsAreGivenOnceAndListedByChat() {
    Consent consent = new Consent("19:b@thread.v2", "app", "permission");
    long version = consents.give(tenant, consent).consent().version();
    assertThat(consents.give(tenant, consent).consent().version()).isEqualTo(version);
    consents.give(tenant, new Consent("19:a@thread.v2", "app", "permission"));

    assertThat(consents.list(tenant, Optional.of("19:b@thread.v2"), Paging.ALL).items())
        .containsExactly(new Versioned<>(consent, version));
    assertThat(Consent.parse(consent.id())).contains(consent);
    assertThat(Consent.parse(consent.id() + "=")).isEmpty();
    assertThat(Consent.parse("?")).isEmpty();
    refused(Reason.PRECONDITION_REQUIRED, () -> consents.takeBack(tenant, consent, UNSAID));
    consents.takeBack(tenant, consent, new Precondition.Version(Set.of(version)));
    refused(Reason.NOT_FOUND, () -> consents.takeBack(tenant, consent, ALWAYS));
  }

  @Test
  void switchesStandAsDefaultsUntilTheyAreSet() {
    Versioned<Switches> unset = switches.of(tenant);
    assertThat(unset).isEqualTo(new Versioned<>(Switches.DEFAULT, 0));
    refused(Reason.PRECONDITION_REQUIRED, () -> switches.change(tenant, UNSAID, it -> it));
    UUID group = rows.guid();
    Versioned<Switches> set =
        switches.change(
            tenant,
            new Precondition.Version(Set.of(0L)),
            it -> it.withExemptGroups(Set.of(group)).withAttributedTranscripts(false));

    assertThat(switches.of(tenant)).isEqualTo(set);
    assertThat(set.value()).isEqualTo(new Switches(false, Set.of(group), true, false));
    refused(
        Reason.STALE,
        () -> switches.change(tenant, new Precondition.Version(Set.of(0L)), it -> it));
  }

  @Test
  void everyListGoesOnWhereItStopped() {
    policies.put(tenant, new Policy("p", "", List.of()), UNSAID);
    UUID group = group();
    group();
    group();
    grants.put(tenant, Grant.of(new Grantee.Everyone(), "p"), UNSAID);
    for (int i = 1; i <= 3; i++) {
      grants.put(tenant, new Grant(new Grantee.Group(rows.guid()), "p", i), UNSAID);
      grants.put(tenant, Grant.of(new Grantee.User(rows.guid()), "p"), UNSAID);
      groups.join(tenant, group, new GroupMember.Person(rows.guid()), UNSAID);
      groups.join(tenant, group, new GroupMember.Nested(group()), UNSAID);
      consents.give(tenant, new Consent("19:" + i % 2, "app " + i, "permission"));
    }
    assertThat(walked(paging -> grants.list(tenant, Optional.empty(), paging), this::grantKey))
        .hasSize(7)
        .doesNotHaveDuplicates();
    assertThat(walked(paging -> groups.list(tenant, paging), it -> it.id().toString()))
        .hasSize(6)
        .doesNotHaveDuplicates();
    assertThat(
            walked(
                paging -> groups.members(tenant, group, paging), dev.aftercall.ruling.Groups::key))
        .hasSize(6)
        .doesNotHaveDuplicates();
    assertThat(walked(paging -> consents.list(tenant, Optional.empty(), paging), Consent::id))
        .hasSize(3)
        .doesNotHaveDuplicates();
  }

  private String grantKey(Grant grant) {
    return dev.aftercall.ruling.Grants.key(grant);
  }

  private static <T> List<T> walked(
      java.util.function.Function<Paging, Page<Versioned<T>>> list,
      java.util.function.Function<T, String> key) {
    List<T> all = new ArrayList<>();
    Optional<String> after = Optional.empty();
    while (true) {
      Page<Versioned<T>> page = list.apply(new Paging(2, after));
      page.items().forEach(item -> all.add(item.value()));
      if (!page.more()) {
        return all;
      }
      after = Optional.of(key.apply(all.getLast()));
    }
  }

  private UUID group() {
    UUID id = rows.guid();
    groups.put(tenant, id, "", UNSAID);
    return id;
  }

  private static void refused(Reason reason, Runnable change) {
    assertThatExceptionOfType(ChangeRefused.class)
        .isThrownBy(change::run)
        .matches(refusal -> refusal.reason() == reason, reason.name());
  }
}
