package dev.aftercall.arrival;

import dev.aftercall.testing.TestSetup;

final class PostgresArrivalsTest extends ArrivalsContract {
  @Override
  TestSetup.Difference database() {
    return TestSetup.onPostgres();
  }
}
