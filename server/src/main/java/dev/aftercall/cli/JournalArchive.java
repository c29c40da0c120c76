package dev.aftercall.cli;

import dev.aftercall.jdbc.JdbcArchives;
import dev.aftercall.journal.Archiver;
import dev.aftercall.journal.Chain;
import dev.aftercall.journal.Seals;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Moves months of the journal into files. */
@Command(
    name = "archive",
    description = {
      "Moves whole months of the journal out of the database into files of the data folder.",
      "Stopped at any time, the next run goes on. Verification goes on across the files."
    },
    mixinStandardHelpOptions = true)
final class JournalArchive implements Effect.Changes {
  @Mixin private HomeOption home = new HomeOption();

  @Option(
      names = "--before",
      paramLabel = "YYYY-MM",
      required = true,
      description = "The first month that stays; the current one at the latest.")
  private String before = "";

  @Spec private @Nullable CommandSpec command;

  @Override
  public boolean everywhere() {
    return true;
  }

  @Override
  public Integer call() throws Exception {
    InstantSource clock = InstantSource.system();
    YearMonth month = month();
    if (month.isAfter(YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC)))) {
      throw wrong("--before is " + before + ", and months that are not over stay.");
    }
    try (Home open = home.open()) {
      JdbcArchives store = new JdbcArchives(open.database());
      new Seals(open.journal(), clock).add(store.heads());
      Archiver archiver =
          new Archiver(
              store,
              open.archives(),
              archive ->
                  Output.line(
                      "%s: entries %d to %d, SHA-256 %s"
                          .formatted(
                              open.archives().resolve(archive.file()),
                              archive.before().sequence() + 1,
                              archive.end().sequence(),
                              archive.sha256())));
      List<UUID> tenants =
          home.named()
              .map(List::of)
              .orElseGet(() -> store.heads().stream().map(Chain.Head::tenant).toList());
      long moved = 0;
      for (UUID tenant : tenants) {
        moved += archiver.archive(tenant, month);
      }
      Output.line("%d entries were moved.".formatted(moved));
      return 0;
    }
  }

  private YearMonth month() {
    try {
      return YearMonth.parse(before);
    } catch (DateTimeParseException e) {
      throw wrong("--before is '" + before + "'; write a month like 2024-05.");
    }
  }

  private RuntimeException wrong(String message) {
    return command == null
        ? new IllegalStateException(message)
        : new ParameterException(command.commandLine(), message);
  }
}
