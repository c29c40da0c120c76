package dev.aftercall.recorder.graph;

import dev.aftercall.access.Permissions;
import dev.aftercall.arrival.Arrival;
import dev.aftercall.arrival.Source;
import dev.aftercall.arrival.Sources;
import dev.aftercall.recorder.Connection;
import dev.aftercall.recorder.Inbox;
import dev.aftercall.recorder.RecorderType;
import dev.aftercall.recorder.RemoteTenant;
import dev.aftercall.testing.Poll;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A tenant, its mirror, and what stands between them. */
final class Pair implements AutoCloseable {
  static final String NAME = "teams";

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  final Between between = new Between();
  final TestServer remote;
  private final Path dir;
  private final TestSetup.Difference database;
  private TestServer local;

  /**
   * Both, and nothing followed yet.
   *
   * @param dir of the mirror
   */
  Pair(Path dir, TestSetup.Difference database) {
    this.dir = dir;
    this.database = database;
    this.remote = new TestServer(TestSetup.publicUrl(between.base()));
    remote.coverEverybody(TestServer.APP);
    between.leadsTo(remote, () -> token(remote));
    this.local = open(List.of(source(NAME, between)));
  }

  static String token(TestServer server) {
    List<String> roles = new ArrayList<>();
    for (Permissions permissions : Permissions.values()) {
      roles.add(permissions.readAll());
    }
    roles.add("OnlineMeetings.Read.All");
    return server
        .tokens()
        .app(TestServer.TENANT, TestServer.APP)
        .roles(roles.toArray(String[]::new))
        .signed();
  }

  static Connection source(String name, Between between) {
    return source(name, between, List.of(TestServer.ORGANIZER, TestServer.ATTENDEE), List.of());
  }

  /** One that follows the members of a group. */
  static Connection ofGroup(String name, Between between) {
    return source(name, between, List.of(), List.of(TestServer.guid("group")));
  }

  private static Connection source(
      String name, Between between, List<UUID> organizers, List<UUID> groups) {
    return new Connection(
        new Source(
            name, "graph", TestServer.TENANT, Duration.ZERO, Duration.ZERO, true, Optional.empty()),
        RecorderType.GRAPH,
        Optional.of(Between.CLIENT),
        Optional.of(Between.SECRET),
        ZoneOffset.UTC,
        Optional.of(URI.create(between.base() + "/v1.0")),
        Sources.web(URI.create(between.base()).getPort()),
        Inbox.DEFAULT,
        false,
        Optional.of(
            new RemoteTenant(
                URI.create(between.base() + "/token"),
                "the.scope",
                organizers,
                groups,
                true,
                Duration.ofMinutes(5))),
        Set.of());
  }

  private TestServer open(List<Connection> sources) {
    List<TestSetup.Difference> differences = new ArrayList<>();
    differences.add(database);
    differences.add(TestSetup.keptIn(dir));
    differences.add(TestSetup.metrics("m"));
    sources.forEach(it -> differences.add(TestSetup.source(it)));
    TestServer server = new TestServer(differences.toArray(TestSetup.Difference[]::new));
    server.coverEverybody(TestServer.APP);
    return server;
  }

  TestServer local() {
    return local;
  }

  /** Closes the mirror and opens it again over what it kept. */
  void reopen(Connection... more) {
    var now = local.clock().instant();
    local.close();
    List<Connection> sources = new ArrayList<>(List.of(source(NAME, between)));
    sources.addAll(List.of(more));
    local = open(sources);
    local.clock().set(now);
  }

  List<Arrival> arrivals() {
    return Sources.arrivals(local);
  }

  /** Waits until so many arrivals are there and all are over, while the mirror's time goes on. */
  List<Arrival> over(int count) {
    return Poll.forValue(
        count + " arrivals at their end",
        PATIENCE,
        () -> {
          local.clock().advance(Duration.ofSeconds(5));
          return Optional.of(arrivals())
              .filter(all -> all.size() == count)
              .filter(all -> all.stream().allMatch(it -> it.state().over()));
        });
  }

  /** Waits while the mirror's time goes on. */
  void until(String what, java.util.concurrent.Callable<Boolean> condition) {
    Poll.until(
        what,
        PATIENCE,
        () -> {
          local.clock().advance(Duration.ofSeconds(5));
          return condition.call();
        });
  }

  /** Waits until everything was asked once more from now on. */
  void anotherRound() {
    int from = between.asked().size();
    until(
        "another round",
        () ->
            between.asked().stream()
                    .skip(from)
                    .filter(it -> it.contains("getAll") && it.contains("deltatoken"))
                    .map(it -> it.substring(0, it.indexOf('?')))
                    .distinct()
                    .count()
                == 8);
  }

  /** What a server says at a path, without its own address. */
  static String said(TestServer server, String base, String path) {
    var answer = server.get(path, token(server));
    String text = new String(answer.body(), StandardCharsets.UTF_8);
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + " answered " + answer.statusCode() + " " + text);
    }
    return text.replace(base, "");
  }

  String remotely(String path) {
    return said(remote, between.base(), path);
  }

  String locally(String path) {
    return said(local, local.base(), path);
  }

  int count(String table) {
    return local
        .database()
        .read(
            handle ->
                handle.createQuery("select count(*) from " + table).mapTo(Integer.class).one());
  }

  @Override
  public void close() {
    local.close();
    remote.close();
    between.close();
  }
}
