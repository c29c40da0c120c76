package dev.aftercall.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.jdbc.JdbcArrivals;
import dev.aftercall.testing.TestSetup;
import dev.aftercall.time.Ticks;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PostgresArrivalsTest extends ArrivalsContract {
  @Override
  TestSetup.Difference database() {
    return TestSetup.onPostgres();
  }

  @Test
  void whatOneNodeIsAtAnotherLeaves() {
    announce(Sources.SECRET, file("one", "r"));
    ArrivalStore one = new JdbcArrivals(server.database(), "one");
    ArrivalStore two = new JdbcArrivals(server.database(), "two");
    // Later than the server itself looks after it.
    long now = Ticks.of(server.clock().instant().plus(Duration.ofHours(1)));
    long until = now + Ticks.of(Duration.ofMinutes(2));
    assertThat(one.lease(now, until, 8)).hasSize(1);
    assertThat(two.lease(now, until, 8)).isEmpty();
    assertThat(two.lease(until, until + 1, 8)).hasSize(1);
  }
}
