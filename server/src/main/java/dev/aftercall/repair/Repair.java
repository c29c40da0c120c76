package dev.aftercall.repair;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Where ffmpeg is. */
public final class Repair {
  /** What to say where it is not. */
  public static final String MISSING =
      "ffmpeg is not installed on this machine, or cannot be run. Install it (Debian and Ubuntu:"
          + " apt install ffmpeg; Fedora: dnf install ffmpeg-free; Alpine: apk add ffmpeg), or say"
          + " in the settings where it is, then try again.";

  private Repair() {}

  /**
   * Looks for it.
   *
   * @param setting where the operator says it is, the program or its folder; looked for nowhere
   *     else then. Empty: on the PATH
   */
  public static Optional<Ffmpeg> find(Optional<Path> setting) {
    return find(setting, Objects.requireNonNullElse(System.getenv("PATH"), ""));
  }

  static Optional<Ffmpeg> find(Optional<Path> setting, String path) {
    Stream<Path> folders =
        Arrays.stream(path.split(File.pathSeparator, -1)).flatMap(Repair::absolute);
    return setting
        .map(said -> Stream.of(said, said.resolve("ffmpeg")))
        .orElseGet(() -> folders.map(folder -> folder.resolve("ffmpeg")))
        .map(Path::toAbsolutePath)
        .filter(program -> Files.isRegularFile(program) && Files.isExecutable(program))
        .findFirst()
        .map(Ffmpeg::new);
  }

  /** A relative entry would make it depend on where the server was started. */
  private static Stream<Path> absolute(String entry) {
    try {
      return Stream.of(Path.of(entry)).filter(Path::isAbsolute);
    } catch (InvalidPathException e) {
      return Stream.empty();
    }
  }
}
