package dev.aftercall.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aftercall.change.ChangeRefused;
import dev.aftercall.change.Precondition;
import dev.aftercall.change.Versioned;
import dev.aftercall.metering.Applications.Application;
import dev.aftercall.metering.Applications.UsageQuery;
import dev.aftercall.metering.CapacityExhausted;
import dev.aftercall.metering.Form;
import dev.aftercall.metering.MemoryLedger;
import dev.aftercall.metering.Meter;
import dev.aftercall.metering.Metering;
import dev.aftercall.metering.Plan;
import dev.aftercall.metering.Retrieval;
import dev.aftercall.metering.Session;
import dev.aftercall.metering.Tariff;
import dev.aftercall.metering.Usage;
import dev.aftercall.query.Paging;
import dev.aftercall.testing.TestClock;
import dev.aftercall.testing.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metering on every database, on several nodes, against the model. */
abstract class LedgerContract {
  private static final UUID TENANT = TestServer.TENANT;
  private static final List<Plan> PLANS = List.of(Plan.UNLIMITED, Plan.EVALUATION, Plan.STANDARD);
  private static final long SEED = Long.getLong("aftercall.test.seed", 31L);

  @TempDir Path dir;

  private final TestClock clock = new TestClock(Instant.parse("2024-03-31T22:00:00Z"));
  private Database database;
  private JdbcApplications applications;

  abstract Database.Location location(Path dir);

