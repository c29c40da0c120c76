package dev.aftercall.cli;

import dev.aftercall.Sinks;
import dev.aftercall.jdbc.SubscriptionDesk;
import dev.aftercall.jdbc.SubscriptionDesk.Standing;
import dev.aftercall.notification.Carried;
import dev.aftercall.notification.CloudEvent;
import dev.aftercall.notification.EventSink;
import dev.aftercall.notification.NotificationSettings;
import dev.aftercall.notification.webhook.Webhooks;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Calls a subscriber from here, as a server would. */
@Command(
    name = "test",
    description = {
      "Calls a subscriber from this machine and says what it answered.",
      "An address of Graph's kind is asked to repeat a token, as when it was subscribed; a sink of"
          + " the settings gets an event of type dev.aftercall.test. Ends with 1 when one of them"
          + " did not answer as it must."
    },
    mixinStandardHelpOptions = true)
final class SubscriptionProbe implements Effect.Reads {
  @Mixin private HomeOption home = new HomeOption();
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "ID", description = SubscriptionsCommand.ID)
  private String id = "";

  private record Heard(String where, boolean well, String outcome, long millis) {
    List<String> row() {
      return List.of(where, well ? "well" : "not well", outcome, Long.toString(millis));
    }
  }

  /** Calls, and says what came of it. */
  @FunctionalInterface
  private interface Calling {
    Heard call(long began) throws IOException;
  }

  @Override
  public Integer call() throws Exception {
    List<Heard> heard;
    try (Home open = home.open()) {
      UUID tenant = home.tenant(open.database());
      heard =
          id.contains("/")
              ? List.of(sink(tenant))
              : addresses(
                  SubscriptionsCommand.find(new SubscriptionDesk(open.database(), tenant), id));
    }
    output.table(
        List.of("where", "answered", "outcome", "millis"), heard.stream().map(Heard::row).toList());
    return heard.stream().allMatch(Heard::well) ? 0 : 1;
  }

  private List<Heard> addresses(Standing subscriber) {
    List<Heard> heard = new ArrayList<>();
    try (Webhooks webhooks = new Webhooks(home.notifications().addresses(), Ids.secure())) {
      for (String url :
          Stream.concat(Stream.of(subscriber.url()), subscriber.lifecycleUrl().stream())
              .distinct()
              .toList()) {
        heard.add(
            timed(
                url,
                began -> {
                  Webhooks.Handshake answer = webhooks.ask(url);
                  boolean well = answer.status() == 200 && answer.repeated();
                  String why = answer.repeated() ? "" : ", and no token repeated";
                  return new Heard(url, well, answer.status() + why, since(began));
                }));
      }
    }
    return heard;
  }

  private Heard sink(UUID tenant) {
    NotificationSettings settings = home.notifications();
    InstantSource clock = InstantSource.system();
    try (Sinks sinks = Sinks.of(settings, Ids.secure(), clock)) {
      EventSink way =
          sinks.ways().entrySet().stream()
              .filter(one -> one.getKey().key().equals(id))
              .filter(one -> one.getKey().tenant().equals(tenant))
              .map(Map.Entry::getValue)
              .findFirst()
              .orElseThrow(
                  () ->
                      new Failure(
                          "The settings have no "
                              + id
                              + " of tenant "
                              + tenant
                              + "; name their file with --config."));
      CloudEvent event =
          CloudEvent.test(tenant, "test-" + Ids.secure().guid(), Ticks.of(clock.instant()));
      return timed(
          id,
          began -> {
            Carried carried = way.send(List.of(event));
            return new Heard(id, carried.taken() == 1, carried.outcome(), since(began));
          });
    }
  }

  private static Heard timed(String where, Calling calling) {
    long began = System.nanoTime();
    try {
      return calling.call(began);
    } catch (IOException e) {
      return new Heard(where, false, String.valueOf(e.getMessage()), since(began));
    }
  }

  private static long since(long began) {
    return (System.nanoTime() - began) / 1_000_000;
  }
}
