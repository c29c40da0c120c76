package dev.aftercall.arrival;

import dev.aftercall.testing.TestSetup;

final class SqliteArrivalsTest extends ArrivalsContract {
  @Override
  TestSetup.Difference database() {
    return setup -> {};
  }
}
