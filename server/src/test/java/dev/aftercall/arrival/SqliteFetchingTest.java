package dev.aftercall.arrival;

import dev.aftercall.testing.TestSetup;

final class SqliteFetchingTest extends FetchingContract {
  @Override
  TestSetup.Difference database() {
    return setup -> {};
  }
}
