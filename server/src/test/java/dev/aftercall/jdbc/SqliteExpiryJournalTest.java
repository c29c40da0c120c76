package dev.aftercall.jdbc;

import dev.aftercall.testing.SqliteFile;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteExpiryJournalTest extends ExpiryJournalContract {
  @TempDir Path own;

  @Override
  Database.Location location() {
    return SqliteFile.in(own);
  }
}
