package dev.aftercall.throttle;

import dev.aftercall.identity.Caller;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Throttles by token buckets: one for each application, application in a tenant, person, and
 * application in a chat, and for each kind of method. A request draws from all of them, also when
 * it is refused, as Graph has it; a bucket goes no deeper into debt than it is large, or a client
 * that insists would wait for ever.
 */
public final class TokenBuckets implements Throttle {
  /** Nanoseconds from empty to full, times the sustained percentage. */
  private static final long FULL_BY_PERCENT = 100_000_000_000L;

  private final Limits limits;
  private final Buckets buckets;

  /** Throttles to these limits with buckets that lie there. */
  public TokenBuckets(Limits limits, Buckets buckets) {
    this.limits = limits;
    this.buckets = buckets;
  }

  @Override
  public Duration count(Caller caller, String method, Supplier<Optional<String>> chat) {
    Limits.Rates rates = limits.of(method);
    String kind =
        switch (method) {
          case "GET", "HEAD" -> "get";
          case "DELETE" -> "delete";
          default -> "write";
        };
    long wait = draw(kind + " app " + caller.appId(), rates.perApp());
    String tenant = " " + caller.tenant();
    wait =
        Math.max(
            wait, draw(kind + " tenant" + tenant + " " + caller.appId(), rates.perAppAndTenant()));
    if (caller instanceof Caller.User user) {
      wait = Math.max(wait, draw(kind + " user" + tenant + " " + user.oid(), rates.perUser()));
    }
    Optional<String> about = rates.perAppAndChat() > 0 ? chat.get() : Optional.empty();
    if (about.isPresent()) {
      // A thread's name may be of any length, a bucket's may not.
      UUID thread = UUID.nameUUIDFromBytes(about.get().getBytes(StandardCharsets.UTF_8));
      String name = kind + " chat" + tenant + " " + thread + " " + caller.appId();
      wait = Math.max(wait, draw(name, rates.perAppAndChat()));
    }
    return Duration.ofNanos(wait);
  }

  /** Nanoseconds to wait. */
  private long draw(String name, int rate) {
    if (rate == 0) {
      return 0;
    }
    Bucket bucket = buckets.named(name, configuration(rate));
    ConsumptionProbe tried = bucket.tryConsumeAndReturnRemaining(1);
    long wait = tried.getNanosToWaitForRefill();
    long full = FULL_BY_PERCENT / limits.sustainedPercent();
    return tried.isConsumed() || wait > full ? wait : bucket.consumeIgnoringRateLimits(1);
  }

  private BucketConfiguration configuration(int rate) {
    return BucketConfiguration.builder()
        .addLimit(
            Bandwidth.builder()
                .capacity(rate)
                .refillGreedy((long) rate * limits.sustainedPercent(), Duration.ofSeconds(100))
                .build())
        .build();
  }
}
