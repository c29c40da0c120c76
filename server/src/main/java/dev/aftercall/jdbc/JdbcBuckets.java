package dev.aftercall.jdbc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.aftercall.throttle.Buckets;
import dev.aftercall.throttle.ClockTime;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Buckets in PostgreSQL, which all nodes draw from. Each draw is a transaction of its own, so a
 * shared throttle costs up to three for a request. Bucket4j can let a node draw ahead, but then let
 * 116 through a second where 83 were allowed.
 */
public final class JdbcBuckets implements Buckets {
  private static final long MOST = 50_000;
  private static final Duration IDLE = Duration.ofMinutes(1);
  private static final int AT_ONCE = 1_000;

  private final PostgreSQLSelectForUpdateBasedProxyManager<String> rows;
  private final Cache<String, Bucket> known =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(IDLE).build();

  /** Keeps them in that database, and time by that clock. */
  public JdbcBuckets(Database database, InstantSource clock) {
    this.rows =
        Bucket4jPostgreSQL.selectForUpdateBasedBuilder(database.writers())
            .primaryKeyMapper(PrimaryKeyMapper.STRING)
            .table("throttle_bucket")
            .idColumn("name")
            .stateColumn("state")
            .expiresAtColumn("expires_at")
            .clientClock(new ClockTime(clock))
            .expirationAfterWrite(
                ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(IDLE))
            .build();
  }

  @Override
  public Bucket named(String name, BucketConfiguration configuration) {
    return known.get(name, absent -> rows.builder().build(name, () -> configuration));
  }

  /** Forgets those that are full again. */
  public void tidy() {
    while (rows.removeExpired(AT_ONCE) == AT_ONCE) {
      // There may be more.
    }
  }
}
