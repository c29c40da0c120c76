package dev.aftercall.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.identity.Caller;
import dev.aftercall.testing.TestClock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How limits are kept, wherever the buckets lie. */
abstract class ThrottleContract {
  private static final UUID ONE = new UUID(0, 1);
  private static final UUID TWO = new UUID(0, 2);
  private static final Limits.Rates NONE = new Limits.Rates(0, 0, 0);

  final TestClock clock = new TestClock(TestClock.START);

  /** Empty buckets that keep time by {@link #clock}. */
  abstract Buckets buckets();

  @Test
  void soManyASecondAndNoMore() {
    Throttle throttle = get(new Limits.Rates(0, 3, 0), 100);

    assertThat(letThrough(throttle, app("a", ONE), 5)).isEqualTo(3);
    assertThat(letThrough(throttle, app("b", ONE), 3)).as("another application").isEqualTo(3);
    assertThat(letThrough(throttle, app("a", TWO), 3)).as("another tenant").isEqualTo(3);
    assertThat(throttle.count(app("a", ONE), "POST")).as("no limit").isZero();
  }

  @Test
  void everyLimitHoldsForItself() {
    Throttle throttle = get(new Limits.Rates(6, 4, 2), 100);

    assertThat(letThrough(throttle, user("a", ONE, 1), 3)).as("a person").isEqualTo(2);
    assertThat(letThrough(throttle, user("a", ONE, 2), 3)).as("the tenant: 4 - 3").isEqualTo(1);
    assertThat(letThrough(throttle, app("a", TWO), 3)).as("the application: 6 - 6").isZero();
    assertThat(letThrough(throttle, user("b", ONE, 1), 1)).as("the person again").isZero();
  }

  @Test
  void refusedRequestsCountButNoDebtGrowsWithoutEnd() {
    Throttle throttle = get(new Limits.Rates(0, 2, 0), 100);
    Caller app = app("a", ONE);

    assertThat(letThrough(throttle, app, 2)).isEqualTo(2);
    assertThat(throttle.count(app, "GET")).isEqualTo(Duration.ofMillis(500));
    assertThat(throttle.count(app, "GET")).isEqualTo(Duration.ofSeconds(1));
    for (int i = 0; i < 100; i++) {
      assertThat(throttle.count(app, "GET")).isBetween(Duration.ZERO, Duration.ofMillis(1_500));
    }
    clock.advance(Duration.ofMillis(1_500));
    assertThat(throttle.count(app, "GET")).isZero();
  }

  @Test
  void aChatIsAskedAboutSoOftenByEachApplication() {
    Throttle throttle = get(new Limits.Rates(0, 0, 0, 1), 100);
    String chat = "19:" + "x".repeat(5_000);

    assertThat(throttle.count(app("a", ONE), "GET", () -> Optional.of(chat))).isZero();
    assertThat(throttle.count(app("a", ONE), "GET", () -> Optional.of(chat))).isPositive();
    assertThat(throttle.count(app("a", ONE), "GET", () -> Optional.of(chat + "y"))).isZero();
    assertThat(throttle.count(app("b", ONE), "GET", () -> Optional.of(chat))).isZero();
    assertThat(throttle.count(app("a", ONE), "GET")).isZero();
  }

  @Test
  void theSustainedRateIsLowerThanThePeak() {
    Throttle throttle = get(new Limits.Rates(0, 100, 0), 83);
    Caller app = app("a", ONE);

    assertThat(letThrough(throttle, app, 100)).isEqualTo(100);
    clock.advance(Duration.ofSeconds(1));
    assertThat(letThrough(throttle, app, 120)).isEqualTo(83);
  }

  @Test
  void manyAtOneTimeGetNoMoreThanThere() throws InterruptedException {
    Throttle throttle = get(new Limits.Rates(0, 10, 0), 100);
    AtomicInteger through = new AtomicInteger();
    Thread[] threads =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    Thread.startVirtualThread(
                        () -> through.addAndGet(letThrough(throttle, app("a", ONE), 5))))
            .toArray(Thread[]::new);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(through).hasValue(10);
  }

  Throttle get(Limits.Rates rates, int sustained) {
    return new TokenBuckets(new Limits(rates, NONE, NONE, sustained), buckets());
  }

  static int letThrough(Throttle throttle, Caller caller, int requests) {
    return (int)
        IntStream.range(0, requests).filter(i -> throttle.count(caller, "GET").isZero()).count();
  }

  static Caller app(String appId, UUID tenant) {
    return new Caller.Application(tenant, appId, "", Set.of());
  }

  static Caller user(String appId, UUID tenant, long person) {
    return new Caller.User(tenant, appId, new UUID(1, person), "", Set.of());
  }
}
