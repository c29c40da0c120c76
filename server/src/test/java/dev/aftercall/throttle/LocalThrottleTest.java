package dev.aftercall.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class LocalThrottleTest extends ThrottleContract {
  private final LocalBuckets buckets = new LocalBuckets(clock);

  @Override
  Buckets buckets() {
    return buckets;
  }

  @Test
  void whoIsIdleIsForgotten() {
    Throttle throttle = get(new Limits.Rates(0, 2, 0), 100);
    for (int i = 0; i < 1_000; i++) {
      throttle.count(app("app" + i, new UUID(0, 1)), "GET");
    }
    assertThat(buckets.size()).isEqualTo(1_000);

    clock.advance(Duration.ofMinutes(2));
    throttle.count(app("another", new UUID(0, 1)), "GET");

    assertThat(buckets.size()).isEqualTo(1);
  }
}
