package dev.aftercall.cli;

import dev.aftercall.config.Settings;
import java.nio.file.Path;
import java.util.Optional;

/** The way into every command. */
public final class Commands {
  private Commands() {}

  /** Runs a command line and returns the exit code: 0 done, 1 failed, 2 not understood. */
  public static int run(String... arguments) {
    // The plain forms of start pass picocli by: reading the annotations of all commands, and the
    // picocli classes that no start-up cache takes (they are Java 5's), would be half of the start.
    boolean start = arguments.length > 0 && arguments[0].equals("start");
    if (start && arguments.length == 1) {
      return start(Optional.empty());
    }
    if (start && arguments.length == 3 && arguments[1].equals("--config")) {
      return start(Optional.of(Path.of(arguments[2])));
    }
    Logging.quiet();
    return Root.run(arguments);
  }

  /**
   * Logging and libraries look for services, which opens all jars, a tenth of a second's work: on
   * the other processor, while this one reads the settings.
   */
  private static void openJars() {
    Thread.ofPlatform()
        .daemon()
        .name("jars")
        .start(() -> ClassLoader.getSystemResource("META-INF/services/of-none"));
  }

  private static int start(Optional<Path> config) {
    openJars();
    try {
      Settings settings = Settings.load(config, System.getenv());
      Start.run(settings);
      return 0;
    } catch (Exception e) {
      System.err.println("aftercall: " + Failure.explain(e));
      return 1;
    }
  }
}