  @BeforeEach
  void open() {
    database = Database.open(location(dir));
    applications = new JdbcApplications(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Metering node() {
    return new Metering(new JdbcLedger(database), Tariff.DOCUMENTED, clock);
  }

  private static Retrieval retrieval(String app, String caller, String artifact, long minutes) {
    return new Retrieval(
        TENANT, app, caller, TestServer.guid(artifact), Form.CONTENT, Meter.RECORDING, minutes);
  }

  private void plan(String app, Plan plan) {
    applications.set(TENANT, new Application(app, plan), new Precondition.Always());
  }

  private List<Usage> usage() {
    return usage("0000-01", "9999-12");
  }

  private List<Usage> usage(String from, String to) {
    return applications.usage(
        new UsageQuery(
            TENANT, from, to, Optional.empty(), Optional.empty(), Optional.empty(), 1_000));
  }

  /** The sum of the rows is what the months say. */
  private void books() {
    Map<String, Long> rows = new TreeMap<>();
    database
        .read(
            handle ->
                handle
                    .createQuery(
                        "select month || app_id || meter as word, minutes from metering_session")
                    .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                    .list())
        .forEach(row -> rows.merge(row.getKey(), row.getValue(), Long::sum));
    Map<String, Long> months = new TreeMap<>();
    for (Usage usage : usage()) {
      months.put(usage.month() + usage.appId() + Database.word(usage.meter()), usage.minutes());
    }
    assertThat(months).isEqualTo(rows);
  }

  @Test
  void aSessionIsCountedOnceAndPriced() {
    Metering node = node();
    Retrieval it = retrieval("app", "caller", "r", 61);
    assertThat(node.begin(it).over(true)).isEqualTo(61);
    for (int i = 0; i < 10; i++) {
      assertThat(node.begin(it).over(true)).isZero();
    }

    assertThat(usage())
        .containsExactly(new Usage("2024-03", "app", Meter.RECORDING, 1, 61, 61 * 3_000));
    books();
  }

  @Test
  void whoeverWhereverElseIsAnotherSession() {
    Metering node = node();
    List<Retrieval> all =
        List.of(
            retrieval("app", "caller", "r", 1),
            retrieval("app", "another", "r", 1),
            retrieval("app", "caller", "r2", 1),
            new Retrieval(
                TENANT, "app", "caller", TestServer.guid("t"), Form.CONTENT, Meter.TRANSCRIPT, 1),
            new Retrieval(
                TENANT,
                "app",
                "caller",
                TestServer.guid("t"),
                Form.METADATA_CONTENT,
                Meter.TRANSCRIPT,
                1));
    all.forEach(it -> node.begin(it).over(true));
    all.forEach(it -> node.begin(it).over(true));

    assertThat(usage())
        .containsExactly(
            new Usage("2024-03", "app", Meter.RECORDING, 3, 3, 9_000),
            new Usage("2024-03", "app", Meter.TRANSCRIPT, 2, 2, 4_400));
    books();
  }

  @Test
  void aSessionLivesHalfAnHourAndLongerWhenUsedInItsSecondHalf() {
    Metering one = node();
    Metering two = node();
    Retrieval it = retrieval("app", "caller", "r", 5);
    one.begin(it).over(true);
    clock.advance(Duration.ofMinutes(14));
    one.begin(it).over(true);
    clock.advance(Duration.ofMinutes(15));
    // 29 minutes after the beginning: now until 59, on both nodes.
    two.begin(it).over(true);
    clock.advance(Duration.ofMinutes(29));
    one.begin(it).over(true);
    assertThat(usage()).extracting(Usage::retrievals).containsExactly(1L);

    clock.advance(Duration.ofMinutes(30));
    two.begin(it).over(true);
    assertThat(usage()).extracting(Usage::retrievals).containsExactly(2L);
    books();
  }

  @Test
  void aSlowDownloadKeepsItsSessionOpen() {
    Metering node = node();
    Metering other = node();
    Retrieval it = retrieval("app", "caller", "r", 5);
    Metering.Charge slow = node.begin(it);
    for (int i = 0; i < 6; i++) {
      clock.advance(Duration.ofMinutes(20));
      node.tidy();
    }
    assertThat(other.begin(it).over(true)).isEqualTo(5);
    assertThat(slow.over(true)).isZero();
    assertThat(usage()).extracting(Usage::retrievals).containsExactly(1L);
    books();
  }

  @Test
  void whatFailsBeforeTheFirstByteIsFree() {
    Metering one = node();
    Metering two = node();
    Retrieval it = retrieval("app", "caller", "r", 5);
    assertThat(one.begin(it).over(false)).isZero();
    assertThat(usage()).isEmpty();
    books();

    // Given back by one node while another one delivers: counted again.
    Metering.Charge failing = one.begin(it);
    Metering.Charge delivering = two.begin(it);
    failing.over(false);
    assertThat(usage()).isEmpty();
    assertThat(delivering.over(true)).isEqualTo(5);
    assertThat(usage()).extracting(Usage::minutes).containsExactly(5L);
    // And what fails after the first byte of its session changes nothing.
    one.begin(it).over(false);
    assertThat(usage()).extracting(Usage::minutes).containsExactly(5L);
    books();
  }

  @Test
  void evaluationEndsWithTheMonthsMinutesAndBeginsAnewInUtc() {
    plan("app", Plan.EVALUATION);
    Metering node = node();
    for (int i = 0; i < 7; i++) {
      node.begin(retrieval("app", "caller", "r" + i, 90)).over(true);
    }
    assertThat(usage()).extracting(Usage::minutes).containsExactly(630L);
    assertThat(usage()).extracting(Usage::amount).containsExactly(0L);
    Retrieval more = retrieval("app", "caller", "r9", 1);
    refused(() -> node.begin(more));
    refused(() -> node().begin(retrieval("app", "caller", "r10", 0)));
    // What has begun goes on; the other meter and other applications have their own.
    node.begin(retrieval("app", "caller", "r6", 90)).over(true);
    node.begin(retrieval("app2", "caller", "r9", 1)).over(true);
    node.begin(
            new Retrieval(
                TENANT, "app", "caller", TestServer.guid("t"), Form.CONTENT, Meter.TRANSCRIPT, 1))
        .over(true);
    plan("app", Plan.UNLIMITED);
    node.begin(more).over(true);
    plan("app", Plan.EVALUATION);
    refused(() -> node.begin(retrieval("app", "caller", "r11", 1)));

    clock.advance(Duration.ofHours(2));
    node.begin(retrieval("app", "caller", "r11", 1)).over(true);
    assertThat(usage("2024-04", "2024-04")).extracting(Usage::minutes).containsExactly(1L);
    books();
  }

  private static void refused(ThrowingCallable what) {
    assertThatThrownBy(what).isInstanceOf(CapacityExhausted.class);
  }

  @Test
  void theQuotaHoldsUnderParallelDownloadsOnTwoNodes() throws Exception {
    plan("app", Plan.EVALUATION);
    List<Metering> nodes = List.of(node(), node());
    CountDownLatch start = new CountDownLatch(1);
    AtomicInteger refused = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        int number = i;
        all.add(
            CompletableFuture.runAsync(
                () -> {
                  await(start);
                  SplittableRandom random = new SplittableRandom(SEED + number);
                  // Two workers for each of 32 recordings of 30 minutes: 960 minutes wanted.
                  Retrieval it = retrieval("app", "caller", "r" + number / 2, 30);
                  for (int tries = 0; tries < 8; tries++) {
                    try {
                      nodes.get(random.nextInt(2)).begin(it).over(random.nextInt(4) > 0);
                    } catch (CapacityExhausted e) {
                      refused.incrementAndGet();
                    }
                  }
                },
                threads));
      }
      start.countDown();
      for (CompletableFuture<Void> one : all) {
        one.get();
      }
    }

    assertThat(usage()).extracting(Usage::minutes).containsExactly(600L);
    assertThat(usage()).extracting(Usage::retrievals).containsExactly(20L);
    assertThat(refused).hasPositiveValue();
    books();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void randomHistoriesAreCountedAsTheModelCounts() {
    for (int round = 0; round < 12; round++) {
      history(SEED + round, "t" + round);
    }
    books();
  }

  private void history(long seed, String prefix) {
    SplittableRandom random = new SplittableRandom(seed);
    MemoryLedger model = new MemoryLedger();
    List<String> apps = List.of(prefix + "a", prefix + "b", prefix + "c");
    for (int i = 0; i < apps.size(); i++) {
      Plan plan = PLANS.get(i);
      plan(apps.get(i), plan);
      model.plan(apps.get(i), plan);
    }
    List<Metering> real = List.of(node(), node());
    List<Metering> modelled =
        List.of(
            new Metering(model, Tariff.DOCUMENTED, clock),
            new Metering(model, Tariff.DOCUMENTED, clock));
    List<List<Metering.Charge>> open = new ArrayList<>();
    for (int step = 0; step < 150; step++) {
      int what = random.nextInt(10);
      if (what < 5) {
        Retrieval it =
            retrieval(
                apps.get(random.nextInt(3)), "c" + random.nextInt(2), "r" + random.nextInt(4), 70);
        int node = random.nextInt(2);
        Optional<Metering.Charge> here = begin(real.get(node), it);
        Optional<Metering.Charge> there = begin(modelled.get(node), it);
        assertThat(here.isPresent()).as("seed " + seed).isEqualTo(there.isPresent());
        here.ifPresent(charge -> open.add(List.of(charge, there.orElseThrow())));
      } else if (what < 9 && !open.isEmpty()) {
        List<Metering.Charge> charge = open.remove(random.nextInt(open.size()));
        boolean delivered = random.nextInt(3) > 0;
        assertThat(charge.get(0).over(delivered))
            .as("seed " + seed)
            .isEqualTo(charge.get(1).over(delivered));
      } else {
        clock.advance(Duration.ofMinutes(random.nextInt(25)));
        int node = random.nextInt(2);
        real.get(node).tidy();
        modelled.get(node).tidy();
      }
    }
    Set<Usage> wanted =
        model.sessions().stream()
            .collect(
                Collectors.groupingBy(
                    session -> session.month() + "|" + session.retrieval().appId()))
            .values()
            .stream()
            .map(LedgerContract::sum)
            .collect(Collectors.toSet());
    assertThat(usage().stream().filter(it -> it.appId().startsWith(prefix)))
        .as("seed " + seed)
        .containsExactlyInAnyOrderElementsOf(wanted);
  }

  private static Usage sum(List<Session> sessions) {
    Session first = sessions.getFirst();
    long minutes = sessions.stream().mapToLong(it -> it.retrieval().minutes()).sum();
    long amount =
        sessions.stream().mapToLong(it -> it.retrieval().minutes() * it.unitPrice()).sum();
    return new Usage(
        first.month(),
        first.retrieval().appId(),
        Meter.RECORDING,
        sessions.size(),
        minutes,
        amount);
  }

  private static Optional<Metering.Charge> begin(Metering metering, Retrieval it) {
    try {
      return Optional.of(metering.begin(it));
    } catch (CapacityExhausted e) {
      return Optional.empty();
    }
  }

  @Test
  void plansAreChangedOnlyAsTheyStand() {
    Application evaluation = new Application("app", Plan.EVALUATION);
    assertThat(applications.find(TENANT, "app")).isEmpty();
    Versioned<Application> made =
        applications.set(TENANT, evaluation, new Precondition.Unsaid()).application();
    assertThat(applications.find(TENANT, "app")).contains(made);
    refusedFor(ChangeRefused.Reason.PRECONDITION_REQUIRED, new Precondition.Unsaid());
    refusedFor(ChangeRefused.Reason.STALE, new Precondition.Absent());
    refusedFor(ChangeRefused.Reason.STALE, new Precondition.Version(Set.of(made.version() + 1)));
    Versioned<Application> changed =
        applications
            .set(
                TENANT,
                new Application("app", Plan.UNLIMITED),
                new Precondition.Version(Set.of(made.version())))
            .application();
    assertThat(changed.version()).isGreaterThan(made.version());

    // One that has only used something is there for whoever has seen it.
    node().begin(retrieval("used", "caller", "r", 1)).over(true);
    Versioned<Application> used = applications.find(TENANT, "used").orElseThrow();
    assertThat(used.value().plan()).isEqualTo(Plan.STANDARD);
    applications.set(
        TENANT,
        new Application("used", Plan.UNLIMITED),
        new Precondition.Version(Set.of(used.version())));
    assertThat(applications.list(TENANT, Paging.ALL).items())
        .extracting(it -> it.value().appId())
        .containsExactly("app", "used");
    assertThat(applications.list(TENANT, new Paging(1, Optional.of("app"))).items())
        .extracting(it -> it.value().plan())
        .containsExactly(Plan.UNLIMITED);
  }

  private void refusedFor(ChangeRefused.Reason reason, Precondition precondition) {
    assertThatThrownBy(
            () -> applications.set(TENANT, new Application("app", Plan.UNLIMITED), precondition))
        .isInstanceOfSatisfying(
            ChangeRefused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }
}
