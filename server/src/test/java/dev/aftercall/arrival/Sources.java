package dev.aftercall.arrival;

import dev.aftercall.fetch.Access;
import dev.aftercall.fetch.HostPattern;
import dev.aftercall.outbound.AddressRules;
import dev.aftercall.query.Paging;
import dev.aftercall.recorder.Connection;
import dev.aftercall.recorder.RecorderType;
import dev.aftercall.testing.TestServer;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Recorders as tests connect them: they may fetch from this machine, without TLS. */
public final class Sources {
  /** Proves every recorder of the tests. */
  public static final String SECRET = "a-secret-between-the-two-of-us";

  private Sources() {}

  /** A source of that kind and name, with our secret. */
  public static Connection of(String name, RecorderType type) {
    return of(name, type, Optional.empty(), web());
  }

  /** The same with a public key, and what it may reach. */
  public static Connection of(String name, RecorderType type, Optional<String> key, Access access) {
    return new Connection(
        new Source(
            name,
            name,
            TestServer.TENANT,
            Duration.ZERO,
            Duration.ofMinutes(15),
            false,
            access.buckets().flatMap(Access.Buckets::endpoint)),
        type,
        key,
        Optional.of(SECRET),
        ZoneOffset.UTC,
        Optional.empty(),
        access);
  }

  /** This machine, at that port. */
  public static Access web(int port) {
    return web("127.0.0.1:" + port);
  }

  /** This machine, at the ports of http and https. */
  public static Access web() {
    return web("localhost");
  }

  private static Access web(String host) {
    return new Access(
        Optional.of(
            new Access.Web(
                List.of(HostPattern.parse(host)),
                List.of(),
                new AddressRules(address -> false, true),
                true,
                Optional.empty(),
                Optional.empty())),
        Optional.empty(),
        Optional.empty());
  }

  /** A rule by which recordings of rooms that fit are that person's. */
  public static AssignmentRule rule(String name, String room, java.util.UUID organizer) {
    return new AssignmentRule(
        name,
        10,
        Optional.empty(),
        room,
        "",
        AssignmentRule.Action.TAKE,
        Optional.of(organizer),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        "",
        "",
        List.of(),
        1);
  }

  /** All that was announced to a server's tenant, newest first. */
  public static List<Arrival> arrivals(TestServer server) {
    return server
        .arrivals()
        .store()
        .list(
            TestServer.TENANT,
            new ArrivalStore.Wanted(Set.of(), Optional.empty(), Optional.empty()),
            Paging.ALL);
  }

  /** How many recordings became of them. */
  public static int recordings(TestServer server) {
    return server
        .database()
        .read(
            handle ->
                handle.createQuery("select count(*) from recording").mapTo(Integer.class).one());
  }
}
