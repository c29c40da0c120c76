package dev.aftercall.throttle;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.InstantSource;

/** Buckets in this process. One that nobody draws from for a minute is full, and forgotten. */
public final class LocalBuckets implements Buckets {
  private static final long MOST = 50_000;
  private static final Duration IDLE = Duration.ofMinutes(1);

  private final TimeMeter time;
  private final Cache<String, Bucket> buckets;

  /** Keeps time by that clock. */
  public LocalBuckets(InstantSource clock) {
    this.time = new ClockTime(clock);
    Ticker ticker = time::currentTimeNanos;
    this.buckets =
        Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(IDLE).ticker(ticker).build();
  }

  @Override
  public Bucket named(String name, BucketConfiguration configuration) {
    return buckets.get(name, absent -> full(configuration));
  }

  private Bucket full(BucketConfiguration configuration) {
    var builder = Bucket.builder().withCustomTimePrecision(time);
    for (var bandwidth : configuration.getBandwidths()) {
      builder.addLimit(bandwidth);
    }
    return builder.build();
  }

  /** How many are kept, for tests. */
  long size() {
    buckets.cleanUp();
    return buckets.estimatedSize();
  }
}
