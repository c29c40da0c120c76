package dev.aftercall.cli;

import dev.aftercall.jdbc.SqliteLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The native libraries of SQLite and Netty, unpacked once after a build beside the start-up cache.
 * Both otherwise unpack theirs at every start; SQLite's driver then compares what it has written,
 * byte for byte, and runs {@code uname}.
 */
final class NativeLibraries {
  private static final List<String> NETTY =
      List.of("netty_transport_native_epoll", "netty_tcnative_linux");

  private NativeLibraries() {}

  /** Puts them where {@code java.library.path} and {@code org.sqlite.lib.path} may lead. */
  static void unpackInto(Path folder) throws IOException {
    SqliteLibrary.unpackInto(folder);
    String machine = System.getProperty("os.arch").equals("aarch64") ? "_aarch_64" : "_x86_64";
    for (String name : NETTY) {
      String file = "lib" + name + machine + ".so";
      try (InputStream library =
          NativeLibraries.class.getResourceAsStream("/META-INF/native/" + file)) {
        if (library != null) {
          Path draft = Files.createTempFile(folder, file, ".draft");
          Files.copy(library, draft, StandardCopyOption.REPLACE_EXISTING);
          Files.move(draft, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
        }
      }
    }
  }
}
