package dev.aftercall.cli;

import dev.aftercall.jdbc.JdbcMemberships;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes who is in which group. */
@Command(
    name = "export",
    description = "Writes who is in which group, as 'group import' reads it.",
    mixinStandardHelpOptions = true)
final class GroupExport implements Effect.Reads {
  @Mixin private HomeOption home = new HomeOption();

  @Parameters(arity = "0..1", paramLabel = "FILE.csv", description = "Default: standard output.")
  private @Nullable Path file;

  @Override
  public Integer call() throws Exception {
    try (Home open = home.open()) {
      List<String> lines =
          GroupFile.write(new JdbcMemberships(open.database(), home.tenant(open.database())).all());
      if (file == null) {
        lines.forEach(Output::line);
      } else {
        Files.write(file, lines);
        Output.line("Wrote " + (lines.size() - 1) + " memberships to " + file + ".");
      }
      return 0;
    }
  }
}
