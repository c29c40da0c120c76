package dev.aftercall.journal;

import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.journal.Journal.Entry;
import dev.aftercall.testing.TestClock;
import dev.aftercall.testing.TestServer;
import dev.aftercall.time.Ticks;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;

/** Entries to write. */
public final class Entries {
  /** When the first one happened. */
  public static final long START = Ticks.of(TestClock.START);

  private static final List<String> ACTIONS =
      List.of("metadata", "content", "attributed_content", "list", "admin");

  private Entries() {}

  /** A decision about content. */
  public static Entry decision(UUID tenant, int number) {
    return new Entry(
        START + number,
        "request-" + number,
        tenant,
        "caller",
        "app",
        "content",
        TestServer.guid("recording").toString(),
        "delegated",
        true,
        Delivery.NONE);
  }

  /** How a delivery of it ended. */
  public static Entry end(UUID tenant, int number, Delivery delivery) {
    Entry it = decision(tenant, number);
    return new Entry(
        it.at(),
        it.requestId(),
        tenant,
        it.caller(),
        it.appId(),
        it.action(),
        it.target(),
        it.rule(),
        true,
        delivery);
  }

  /** Entries of all kinds, the same for the same seed. */
  public static List<Entry> random(UUID tenant, long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    return IntStream.range(0, count)
        .mapToObj(
            number ->
                new Entry(
                    START + random.nextInt(count),
                    "request-" + number,
                    tenant,
                    "caller-" + random.nextInt(3),
                    "app-" + random.nextInt(3),
                    ACTIONS.get(random.nextInt(ACTIONS.size())),
                    TestServer.guid("r" + random.nextInt(3)).toString(),
                    "rule 'ü' \" \\ = | " + random.nextInt(3),
                    random.nextBoolean(),
                    random.nextBoolean()
                        ? Delivery.NONE
                        : new Delivery(
                            206,
                            10,
                            random.nextBoolean(),
                            Ranges.of(random.nextInt(100), 10),
                            random.nextInt(5))))
        .toList();
  }
}
