package dev.aftercall.arrival;

import dev.aftercall.testing.TestSetup;

final class PostgresFetchingTest extends FetchingContract {
  @Override
  TestSetup.Difference database() {
    return TestSetup.onPostgres();
  }
}
