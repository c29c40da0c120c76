package dev.aftercall.cli;

import dev.aftercall.jdbc.JdbcArchives;
import dev.aftercall.jdbc.JdbcJournalStore;
import dev.aftercall.jdbc.RuleEditor;
import dev.aftercall.journal.Chain;
import dev.aftercall.journal.Journal;
import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.journal.StoredJournal;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * The one way by which every command runs. Of what changes something the journal hears first, and
 * how it ended after that, as {@link dev.aftercall.gate.AdminGate} does it for administrators'
 * calls: whatever kills the process in between, no change is there that the journal does not know
 * of. What cannot be taken down is not done.
 */
final class Witness implements IExecutionStrategy {
  /** The application of these entries. */
  static final String APP = "aftercall-cli";

  /** Stands before the name of who ran the command. */
  static final String CALLER = "cli:";

  /** What let it in: that user may write the database. No token brings anybody this rule. */
  static final String RULE = "command-line";

  private static final int DONE = 200;
  private static final int FAILED = 500;

  @Override
  public int execute(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    Object command = last.commandSpec().userObject();
    boolean asksForHelp = last.isUsageHelpRequested() || last.isVersionHelpRequested();
    if (asksForHelp || !last.commandSpec().subcommands().isEmpty()) {
      return new RunLast().execute(parsed);
    }
    return switch (command) {
      case Effect.Changes change when change.changes() -> witnessed(parsed, last, change);
      case Effect _ -> new RunLast().execute(parsed);
      default ->
          throw new IllegalStateException(
              command.getClass() + " does not say what its effect is, as every command must.");
    };
  }

  private static int witnessed(ParseResult parsed, ParseResult last, Effect.Changes change) {
    CommandLine line = last.commandSpec().commandLine();
    HomeOption option =
        home(last.commandSpec())
            .orElseThrow(() -> new IllegalStateException(change.getClass() + " has no home."));
    try (Home home = option.hold()) {
      Statement statement =
          Statement.of(home, tenants(option, home, change.everywhere()), Wording.of(last));
      statement.begins();
      int code = CommandLine.ExitCode.SOFTWARE;
      try {
        code = new RunLast().execute(parsed);
      } finally {
        statement.ended(code == CommandLine.ExitCode.OK ? DONE : FAILED);
      }
      return code;
    } catch (ParameterException | ExecutionException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new ExecutionException(line, String.valueOf(e.getMessage()), e);
    }
  }

  /** The option by which a command finds what it works on. */
  static Optional<HomeOption> home(CommandSpec spec) {
    for (CommandSpec mixin : spec.mixins().values()) {
      Optional<HomeOption> found =
          mixin.userObject() instanceof HomeOption home ? Optional.of(home) : home(mixin);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static List<UUID> tenants(HomeOption option, Home home, boolean everywhere) {
    if (!everywhere || option.named().isPresent()) {
      return List.of(option.tenant(home.database()));
    }
    TreeSet<UUID> known = new TreeSet<>(RuleEditor.tenants(home.database()));
    new JdbcArchives(home.database()).heads().stream().map(Chain.Head::tenant).forEach(known::add);
    return List.copyOf(known);
  }

  /** What the journal hears of one command. */
  private record Statement(
      Journal journal, UUID request, String caller, List<UUID> tenants, List<String> words) {
    static Statement of(Home home, List<UUID> tenants, List<String> words) {
      Ids ids = Ids.secure();
      Journal journal = new StoredJournal(new JdbcJournalStore(home.database()), ids);
      return new Statement(journal, ids.guid(), CALLER + user(), tenants, words);
    }

    /** As the operating system has it; the variables of an environment say what they are told. */
    private static String user() {
      return ProcessHandle.current()
          .info()
          .user()
          .orElseGet(() -> System.getProperty("user.name", "unknown"));
    }

    void begins() {
      try {
        record(Delivery.NONE);
      } catch (RuntimeException e) {
        throw new Failure(
            "Nothing was changed: the journal could not take down what this command was to do ("
                + cause(e)
                + "), and a change that is not on record is not made. Mend the database, then run"
                + " the command again.");
      }
    }

    void ended(int status) {
      try {
        record(new Delivery(status, 0, true));
      } catch (RuntimeException e) {
        // It is done, and that it was begun is on record.
        System.err.println(
            "aftercall: warning: how this ended is not in the journal (" + cause(e) + ").");
      }
    }

    private void record(Delivery delivery) {
      long now = Ticks.of(InstantSource.system().instant());
      for (UUID tenant : tenants) {
        for (String target : words) {
          journal.record(
              new Journal.Entry(
                  now,
                  request.toString(),
                  tenant,
                  caller,
                  APP,
                  "admin",
                  target,
                  RULE,
                  true,
                  delivery));
        }
      }
    }

    private static String cause(Throwable failure) {
      Throwable cause = failure;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      return String.valueOf(cause.getMessage());
    }
  }
}
