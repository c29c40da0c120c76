package dev.aftercall.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.identity.Caller;
import dev.aftercall.jdbc.Database;
import dev.aftercall.jdbc.JdbcBuckets;
import dev.aftercall.testing.PostgresServer;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SharedThrottleTest extends ThrottleContract {
  private static final String OLD =
      "update throttle_bucket set expires_at = 1 where expires_at is not null";

  private final Database database = Database.open(PostgresServer.freshDatabase());

  @Override
  Buckets buckets() {
    return new JdbcBuckets(database, clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void nodesDrawFromTheSameBucket() {
    Throttle one = get(new Limits.Rates(0, 4, 0), 100);
    Throttle other = get(new Limits.Rates(0, 4, 0), 100);
    Caller app = app("a", new UUID(0, 1));

    assertThat(letThrough(one, app, 3)).isEqualTo(3);
    assertThat(letThrough(other, app, 3)).isEqualTo(1);
    assertThat(letThrough(one, app, 1)).isZero();
  }

  @Test
  void fullBucketsAreForgotten() {
    JdbcBuckets buckets = new JdbcBuckets(database, clock);
    Throttle throttle =
        new TokenBuckets(
            new Limits(
                new Limits.Rates(0, 4, 0),
                new Limits.Rates(0, 0, 0),
                new Limits.Rates(0, 0, 0),
                100),
            buckets);
    throttle.count(app("a", new UUID(0, 1)), "GET");
    assertThat(rows()).isEqualTo(1);

    buckets.tidy();
    assertThat(rows()).as("not yet").isEqualTo(1);
    // Bucket4j takes the machine's clock for this, so the row is made old.
    assertThat(database.<Integer>write(handle -> handle.execute(OLD))).isEqualTo(1);
    buckets.tidy();

    assertThat(rows()).isZero();
    assertThat(letThrough(throttle, app("a", new UUID(0, 1)), 5)).isEqualTo(4);
  }

  private int rows() {
    return database.read(
        handle ->
            handle.createQuery("select count(*) from throttle_bucket").mapTo(Integer.class).one());
  }
}
