package dev.aftercall.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A {@code start-dev} of this tree on free ports, with a data folder that goes away with it. */
final class StartedServer implements AutoCloseable {
  /** Room for a build, which the launcher makes when the server is not packaged yet. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Duration FAREWELL = Duration.ofSeconds(20);
  private static final int LAST_LINES = 60;

  private final Path folder;
  private final Process process;
  private final Thread atExit = new Thread(this::stop, "stop-server");

  private StartedServer(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
    // When the tests are interrupted nobody closes us.
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  static StartedServer start() throws IOException {
    Path launcher =
        Path.of(System.getProperty("basedir", "."), "..", "aftercall").toAbsolutePath().normalize();
    Path folder = Files.createTempDirectory("aftercall-conformance");
    Path output = folder.resolve("output.log");
    ProcessBuilder command =
        new ProcessBuilder(
                launcher.toString(),
                "start-dev",
                "--http-port",
                "0",
                "--https-port",
                "0",
                "--data",
                folder.resolve("data").toString(),
                "--ready-file",
                folder.resolve("ready.json").toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    // Answers are judged here, not the start: no need to train its cache.
    command.environment().put("AFTERCALL_AOT", "off");
    StartedServer server = new StartedServer(folder, command.start());
    try {
      server.awaitReady(output);
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  Path readyFile() {
    return folder.resolve("ready.json");
  }

  private void awaitReady(Path output) throws IOException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!Files.exists(readyFile())) {
      boolean ended = !process.isAlive();
      if (ended || Instant.now().isAfter(end)) {
        throw new IOException(
            "The server "
                + (ended ? "ended with " + process.exitValue() : "was not ready in " + PATIENCE)
                + ". Its output:\n"
                + tail(output));
      }
      pause();
    }
  }

  private void pause() throws IOException {
    try {
      process.waitFor(50, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while the server started.", e);
    }
  }

  private static String tail(Path output) throws IOException {
    List<String> lines = Files.readAllLines(output);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  @Override
  public void close() throws IOException {
    Runtime.getRuntime().removeShutdownHook(atExit);
    stop();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** The launcher turns into the server; while it still builds there is a Maven beneath it. */
  private void stop() {
    List<ProcessHandle> beneath = process.descendants().toList();
    process.destroy();
    beneath.forEach(ProcessHandle::destroy);
    try {
      if (!process.waitFor(FAREWELL.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(FAREWELL.toSeconds(), TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
