package dev.aftercall.recorder;

import dev.aftercall.arrival.Arrival;
import dev.aftercall.arrival.Source;
import dev.aftercall.arrival.Sources;
import dev.aftercall.change.Precondition;
import dev.aftercall.fetch.Access;
import dev.aftercall.fetch.HostPattern;
import dev.aftercall.jdbc.JdbcAssignmentRules;
import dev.aftercall.outbound.AddressRules;
import dev.aftercall.testing.Poll;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import dev.aftercall.testing.WebhookReceiver;
import dev.aftercall.testing.WebhookReceiver.Behaviour;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A server with one source, the host that serves the recorder's files, and a rule: all is Ada's.
 */
final class Stage implements AutoCloseable {
  static final UUID ADA = TestServer.guid("Ada");
  static final String NAME = "stage";

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final WebhookReceiver host = new WebhookReceiver();
  private final Map<String, Behaviour> files = new ConcurrentHashMap<>();
  private final TestServer server;

  private Stage(Function<WebhookReceiver, Connection> connection) {
    host.answering(
        (request, socket, closed) ->
            files
                .getOrDefault(request.path(), Behaviour.status(404))
                .answer(request, socket, closed));
    server = new TestServer(TestSetup.source(connection.apply(host)));
    rule("all", "*");
  }

  /** With a recorder of that kind, whose files lie on the host. */
  static Stage of(RecorderType type, Optional<String> key) {
    return with(type, key, Stage::web);
  }

  /** The same, but the files lie where access says. */
  static Stage with(
      RecorderType type, Optional<String> key, Function<WebhookReceiver, Access> access) {
    return new Stage(
        host ->
            new Connection(
                new Source(
                    NAME,
                    type.name(),
                    TestServer.TENANT,
                    Duration.ZERO,
                    Duration.ofMinutes(15),
                    false,
                    access.apply(host).buckets().flatMap(Access.Buckets::endpoint)),
                type,
                key,
                Optional.of(Sources.SECRET),
                java.time.ZoneOffset.UTC,
                Optional.of(URI.create(host.url("/api"))),
                access.apply(host)));
  }

  /** The host alone; its name is the address, and {@code localhost} is where it may send on to. */
  static Access web(WebhookReceiver host) {
    int port = URI.create(host.url("/")).getPort();
    return new Access(
        Optional.of(
            new Access.Web(
                List.of(HostPattern.parse("127.0.0.1:" + port)),
                List.of(HostPattern.parse("localhost:" + port)),
                new AddressRules(address -> false, true),
                true,
                Optional.empty(),
                Optional.empty())),
        Optional.empty(),
        Optional.empty());
  }

  TestServer server() {
    return server;
  }

  WebhookReceiver host() {
    return host;
  }

  /** Recordings of such rooms are Ada's. */
  void rule(String name, String room) {
    new JdbcAssignmentRules(server.database())
        .put(TestServer.TENANT, Sources.rule(name, room, ADA), new Precondition.Always());
  }

  /** Where the file lies, from now on. */
  String serve(String path, byte[] bytes, String type) {
    return serve(path, media(bytes, type));
  }

  String serve(String path, Behaviour behaviour) {
    files.put(path, behaviour);
    return host.url(path);
  }

  static Behaviour media(byte[] bytes, String type) {
    return (request, connection, closed) -> {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(
          ("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: " + bytes.length)
              .getBytes(StandardCharsets.US_ASCII));
      all.writeBytes("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      all.writeBytes(bytes);
      connection.getOutputStream().write(all.toByteArray());
      connection.getOutputStream().flush();
    };
  }

  /** Sends a message with those header fields, names and values in turn. */
  HttpResponse<byte[]> tell(String body, String... fields) {
    var request =
        server
            .request("/intake/v1/sources/" + NAME, "")
            .POST(BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.UTF_8)));
    return server.send(fields.length == 0 ? request : request.headers(fields));
  }

  List<Arrival> all() {
    return Sources.arrivals(server);
  }

  /** The one that is there. */
  Arrival only() {
    List<Arrival> all = all();
    if (all.size() != 1) {
      throw new AssertionError("One arrival was expected, there are " + all);
    }
    return all.getFirst();
  }

  /** Waits for the one that is there to come to its end. */
  Arrival over() {
    return over(1).getFirst();
  }

  /** Waits for so many to come to their end; in the order of their ids at the source. */
  List<Arrival> over(int count) {
    return Poll.forValue(
        count + " arrivals at their end",
        PATIENCE,
        () ->
            Optional.of(all())
                .filter(all -> all.size() == count)
                .filter(all -> all.stream().allMatch(it -> it.state().over()))
                .map(
                    all ->
                        all.stream()
                            .sorted(
                                java.util.Comparator.comparing(it -> it.announcement().sourceId()))
                            .toList()));
  }

  /** Waits until the one that is there was tried in vain so often. */
  Arrival tried(int times) {
    return Poll.forValue(
        times + " tries",
        PATIENCE,
        () -> Optional.of(only()).filter(it -> it.attempts() >= times || it.state().over()));
  }

  /** What recorders' files became. */
  int recordings() {
    return count("recording");
  }

  int transcripts() {
    return count("transcript");
  }

  int meetings() {
    return count("meeting where organizer_id = '" + ADA + "'");
  }

  private int count(String from) {
    return server
        .database()
        .read(
            handle ->
                handle.createQuery("select count(*) from " + from).mapTo(Integer.class).one());
  }

  @Override
  public void close() {
    server.close();
    host.close();
  }
}
