package dev.aftercall.http;

import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import java.util.Arrays;

final class PostgresMeteringTest extends MeteringContract {
  @Override
  TestServer start(TestSetup.Difference... more) {
    TestSetup.Difference[] all = Arrays.copyOf(more, more.length + 1);
    all[more.length] = TestSetup.onPostgres();
    return new TestServer(all);
  }
}
