package dev.aftercall.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Types commands and reads what they print. */
final class Shell {
  private Shell() {}

  /** What a command answered. */
  record Said(int code, String out, String err) {}

  static Said run(String... arguments) {
    PrintStream outBefore = System.out;
    PrintStream errBefore = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      int code = Commands.run(arguments);
      return new Said(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(outBefore);
      System.setErr(errBefore);
    }
  }

  /** A server for development that can be started: at any free ports, with that data folder. */
  static StartDev startDev(String data, String... options) {
    StartDev command = new StartDev();
    List<String> all =
        new ArrayList<>(List.of("--http-port", "0", "--https-port", "0", "--data", data));
    all.addAll(List.of(options));
    new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(all.toArray(String[]::new));
    return command;
  }
}
