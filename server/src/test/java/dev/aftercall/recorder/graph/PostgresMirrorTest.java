package dev.aftercall.recorder.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.jdbc.Database;
import dev.aftercall.jdbc.JdbcMirrors;
import dev.aftercall.testing.PostgresServer;
import dev.aftercall.testing.TestSetup;
import org.junit.jupiter.api.Test;

final class PostgresMirrorTest extends MirrorContract {
  @Override
  TestSetup.Difference database() {
    return TestSetup.database(PostgresServer.freshDatabase());
  }

  @Test
  void ofSeveralNodesOneLeads() {
    try (Database database = Database.open(PostgresServer.freshDatabase())) {
      JdbcMirrors mirrors = new JdbcMirrors(database);
      assertThat(mirrors.lead("m", "one", 100, 200)).isTrue();
      assertThat(mirrors.lead("m", "two", 150, 250)).isFalse();
      assertThat(mirrors.lead("m", "one", 150, 250)).isTrue();
      assertThat(mirrors.lead("m", "two", 251, 351)).as("once it has ended").isTrue();
      mirrors.stepBack("m", "one");
      assertThat(mirrors.lead("m", "one", 252, 352)).as("another's stays").isFalse();
      mirrors.stepBack("m", "two");
      assertThat(mirrors.lead("m", "one", 253, 353)).isTrue();
      assertThat(mirrors.lead("other", "two", 253, 353)).as("each by itself").isTrue();
    }
  }
}
