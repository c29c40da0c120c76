package dev.aftercall.notification;

import dev.aftercall.notification.Courier.Parcel;
import dev.aftercall.time.Ids;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;

/** How the room is furnished: what is sent to which kind of lane. */
public final class Notifications {
  private static final Map<String, String> GRAPH_FIELDS =
      Map.of("Content-Type", "application/json; charset=utf-8");

  private Notifications() {}

  /** What delivers, once it is started. */
  public static Dispatcher dispatcher(
      Outbox outbox,
      Rights rights,
      Posting posting,
      ValidationTokens tokens,
      Map<Sink, ? extends EventSink> sinks,
      BiConsumer<Lane.Kind, String> attempts,
      Ids ids,
      InstantSource clock) {
    GraphPayload payload = new GraphPayload(new ResourceEncryption(ids), tokens);
    Courier courier =
        new Courier(
            outbox,
            rights,
            (lane, items) -> {
              Parcel parcel =
                  lane.sink()
                      .map(sink -> events(Optional.ofNullable(sinks.get(sink)), lane, items))
                      .orElseGet(() -> changes(posting, payload, lane, items));
              return patience -> counted(attempts, lane, parcel, patience);
            },
            () -> ThreadLocalRandom.current().nextDouble(),
            clock);
    return new Dispatcher(outbox, courier, ids, clock);
  }

  private static Carried counted(
      BiConsumer<Lane.Kind, String> attempts, Lane lane, Parcel parcel, Duration patience)
      throws IOException {
    String outcome = "none";
    try {
      Carried carried = parcel.send(patience);
      outcome = carried.summary();
      return carried;
    } finally {
      attempts.accept(lane.kind(), outcome);
    }
  }

  private static Parcel events(Optional<? extends EventSink> way, Lane lane, List<Waiting> items) {
    if (way.isEmpty()) {
      // Another node may have it in its settings already, or have it still.
      return patience -> Carried.none(items.size(), "not in the settings");
    }
    List<CloudEvent> events =
        items.stream().map(item -> CloudEvent.of(lane.tenant(), item)).toList();
    return patience -> way.get().send(events);
  }

  private static Parcel changes(
      Posting posting, GraphPayload payload, Lane lane, List<Waiting> items) {
    GraphPayload.Body body =
        lane.kind() == Lane.Kind.LIFECYCLE
            ? new GraphPayload.Body(payload.lifecycle(items), items.size())
            : payload.changes(items, lane);
    return patience ->
        Carried.whole(body.items(), posting.post(lane.url(), GRAPH_FIELDS, body.bytes(), patience));
  }
}
