package dev.aftercall.cli;

import dev.aftercall.jdbc.JdbcMemberships;
import dev.aftercall.jdbc.JdbcMemberships.Membership;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads who is in which group from a file. */
@Command(
    name = "import",
    description = {
      "Puts people into groups, by a CSV file with the head group,person.",
      "All of it or nothing: a fault anywhere changes nothing and is told with its line."
    },
    mixinStandardHelpOptions = true)
final class GroupImport implements Effect.Changes {
  @Mixin private HomeOption home = new HomeOption();

  @Parameters(paramLabel = "FILE.csv", description = "The file, in UTF-8.")
  private Path file = Path.of("");

  @Option(names = "--replace", description = "The groups in the file have no other members then.")
  private boolean replace;

  @Option(names = "--dry-run", description = "Say what it would do, and change nothing.")
  private boolean dryRun;

  @Override
  public boolean changes() {
    return !dryRun;
  }

  @Override
  public Integer call() throws Exception {
    List<Membership> wanted = GroupFile.read(file.toString(), lines());
    try (Home open = home.open()) {
      JdbcMemberships.Outcome outcome =
          new JdbcMemberships(open.database(), home.tenant(open.database()))
              .put(wanted, replace, dryRun);
      Output.line(
          "%s: %d added, %d removed, %d unchanged."
              .formatted(
                  dryRun ? "It would be" : "Imported",
                  outcome.added(),
                  outcome.removed(),
                  outcome.unchanged()));
      return 0;
    }
  }

  private List<String> lines() throws IOException {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw new Failure(file + " is not UTF-8.");
    }
  }
}
