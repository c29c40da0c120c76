package dev.aftercall.cli;

import dev.aftercall.jdbc.JournalReader;
import dev.aftercall.journal.Chain;
import dev.aftercall.journal.Journal.Entry;
import dev.aftercall.time.Ticks;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The record of access. */
@Command(
    name = "journal",
    description = "The record of access: decisions, and what was really delivered.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      JournalCommand.Show.class,
      JournalWho.class,
      JournalExport.class,
      JournalVerify.class,
      JournalSeal.class,
      JournalArchive.class
    })
final class JournalCommand {
  /** Lists entries. */
  @Command(
      name = "list",
      description = "Lists the newest entries, newest first.",
      mixinStandardHelpOptions = true)
  static final class Show implements Effect.Reads {
    @Mixin private HomeOption home = new HomeOption();
    @Mixin private Output output = new Output();
    @Mixin private JournalFilter filter = new JournalFilter();

    @Option(
        names = "--last",
        paramLabel = "N",
        description = "How many. Default: ${DEFAULT-VALUE}.",
        defaultValue = "50")
    private int last;

    @Spec private @Nullable CommandSpec command;

    @Override
    public Integer call() throws Exception {
      if (last < 1 && command != null) {
        throw new ParameterException(command.commandLine(), "--last must be 1 or more.");
      }
      try (Home open = home.open()) {
        List<Chain.Link> links =
            new JournalReader(open.database())
                .page(filter.query(home.tenant(open.database()), last));
        output.table(
            List.of(
                "at",
                "caller",
                "app",
                "action",
                "target",
                "rule",
                "allowed",
                "status",
                "bytes",
                "whole",
                "requestId"),
            links.stream().map(link -> row(link.written().entry())).toList());
        return 0;
      }
    }

    private static List<String> row(Entry entry) {
      return List.of(
          Ticks.format(entry.at()),
          entry.caller(),
          entry.appId(),
          entry.action(),
          entry.target(),
          entry.rule(),
          Boolean.toString(entry.allowed()),
          Integer.toString(entry.delivery().status()),
          Long.toString(entry.delivery().bytes()),
          Boolean.toString(entry.delivery().whole()),
          entry.requestId());
    }
  }
}
