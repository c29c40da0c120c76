package dev.aftercall.notification;

import dev.aftercall.time.Ids;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** How the room is furnished: what is sent to which kind of lane. */
public final class Notifications {
  private static final Map<String, String> GRAPH_FIELDS =
      Map.of("Content-Type", "application/json; charset=utf-8");

  private Notifications() {}

  /** Starts to deliver what waits. */
  public static Dispatcher start(
      Outbox outbox,
      Rights rights,
      Posting posting,
      ValidationTokens tokens,
      Ids ids,
      InstantSource clock) {
    GraphPayload payload = new GraphPayload(new ResourceEncryption(ids), tokens);
    Courier courier =
        new Courier(
            outbox,
            rights,
            (lane, items, patience) -> send(posting, payload, lane, items, patience),
            () -> ThreadLocalRandom.current().nextDouble(),
            clock);
    return new Dispatcher(outbox, courier, ids, clock);
  }

  private static Posting.Reply send(
      Posting posting, GraphPayload payload, Lane lane, List<Waiting> items, Duration patience)
      throws IOException {
    byte[] body =
        switch (lane.kind()) {
          case WEBHOOK -> payload.changes(items, lane);
          case LIFECYCLE -> payload.lifecycle(items);
          case CLOUDEVENTS, KAFKA ->
              throw new IllegalStateException("Nobody carries " + lane.kind());
        };
    return posting.post(lane.url(), GRAPH_FIELDS, body, patience);
  }
}
