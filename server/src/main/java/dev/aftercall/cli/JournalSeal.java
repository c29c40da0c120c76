package dev.aftercall.cli;

import dev.aftercall.jdbc.JdbcArchives;
import dev.aftercall.journal.Seal;
import dev.aftercall.journal.Seals;
import java.time.InstantSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Seals the journal. */
@Command(
    name = "seal",
    description = {
      "Signs where each tenant's chain ends now, and prints the seals, an object a line.",
      "Keep them where nobody who can change the database can change them."
    },
    mixinStandardHelpOptions = true)
final class JournalSeal implements Effect.Reads {
  @Mixin private HomeOption home = new HomeOption();

  @Override
  public Integer call() throws Exception {
    try (Home open = home.open()) {
      Seals seals = new Seals(open.journal(), InstantSource.system());
      for (Seal seal : seals.add(new JdbcArchives(open.database()).heads())) {
        Output.line(Seals.json(seal).toString());
      }
      return 0;
    }
  }
}
