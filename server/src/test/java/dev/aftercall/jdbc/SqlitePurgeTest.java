package dev.aftercall.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqlitePurgeTest extends PurgeContract {
  @TempDir Path own;

  @Override
  Database.Location location() {
    return Database.Location.in(own);
  }
}
