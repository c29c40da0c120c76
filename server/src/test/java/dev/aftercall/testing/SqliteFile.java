package dev.aftercall.testing;

import dev.aftercall.jdbc.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A SQLite database with its schema, copied from one that was made once: making it takes longer
 * than most tests.
 */
public final class SqliteFile {
  private SqliteFile() {}

  private static final class Holder {
    static final byte[] MADE = make();

    private static byte[] make() {
      try {
        Path folder = Files.createTempDirectory("aftercall-schema-");
        Database.open(Database.Location.in(folder)).close();
        Path file = folder.resolve("aftercall.db");
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        try (var left = Files.newDirectoryStream(folder)) {
          for (Path path : left) {
            Files.delete(path);
          }
        }
        Files.delete(folder);
        return bytes;
      } catch (IOException e) {
        throw new UncheckedIOException("The schema could not be made", e);
      }
    }
  }

  /** A database in a data folder that has none yet; one that is there stays. */
  public static Database.Location in(Path dataDir) {
    Path file = dataDir.resolve("aftercall.db");
    try {
      if (!Files.exists(file)) {
        Files.write(file, Holder.MADE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The database could not be copied", e);
    }
    return Database.Location.in(dataDir);
  }
}
