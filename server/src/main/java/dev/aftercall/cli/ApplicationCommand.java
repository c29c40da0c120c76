package dev.aftercall.cli;

import dev.aftercall.change.Precondition;
import dev.aftercall.change.Versioned;
import dev.aftercall.jdbc.JdbcApplications;
import dev.aftercall.metering.Applications;
import dev.aftercall.metering.Applications.Application;
import dev.aftercall.metering.Plan;
import dev.aftercall.query.Paging;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Applications and their metering plans. */
@Command(
    name = "application",
    description = "Applications and their metering plans.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {ApplicationCommand.Show.class, ApplicationCommand.Set.class})
final class ApplicationCommand {
  /** Lists applications. */
  @Command(
      name = "list",
      description =
          "Lists applications that policies name, that retrieved content or that have a plan.",
      mixinStandardHelpOptions = true)
  static final class Show implements Effect.Reads {
    @Mixin private HomeOption home = new HomeOption();
    @Mixin private Output output = new Output();

    @Override
    public Integer call() throws Exception {
      try (Home open = home.open()) {
        List<Versioned<Application>> all =
            new JdbcApplications(open.database())
                .list(home.tenant(open.database()), Paging.ALL)
                .items();
        output.table(
            List.of("appId", "meteringPlan"),
            all.stream()
                .map(Versioned::value)
                .map(it -> List.of(it.appId(), it.plan().name().toLowerCase(Locale.ROOT)))
                .toList());
        return 0;
      }
    }
  }

  /** Sets a plan. */
  @Command(
      name = "set",
      description = "Sets an application's metering plan, for downloads that begin from now on.",
      mixinStandardHelpOptions = true)
  static final class Set implements Effect.Changes {
    @Mixin private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "APP", description = "The application's client id.")
    private String appId = "";

    @Option(
        names = "--metering-plan",
        paramLabel = "unlimited|evaluation|standard",
        required = true,
        description = "evaluation: 600 minutes of each meter in a calendar month, then 402.")
    private Plan plan = Plan.STANDARD;

    @Override
    public Integer call() throws Exception {
      try (Home open = home.open()) {
        UUID tenant = home.tenant(open.database());
        Applications.Saved saved =
            new JdbcApplications(open.database())
                .set(tenant, new Application(appId, plan), new Precondition.Always());
        String word = plan.name().toLowerCase(Locale.ROOT);
        Output.line("Tenant %s: application %s has the plan %s.".formatted(tenant, appId, word));
        if (!saved.known()) {
          Output.line("No policy names this application, and it has retrieved nothing yet.");
        }
        return 0;
      }
    }
  }
}
