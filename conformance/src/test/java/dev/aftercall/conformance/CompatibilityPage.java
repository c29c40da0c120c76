package dev.aftercall.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The part of docs/api-compatibility.md that a run of all checks writes. */
final class CompatibilityPage {
  static final String BEGIN = "<!-- written by the conformance run: begin -->\n";
  static final String END = "<!-- written by the conformance run: end -->\n";

  private static final Path FILE =
      Path.of(System.getProperty("basedir", "."), "..", "docs", "api-compatibility.md");

  private CompatibilityPage() {}

  /** What stands on the page now. */
  static String current() throws IOException {
    String page = Files.readString(FILE);
    return page.substring(begin(page), end(page));
  }

  /** Puts the rows where they belong and leaves the rest of the page alone. */
  static void write(String rows) throws IOException {
    String page = Files.readString(FILE);
    Files.writeString(FILE, page.substring(0, begin(page)) + rows + page.substring(end(page)));
  }

  private static int begin(String page) {
    return found(page.indexOf(BEGIN)) + BEGIN.length();
  }

  private static int end(String page) {
    return found(page.indexOf(END));
  }

  private static int found(int index) {
    if (index < 0) {
      throw new IllegalStateException(FILE + " lacks a mark:\n" + BEGIN + END);
    }
    return index;
  }

  /** A row for each check, in an order that no run changes. */
  static String rows(List<Report.Line> lines) {
    StringBuilder text = new StringBuilder();
    Set<String> groups = new TreeSet<>();
    lines.forEach(line -> groups.add(line.group()));
    for (String group : groups) {
      text.append("\n### ").append(group).append("\n\n| Asked | Graph | Ours |\n|---|---|---|\n");
      lines.stream()
          .filter(line -> line.group().equals(group))
          .sorted(Comparator.comparing(Report.Line::check))
          .map(CompatibilityPage::row)
          .forEach(text::append);
    }
    return text.append('\n').toString();
  }

  private static String row(Report.Line line) {
    Mark mark = line.mark();
    String beside =
        switch (mark.kind()) {
          case VERIFIED -> "documented, seen or relied on, " + mark.note() + " | the same";
          case DIFFERS -> "differs | " + Report.cell(mark.note());
          case TODO -> "todo | " + Report.cell(mark.note());
        };
    return "| " + line.check() + " | " + beside + " |\n";
  }
}
