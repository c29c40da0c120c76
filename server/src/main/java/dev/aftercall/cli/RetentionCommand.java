package dev.aftercall.cli;

import dev.aftercall.change.Precondition;
import dev.aftercall.http.admin.Dates;
import dev.aftercall.query.Paging;
import dev.aftercall.retention.Outlook;
import dev.aftercall.retention.RetentionRule;
import dev.aftercall.retention.RetentionRun;
import dev.aftercall.retention.RunState.Warning;
import dev.aftercall.retention.ScopeWords;
import dev.aftercall.time.Ticks;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How long recordings are kept. */
@Command(
    name = "retention",
    description = {
      "How long recordings are kept.",
      "Of the rules that fit, the most specific counts: tag, organizer, group (lowest rank),"
          + " meetingType, tenant, then the setting retention.default-days."
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      RetentionCommand.Set.class,
      RetentionCommand.Remove.class,
      RetentionCommand.Show.class,
      RetentionCommand.Preview.class,
      RetentionCommand.Warnings.class,
      RetentionCommand.Run.class
    })
final class RetentionCommand {
  /** Makes a rule or replaces one. */
  @Command(
      name = "set",
      description = "Makes a rule, or replaces the one of that name.",
      mixinStandardHelpOptions = true)
  static final class Set implements Effect.Changes {
    @Mixin private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "NAME", description = "What to call it; told as the cause.")
    private String name = "";

    @Option(
        names = "--scope",
        paramLabel = "SCOPE",
        required = true,
        description = "tag, organizer, group, meetingType or tenant.")
    private String scope = "";

    @Option(
        names = "--value",
        paramLabel = "VALUE",
        description = "Which: the tag, the organizer's or group's object id, the meeting type.")
    private @Nullable String value;

    @Option(names = "--rank", paramLabel = "N", description = "Of a group; the lowest counts.")
    private @Nullable Integer rank;

    @Option(
        names = "--days",
        paramLabel = "N|never",
        required = true,
        description = "Days from the end of the recording until it goes to the trash.")
    private String days = "";

    @Override
    public Integer call() throws Exception {
      try (Opened archive = Opened.by(home)) {
        Optional<UUID> known =
            archive.rooms().rules().all(archive.tenant()).stream()
                .filter(rule -> rule.name().equals(name))
                .map(RetentionRule::id)
                .findFirst();
        RetentionRule rule =
            new RetentionRule(
                known.orElseGet(archive.ids()::guid),
                name,
                ScopeWords.read(scope, Optional.ofNullable(value), Optional.ofNullable(rank)),
                read(days),
                1);
        if (known.isPresent()) {
          archive.rooms().rules().replace(archive.tenant(), rule, new Precondition.Always());
        } else {
          archive.rooms().rules().make(archive.tenant(), rule);
        }
        Output.line("Rule '%s' keeps %s.".formatted(name, words(rule)));
        return 0;
      }
    }

