package dev.aftercall.http.scim;

import dev.aftercall.testing.TestSetup;

final class PostgresScimTest extends ScimTest {
  @Override
  TestSetup.Difference[] setup() {
    return new TestSetup.Difference[] {TestSetup.onPostgres()};
  }
}
