package dev.aftercall.cli;

import dev.aftercall.jdbc.SubscriptionDesk;
import dev.aftercall.jdbc.SubscriptionDesk.DeadLetter;
import dev.aftercall.jdbc.SubscriptionDesk.Standing;
import dev.aftercall.notification.Settlement.Attempt;
import dev.aftercall.time.Ticks;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who is told of recordings, and whether they hear. */
@Command(
    name = "subscriptions",
    description = "Who is told of recordings, and whether they hear.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      SubscriptionsCommand.Show.class,
      SubscriptionsCommand.All.class,
      SubscriptionProbe.class,
      SubscriptionsCommand.Remove.class,
      SubscriptionsCommand.Replay.class
    })
final class SubscriptionsCommand {
  static final String ID = "A subscription's id, or webhook/NAME or kafka/NAME of the settings.";
  private static final int ROWS = 100;

  /** Lists them. */
  @Command(
      name = "list",
      description = "Lists subscriptions, what waits for each and what was given up.",
      mixinStandardHelpOptions = true)
  static final class All implements Effect.Reads {
    @Mixin private HomeOption home = new HomeOption();
    @Mixin private Output output = new Output();

    @Override
    public Integer call() throws Exception {
      try (Home open = home.open()) {
        output.table(
            List.of("id", "app", "resource", "url", "expires", "waiting", "dead", "failures"),
            new SubscriptionDesk(open.database(), home.tenant(open.database()))
                .all().stream().map(All::row).toList());
        return 0;
      }
    }

    private static List<String> row(Standing one) {
      return List.of(
          one.id(),
          one.app(),
          one.resource(),
          one.url(),
          one.ends().map(Ticks::format).orElse(""),
          Long.toString(one.waiting()),
          Long.toString(one.dead()),
          Integer.toString(one.failures()));
    }
  }

  /** Shows how one was told. */
  @Command(
      name = "show",
      description = {
        "Shows how telling one subscriber went, newest first.",
        "Attempts are kept for 7 days, what was given up for 30."
      },
      mixinStandardHelpOptions = true)
  static final class Show implements Effect.Reads {
    @Mixin private HomeOption home = new HomeOption();
    @Mixin private Output output = new Output();

    @Parameters(paramLabel = "ID", description = ID)
    private String id = "";

    @Option(names = "--dead", description = "What was given up, in place of attempts.")
    private boolean dead;

    @Override
    public Integer call() throws Exception {
      try (Home open = home.open()) {
        SubscriptionDesk desk = new SubscriptionDesk(open.database(), home.tenant(open.database()));
        Standing subscriber = find(desk, id);
        if (dead) {
          output.table(
              List.of("since", "given up", "event", "about", "reason"),
              desk.dead(subscriber.id(), ROWS).stream().map(Show::row).toList());
        } else {
          output.table(
              List.of("at", "try", "items", "outcome", "millis"),
              desk.attempts(subscriber.id(), ROWS).stream().map(Show::row).toList());
        }
        return 0;
      }
    }

    private static List<String> row(Attempt one) {
      return List.of(
          Ticks.format(one.at()),
          Integer.toString(one.number()),
          Integer.toString(one.items()),
          one.outcome(),
          Long.toString(one.millis()));
    }

    private static List<String> row(DeadLetter one) {
      return List.of(
          Ticks.format(one.entered()),
          Ticks.format(one.died()),
          one.event(),
          one.about(),
          one.reason());
    }
  }

  /** Tells again. */
  @Command(
      name = "replay",
      description = {
        "Tells a subscriber again of everything that became visible since then.",
        "A running server sends it at once. What was given up of it is no longer dead."
      },
      mixinStandardHelpOptions = true)
  static final class Replay implements Effect.Changes {
    @Mixin private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "ID", description = ID)
    private String id = "";

    @Option(
        names = "--from",
        paramLabel = "TIME",
        required = true,
        description = "Since when, such as 2026-11-24T09:00:00Z.")
    private String from = "";

    @Override
    public Integer call() throws Exception {
      long since;
      try {
        since = Ticks.parse(from);
      } catch (DateTimeParseException e) {
        throw new Failure("'" + from + "' is no date-time such as 2026-11-24T09:00:00Z.");
      }
      try (Home open = home.open()) {
        SubscriptionDesk desk = new SubscriptionDesk(open.database(), home.tenant(open.database()));
        Standing subscriber = find(desk, id);
        long now = Ticks.of(Instant.now());
        if (subscriber.ends().isPresent() && subscriber.ends().get() <= now) {
          throw new Failure("Subscription " + id + " has ended; its owner must subscribe anew.");
        }
        Output.line("%d notifications wait.".formatted(desk.replay(subscriber, since, now)));
        return 0;
      }
    }
  }

  /** Ends one. */
  @Command(
      name = "remove",
      description = {
        "Ends a subscription at once; what waits for it is dropped.",
        "Its owner is told subscriptionRemoved, where it has a lifecycleNotificationUrl."
      },
      mixinStandardHelpOptions = true)
  static final class Remove implements Effect.Changes {
    @Mixin private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "GUID", description = "The subscription's id.")
    private String id = "";

    @Override
    public Integer call() throws Exception {
      try (Home open = home.open()) {
        SubscriptionDesk desk = new SubscriptionDesk(open.database(), home.tenant(open.database()));
        if (!desk.remove(find(desk, id).id(), Ticks.of(Instant.now()))) {
          throw new Failure(
              id + " is no subscription that goes on; sinks are ended in the settings.");
        }
        Output.line("Ended " + id + ".");
        return 0;
      }
    }
  }

  static Standing find(SubscriptionDesk desk, String id) {
    return desk.find(id)
        .orElseThrow(
            () ->
                new Failure("There is no subscription " + id + "; 'subscriptions list' has all."));
  }
}
