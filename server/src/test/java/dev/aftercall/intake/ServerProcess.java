package dev.aftercall.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Aftercall in a process of its own, which can be killed. */
final class ServerProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  final JsonNode ready;
  private final Process process;

  private ServerProcess(Process process, JsonNode ready) {
    this.process = process;
    this.ready = ready;
  }

  /** Starts {@code start-dev} on that folder and waits until it answers. */
  static ServerProcess start(Path dataDir, String... shellPrefix) throws IOException {
    return start(dataDir, List.of(), shellPrefix);
  }

  /** The same with more arguments. */
  static ServerProcess start(Path dataDir, List<String> more, String... shellPrefix)
      throws IOException {
    Path file = dataDir.resolve("ready.json");
    List<String> command = new ArrayList<>(List.of(shellPrefix));
    command.addAll(
        java(
            "start-dev",
            "--http-port",
            "0",
            "--https-port",
            "0",
            "--no-demo",
            "--data",
            dataDir.toString(),
            "--ready-file",
            file.toString()));
    command.addAll(more);
    File log = dataDir.resolve("log.txt").toFile();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log)).start();
    BufferedReader out = process.inputReader();
    String line = out.readLine();
    while (line != null && !line.startsWith("Stop with")) {
      line = out.readLine();
    }
    if (line == null) {
      throw new IOException("The server did not start: " + Files.readString(log.toPath()));
    }
    return new ServerProcess(process, JSON.readTree(file.toFile()));
  }

  /** The command that runs this build of Aftercall. */
  static List<String> java(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.aftercall.Main"));
    command.addAll(List.of(arguments));
    return command;
  }

  String base() {
    return ready.path("http").asText();
  }

  String token(String who) {
    return ready.path("tokens").path(who).asText();
  }

  /** Programs that it runs at this moment. */
  Stream<ProcessHandle> running() {
    return process.descendants();
  }

  /** As {@code kill -9}. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
