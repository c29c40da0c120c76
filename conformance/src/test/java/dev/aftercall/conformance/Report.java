package dev.aftercall.conformance;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What came of all checks: a line on the console and a table in target/conformance.md. */
final class Report implements AutoCloseable {
  private static final Path FILE = Path.of("target", "conformance.md");

  private final List<Line> lines = new ArrayList<>();
  private String server = "no server";
  private boolean ofThisTree;

  /** How a check ended. */
  enum Result {
    PASSED,
    FAILED,
    NOT_TRIED
  }

  /** A check. */
  record Line(String group, String check, Mark mark, Result result, String why) {}

  synchronized void judges(ServerUnderTest judged) {
    server = judged.name();
    ofThisTree = judged.ofThisTree();
  }

  /** Whether it is this tree's own server that was judged. */
  synchronized boolean ofThisTree() {
    return ofThisTree;
  }

  synchronized List<Line> lines() {
    return List.copyOf(lines);
  }

  /** The names of the checks that ended as they claim. */
  synchronized Set<String> shown() {
    Set<String> names = new TreeSet<>();
    for (Line line : lines) {
      if (line.result() == Result.PASSED) {
        names.add(Checks.name(line.group(), line.check()));
      }
    }
    return names;
  }

  synchronized void add(Line line) {
    lines.add(line);
  }

  @Override
  public synchronized void close() throws IOException {
    Files.createDirectories(FILE.toAbsolutePath().getParent());
    Files.writeString(FILE, table());
    PrintStream out = System.out;
    out.println("Conformance of " + server + ": " + summary() + " (" + FILE + ")");
  }

  private String summary() {
    String text =
        "%d verified, %d differs, %d todo"
            .formatted(count(Mark.Kind.VERIFIED), count(Mark.Kind.DIFFERS), count(Mark.Kind.TODO));
    long failed = count(Result.FAILED);
    long notTried = count(Result.NOT_TRIED);
    return text
        + (failed == 0 ? "" : ", %d FAILED".formatted(failed))
        + (notTried == 0 ? "" : ", %d not tried".formatted(notTried));
  }

  private long count(Mark.Kind kind) {
    return lines.stream()
        .filter(line -> line.result() == Result.PASSED && line.mark().kind() == kind)
        .count();
  }

  private long count(Result result) {
    return lines.stream().filter(line -> line.result() == result).count();
  }

  private String table() {
    StringBuilder text = new StringBuilder("# Conformance\n\n");
    text.append(server).append(": ").append(summary()).append(".\n");
    Set<String> groups = new TreeSet<>();
    lines.forEach(line -> groups.add(line.group()));
    for (String group : groups) {
      text.append("\n## ").append(group).append("\n\n| Check | Claim | Result |\n|---|---|---|\n");
      lines.stream()
          .filter(line -> line.group().equals(group))
          .map(Report::row)
          .sorted()
          .forEach(text::append);
    }
    return text.toString();
  }

  private static String row(Line line) {
    String kind = line.mark().kind().name().toLowerCase(Locale.ROOT);
    String result =
        switch (line.result()) {
          case PASSED -> line.mark().kind() == Mark.Kind.TODO ? "not yet" : "passed";
          case FAILED -> "**failed**";
          case NOT_TRIED -> "not tried: " + line.why();
        };
    return "| %s | %s: %s | %s |\n"
        .formatted(line.check(), kind, cell(line.mark().note()), cell(result));
  }

  static String cell(String text) {
    return text.replace("|", "\\|").replace('\n', ' ');
  }
}
