package dev.aftercall.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.identity.Caller;
import dev.aftercall.jdbc.Database;
import dev.aftercall.jdbc.JdbcBuckets;
import dev.aftercall.testing.PostgresServer;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SharedThrottleTest extends ThrottleContract {
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

    clock.advance(Duration.ofMinutes(2));
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
