package dev.aftercall.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.util.LibraryLoaderUtil;

/** SQLite's native library, which the driver otherwise unpacks and compares at every start. */
public final class SqliteLibrary {
  private SqliteLibrary() {}

  /** Puts this platform's library into a folder, for the property {@code org.sqlite.lib.path}. */
  public static void unpackInto(Path folder) throws IOException {
    String name = LibraryLoaderUtil.getNativeLibName();
    String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    try (InputStream library = SqliteLibrary.class.getResourceAsStream(resource)) {
      if (library != null) {
        Path draft = Files.createTempFile(folder, name, ".draft");
        Files.copy(library, draft, StandardCopyOption.REPLACE_EXISTING);
        Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }
}