    private static Optional<Integer> read(String text) {
      if (text.equalsIgnoreCase("never")) {
        return Optional.empty();
      }
      if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= RetentionRule.MOST_DAYS) {
        return Optional.of(Integer.valueOf(text));
      }
      throw new Failure("--days is '" + text + "': a number up to 36500, or never.");
    }

    private static String words(RetentionRule rule) {
      String what = ScopeWords.value(rule.scope()).map(it -> " " + it).orElse("");
      return ScopeWords.word(rule.scope())
          + what
          + rule.days().map(it -> " for " + it + " days").orElse(" for ever");
    }
  }

  /** Removes a rule. */
  @Command(name = "remove", description = "Removes a rule.", mixinStandardHelpOptions = true)
  static final class Remove implements Effect.Changes {
    @Mixin private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "NAME", description = "The rule.")
    private String name = "";

    @Override
    public Integer call() throws Exception {
      try (Opened archive = Opened.by(home)) {
        RetentionRule rule =
            archive.rooms().rules().all(archive.tenant()).stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow(
                    () -> new Failure("There is no rule '" + name + "'. See: retention list"));
        archive.rooms().rules().remove(archive.tenant(), rule.id(), new Precondition.Always());
        Output.line("Rule '%s' is removed.".formatted(name));
        return 0;
      }
    }
  }

  /** Lists rules. */
  @Command(name = "list", description = "Lists the rules.", mixinStandardHelpOptions = true)
  static final class Show implements Effect.Reads {
    @Mixin private HomeOption home = new HomeOption();
    @Mixin private Output output = new Output();

    @Override
    public Integer call() throws Exception {
      try (Opened archive = Opened.by(home)) {
        output.table(
            List.of("name", "scope", "value", "rank", "days"),
            archive.rooms().rules().all(archive.tenant()).stream()
                .map(
                    rule ->
                        List.of(
                            rule.name(),
                            ScopeWords.word(rule.scope()),
                            ScopeWords.value(rule.scope()).orElse(""),
                            rule.scope() instanceof RetentionRule.Scope.Group group
                                ? Integer.toString(group.rank())
                                : "",
                            rule.days().map(Object::toString).orElse("never")))
                .toList());
        return 0;
      }
    }
  }

  /** The dry run. */
  @Command(
      name = "preview",
      description = "Says what a run would do at a date; changes nothing.",
      mixinStandardHelpOptions = true)
  static final class Preview implements Effect.Reads {
    @Mixin private HomeOption home = new HomeOption();
    @Mixin private Output output = new Output();

    @Option(
        names = "--date",
        paramLabel = "DATE",
        description = "A date such as 2026-12-31, or a date-time. Default: now.")
    private @Nullable String date;

    @Override
    public Integer call() throws Exception {
      try (Opened archive = Opened.by(home)) {
        long at = date == null ? archive.now() : Dates.read(date);
        Outlook.Forecast forecast = archive.outlook().at(archive.tenant(), at);
        output.table(
            List.of("what", "items", "bytes", "first"),
            List.of(
                row("to the trash", forecast.expiring()),
                row("purged", forecast.purging()),
                row("held back", forecast.held())));
        return 0;
      }
    }

    private static List<String> row(String what, Outlook.Share share) {
      return List.of(
          what,
          Long.toString(share.items()),
          Long.toString(share.bytes()),
          share.samples().stream()
              .limit(3)
              .map(sample -> sample.item().artifact().toString())
              .reduce((one, other) -> one + " " + other)
              .orElse(""));
    }
  }

  /** What goes soon. */
  @Command(
      name = "warnings",
      description = "Lists what goes to the trash soon, as the last run saw it.",
      mixinStandardHelpOptions = true)
  static final class Warnings implements Effect.Reads {
    @Mixin private HomeOption home = new HomeOption();
    @Mixin private Output output = new Output();

    @Override
    public Integer call() throws Exception {
      try (Opened archive = Opened.by(home)) {
        List<Warning> all =
            archive.rooms().state().warnings(archive.tenant(), Optional.empty(), Paging.ALL.top());
        output.table(
            List.of("artifact", "kind", "expiresAt", "rule"),
            all.stream()
                .map(
                    warning ->
                        List.of(
                            warning.artifact().toString(),
                            warning.kind().name().toLowerCase(Locale.ROOT),
                            Ticks.format(warning.expires()),
                            warning.rule()))
                .toList());
        return 0;
      }
    }
  }

  /** A run by hand. */
  @Command(
      name = "run",
      description = {
        "Does what is due now: warns, moves to the trash, purges.",
        "Exit code 1 when nothing was done because it must be confirmed."
      },
      mixinStandardHelpOptions = true)
  static final class Run implements Effect.Changes {
    @Mixin private HomeOption home = new HomeOption();
    @Mixin private Output output = new Output();

    @Option(
        names = "--confirm",
        description = "The clock is right, and as much as is due shall go. See preview first.")
    private boolean confirm;

    @Override
    public Integer call() throws Exception {
      try (Opened archive = Opened.by(home)) {
        RetentionRun.Report report = archive.run().run(List.of(archive.tenant()), confirm);
        long refused = report.refused().getOrDefault(archive.tenant(), 0L);
        output.table(
            List.of("verdict", "expired", "purged", "purgedBytes", "failed", "refused"),
            List.of(
                List.of(
                    report.verdict().name().toLowerCase(Locale.ROOT),
                    Long.toString(report.expired()),
                    Long.toString(report.purged()),
                    Long.toString(report.purgedBytes()),
                    Long.toString(report.failed()),
                    Long.toString(refused))));
        return report.verdict() == RetentionRun.Verdict.DONE && refused == 0 ? 0 : 1;
      }
    }
  }
}
