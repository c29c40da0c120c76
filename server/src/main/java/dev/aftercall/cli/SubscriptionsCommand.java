package dev.aftercall.cli;

import dev.aftercall.jdbc.SubscriptionDesk;
import dev.aftercall.jdbc.SubscriptionDesk.Standing;
import dev.aftercall.notification.Subscription;
import dev.aftercall.time.Ticks;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
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
      SubscriptionsCommand.Replay.class
    })
final class SubscriptionsCommand {
  private static final int ATTEMPTS = 100;

  /** Lists them. */
  @Command(
      name = "list",
      description = "Lists subscriptions, what waits for each and what was given up.",
      mixinStandardHelpOptions = true)
  static final class All implements Callable<Integer> {
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
      Subscription it = one.subscription();
      return List.of(
          it.id().toString(),
          it.owner().appId(),
          it.resource(),
          it.target().url(),
          Ticks.format(it.expires()),
          Long.toString(one.waiting()),
          Long.toString(one.dead()),
          Integer.toString(one.failures()));
    }
  }

  /** Shows how one was told. */
  @Command(
      name = "show",
      description = "Shows the newest attempts to tell one subscriber, newest first.",
      mixinStandardHelpOptions = true)
  static final class Show implements Callable<Integer> {
    @Mixin private HomeOption home = new HomeOption();
    @Mixin private Output output = new Output();

    @Parameters(paramLabel = "GUID", description = "The subscription's id.")
    private UUID id = new UUID(0, 0);

    @Override
    public Integer call() throws Exception {
      try (Home open = home.open()) {
        SubscriptionDesk desk = new SubscriptionDesk(open.database(), home.tenant(open.database()));
        find(desk, id);
        output.table(
            List.of("at", "try", "items", "outcome", "millis"),
            desk.attempts(id, ATTEMPTS).stream()
                .map(
                    one ->
                        List.of(
                            Ticks.format(one.at()),
                            Integer.toString(one.number()),
                            Integer.toString(one.items()),
                            one.outcome(),
                            Long.toString(one.millis())))
                .toList());
        return 0;
      }
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
  static final class Replay implements Callable<Integer> {
    @Mixin private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "GUID", description = "The subscription's id.")
    private UUID id = new UUID(0, 0);

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
        Subscription subscription = find(desk, id).subscription();
        long now = Ticks.of(Instant.now());
        if (subscription.expires() <= now) {
          throw new Failure("Subscription " + id + " has ended; its owner must subscribe anew.");
        }
        Output.line("%d notifications wait.".formatted(desk.replay(subscription, since, now)));
        return 0;
      }
    }
  }

  private static Standing find(SubscriptionDesk desk, UUID id) {
    return desk.find(id)
        .orElseThrow(
            () ->
                new Failure("There is no subscription " + id + "; 'subscriptions list' has all."));
  }
}
