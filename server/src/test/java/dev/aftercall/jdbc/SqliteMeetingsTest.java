package dev.aftercall.jdbc;

import dev.aftercall.testing.SqliteFile;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteMeetingsTest extends MeetingsContract {
  @TempDir Path dir;

  @Override
  Database.Location location() {
    return SqliteFile.in(dir);
  }
}
