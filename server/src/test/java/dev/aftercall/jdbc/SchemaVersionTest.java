package dev.aftercall.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaVersionTest {
  @Test
  void isThatOfTheNewestMigration() throws Exception {
    Path scripts = Path.of(Database.class.getResource("/db/migration/").toURI());
    List<Integer> versions;
    try (Stream<Path> files = Files.list(scripts)) {
      versions =
          files
              .map(file -> file.getFileName().toString())
              .map(name -> Integer.valueOf(name.substring(1, name.indexOf("__"))))
              .collect(Collectors.toCollection(ArrayList::new));
    }
    versions.add(Integer.valueOf(ListColumns.VERSION));
    versions.add(Integer.valueOf(JournalColumns.VERSION));

    assertThat(Database.SCHEMA).isEqualTo(Collections.max(versions).toString());
  }

  @Test
  void opensWhatItHasMade(@TempDir Path folder) {
    Database.Location location = Database.Location.in(folder);
    Database.open(location).close();
    try (Database again = Database.open(location)) {
      again.check();
    }
  }
}
