package dev.aftercall.notification; // For ResourceEncryption, which is measured by itself.

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.Server;
import dev.aftercall.ruling.Policy;
import dev.aftercall.access.SubscriptionAccess.Scope;
import dev.aftercall.config.Cloud;
import dev.aftercall.content.disk.DiskContentStore;
import dev.aftercall.http.HttpSettings;
import dev.aftercall.http.ListSettings;
import dev.aftercall.identity.Authenticator;
import dev.aftercall.identity.Caller;
import dev.aftercall.intake.Intake;
import dev.aftercall.intake.Submitter;
import dev.aftercall.jdbc.Database;
import dev.aftercall.jdbc.JdbcSubscriptions;
import dev.aftercall.jdbc.RuleEditor;
import dev.aftercall.metering.Tariff;
import dev.aftercall.recording.Artifact;
import dev.aftercall.retention.RetentionSettings;
import dev.aftercall.ruling.Grantee;
import dev.aftercall.storage.StorageWatch;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import io.netty.pkitesting.CertificateBuilder;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * A whole server with receivers in the same process, on SQLite and disk. Arguments: folder, film, and one of {@code
 * latency SECONDS}, {@code throughput RECORDINGS}, {@code restart ROWS}, {@code encryption}; prints {@code name=number}
 * lines. See benchmarks/README.md.
 */
final class NotificationLoad {
  private static final UUID TENANT = new UUID(0x7e0d9a1c5a0e4f7bL, 0x9d110c5f3a9e2b44L);
  private static final int SUBSCRIPTIONS = 10_000;
  private static final int ONE_IN_SO_MANY_HANGS = 20;
  private static final int A_MINUTE = 1_000;

  private final Ids ids = Ids.secure();
  private final InstantSource clock = InstantSource.system();
  private final Path folder;
  private final byte[] film;
  private final Receiver receiver = new Receiver();

  private NotificationLoad(Path folder, byte[] film) throws IOException {
    this.folder = folder;
    this.film = film;
  }

  /** Answers 202, or never; notes when it heard first of which recording. */
  private static final class Receiver implements AutoCloseable {
    final ServerSocket listener = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
    final Map<String, Long> heard = new ConcurrentHashMap<>();
    final AtomicLong posts = new AtomicLong();
    final AtomicLong items = new AtomicLong();
    final AtomicLong first = new AtomicLong();

    Receiver() throws IOException {
      Thread.ofVirtual().start(this::accept);
    }

    String url(int number) {
      return "http://127.0.0.1:" + listener.getLocalPort() + "/" + number;
    }

    private void accept() {
      while (!listener.isClosed()) {
        try {
          Socket line = listener.accept();
          Thread.ofVirtual().start(() -> serve(line));
        } catch (IOException e) {
          return;
        }
      }
    }

    private void serve(Socket socket) {
      try (socket) {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        while (true) {
          String start = line(in);
          if (start.isEmpty()) {
            return;
          }
          int length = 0;
          for (String field = line(in); !field.isEmpty(); field = line(in)) {
            if (field.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
              length = Integer.parseInt(field.substring(15).strip());
            }
          }
          String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
          long now = System.nanoTime();
          int number = Integer.parseInt(start.split(" ", -1)[1].substring(1));
          if (number % ONE_IN_SO_MANY_HANGS == 1) {
            in.read(); // Until the other side gives up.
            return;
          }
          first.compareAndSet(0, now);
          posts.incrementAndGet();
          for (int at = body.indexOf("\"resourceData\":{\"id\":\""); at >= 0; ) {
            int from = at + 22;
            heard.putIfAbsent(body.substring(from, body.indexOf('"', from)), now);
            items.incrementAndGet();
            at = body.indexOf("\"resourceData\":{\"id\":\"", from);
          }
          socket.getOutputStream().write("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
      } catch (IOException | RuntimeException e) {
        // The other side went away.
      }
    }

    private static String line(InputStream in) throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
        if (c != '\r') {
          line.append((char) c);
        }
      }
      return line.toString();
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }
  }

  public static void main(String[] arguments) throws Exception {
    Logger.getLogger("").setLevel(Level.WARNING);
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    System.setProperty("org.sqlite.tmpdir", folder.toString());
    NotificationLoad load = new NotificationLoad(folder, Files.readAllBytes(Path.of(arguments[1])));
    switch (arguments[2]) {
      case "latency" -> load.latency(Integer.parseInt(arguments[3]));
      case "throughput" -> load.throughput(Integer.parseInt(arguments[3]));
      case "restart" -> load.restart(Integer.parseInt(arguments[3]));
      case "encryption" -> load.encryption();
      default -> throw new IllegalArgumentException(arguments[2]);
    }
    load.receiver.close();
    System.exit(0);
  }

  private Database database() {
    return Database.open(Database.Location.in(folder));
  }

  private Server server(Database database) throws Exception {
    Server server =
        Server.start(
            new Server.Parts(
                folder,
                database,
                new DiskContentStore(folder.resolve("content")),
                new Authenticator(List.of(), clock),
                Cloud.GLOBAL,
                ListSettings.DEFAULT,
                Optional.empty(),
                false,
                Tariff.DOCUMENTED,
                new Intake.Limits(1L << 30, Duration.ofDays(7)),
                List.of(),
                Optional.empty(),
                RetentionSettings.DEFAULT,
                StorageWatch.Timetable.NEVER,
                new Server.Watched(false, Optional.empty()),
                Optional.empty(),
                NotificationSettings.DEVELOPMENT,
                List.of(),
                ids,
                clock),
            new HttpSettings(
                "127.0.0.1",
                Optional.of(0),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                HttpSettings.Limits.DEFAULT,
                Duration.ofMinutes(5)));
    server.open();
    return server;
  }

  private static String app(int number) {
    return new UUID(0x4000, 0x8000000000000000L | number).toString();
  }

  private static UUID person(int number) {
    return new UUID(0x5000, 0x8000000000000000L | number);
  }

  private void allow(Database database, int apps) {
    RuleEditor rules = new RuleEditor(database, TENANT);
    rules.putPolicy(new Policy("all", "", Stream.iterate(0, n -> n + 1).limit(apps).map(NotificationLoad::app).toList()));
    rules.grant(new Grantee.Everyone(), "all");
  }

  private Subscription subscription(int number, int app, Scope scope) {
    long now = Ticks.of(clock.instant());
    long later = now + Ticks.of(Duration.ofHours(20));
    return new Subscription(
        ids.guid(),
        new Caller.Application(TENANT, app(app), "", Set.of("OnlineMeetingRecording.Read.All")),
        new Topic(Artifact.Kind.RECORDING, false, scope),
        "communications/onlineMeetings/getAllRecordings",
        new Subscription.Target(receiver.url(number), Optional.empty(), Optional.of("state"), "v1_2"),
        Optional.empty(),
        now,
        later,
        later);
  }

  /** The first by the product's own way, the others as copies of it: each commit waits for the disk. */
  private void subscribe(Database database, int count, boolean people) {
    Scope scope = people ? new Scope.OfPerson(person(0)) : new Scope.Everything();
    Subscriptions.Quotas none = new Subscriptions.Quotas(1_000_000, 1_000_000);
    new JdbcSubscriptions(database, ids).create(subscription(0, 0, scope), none, Ticks.of(clock.instant()));
    // Receivers of everything never hang; see Receiver.
    String app = people ? "app_id" : "printf('00000000-0000-4000-8000-%012x', i)";
    String url = "'" + receiver.url(0).replaceFirst("0$", "") + "' || " + (people ? "i" : "(i * 20)");
    String topic = people ? "printf('recording/person/00000000-0000-5000-8000-%012x', i)" : "topic";
    String lane = "printf('lane-%d', i)";
    String many = "with recursive n(i) as (select 1 union all select i + 1 from n where i < " + (count - 1) + ") ";
    database.write(
        handle -> {
          handle.execute(
              "insert into notification_lane (lane_id, tenant_id, app_id, kind, url) "
                  + many
                  + ("select %s, tenant_id, %s, kind, %s from notification_lane, n where url like '%%/0'")
                      .formatted(lane, app, url));
          return handle.execute(
              "insert into subscription (subscription_id, tenant_id, app_id, owner_kind, owner_id, owner_name, granted,"
                  + " topic, artifact_kind, calls, scope, resource, url, client_state, tls, created_ticks, expires_ticks,"
                  + " authorized_ticks, from_position, lane_id) "
                  + many
                  + ("select printf('00000000-0000-6000-8000-%%012x', i), tenant_id, %1$s, owner_kind, %2$s, owner_name,"
                          + " granted, %3$s, artifact_kind, calls, %6$s, resource, %4$s, client_state, tls,"
                          + " created_ticks, expires_ticks, authorized_ticks, from_position, %5$s"
                          + " from subscription, n where url like '%%/0'")
                      .formatted(app, people ? "owner_id" : app, topic, url, lane, people ? "'person ' || substr(" + topic + ", 18)" : "scope"));
        });
  }

  private String record(Server server, UUID organizer) throws Exception {
    ObjectNode metadata = new ObjectMapper().createObjectNode();
    metadata.put("start", Ticks.format(Ticks.of(clock.instant()))).put("organizer", organizer.toString());
    Intake.Progress open = server.intake().open(new Submitter(TENANT, app(0)), metadata, Optional.empty());
    return server
        .intake()
        .append(
            open.uploadId(),
            open.secret().orElseThrow(),
            new Intake.Fragment(0, film.length, Optional.of((long) film.length), new ByteArrayInputStream(film)))
        .receipt()
        .orElseThrow()
        .id();
  }

  /** 10,000 subscribers of a person each, 1,000 recordings a minute: from visible to the first byte at a receiver. */
  private void latency(int seconds) throws Exception {
    try (Database database = database()) {
      allow(database, 1);
      subscribe(database, SUBSCRIPTIONS, true);
      try (Server server = server(database)) {
        Map<String, Long> visible = new ConcurrentHashMap<>();
        int count = seconds * A_MINUTE / 60;
        int warm = Math.min(count / 4, 100);
        long began = System.nanoTime();
        for (int i = 0; i < count + warm; i++) {
          LockSupport.parkNanos(began + i * 60_000_000_000L / A_MINUTE - System.nanoTime());
          int to = (i * 7_919) % SUBSCRIPTIONS;
          String id = record(server, person(to));
          if (i >= warm && to % ONE_IN_SO_MANY_HANGS != 1) {
            visible.put(id, System.nanoTime());
          }
        }
        LockSupport.parkNanos(3_000_000_000L);
        double[] millis =
            visible.entrySet().stream()
                .filter(one -> receiver.heard.containsKey(one.getKey()))
                .mapToDouble(one -> Math.max(0, receiver.heard.get(one.getKey()) - one.getValue()) / 1e6)
                .sorted()
                .toArray();
        print("missing", visible.size() - millis.length);
        print("p50", millis[millis.length / 2]);
        print("p99", millis[millis.length * 99 / 100]);
        print("rate", count * 60.0 / ((System.nanoTime() - began) / 1e9 - 3) * (count + warm) / count);
      }
    }
  }

  /** 100 subscribers to everything: how many notifications a minute come, the recordings' own way in included. */
  private void throughput(int recordings) throws Exception {
    try (Database database = database()) {
      int apps = 100;
      allow(database, apps);
      subscribe(database, apps, false);
      try (Server server = server(database)) {
        record(server, person(1));
        await(apps);
        long posts = receiver.posts.get();
        long began = System.nanoTime();
        for (int i = 0; i < recordings; i++) {
          record(server, person(1));
        }
        await((recordings + 1L) * apps);
        double minutes = (System.nanoTime() - began) / 60e9;
        print("notifications", recordings * (double) apps / minutes);
        print("posts", (receiver.posts.get() - posts) / minutes);
      }
    }
  }

  private void await(long items) {
    long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    while (receiver.items.get() < items && System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000);
    }
    if (receiver.items.get() < items) {
      throw new IllegalStateException(receiver.items.get() + " of " + items + " notifications came.");
    }
  }

  /** So many rows wait in 1,000 lanes: from the begin of the start, the database open, to the first POST. */
  private void restart(int rows) throws Exception {
    int lanes = 1_000;
    try (Database database = database()) {
      allow(database, lanes);
      try (Server server = server(database)) {
        record(server, person(1));
      }
      subscribe(database, lanes, false);
      int each = rows / lanes;
      long now = Ticks.of(clock.instant());
      database.write(
          handle -> {
            handle.execute(
                "insert into artifact_change (tenant_id, position, kind, artifact_id, meeting_key, organizer_id, held_in,"
                    + " what, at_ticks) with recursive n(i) as (select 2 union all select i + 1 from n where i < ?)"
                    + " select tenant_id, i, kind, artifact_id, meeting_key, organizer_id, held_in, what, at_ticks"
                    + " from artifact_change, n where position = 1",
                each);
            handle.execute("update change_counter set position = ?", each);
            handle.execute("update notification_tenant set position = ?", each);
            handle.execute(
                "insert into notification select s.lane_id, c.position, s.subscription_id, 'created', ?"
                    + " from subscription s, artifact_change c",
                now);
            return handle.execute("update notification_lane set due_ticks = ?", now);
          });
    }
    long began = System.nanoTime();
    try (Database database = database();
        Server server = server(database)) {
      long ready = System.nanoTime();
      long end = began + Duration.ofMinutes(1).toNanos();
      while (receiver.first.get() == 0 && System.nanoTime() < end) {
        LockSupport.parkNanos(1_000_000);
      }
      print("ready", (ready - began) / 1e9);
      print("seconds", (receiver.first.get() - began) / 1e9);
      LockSupport.parkNanos(5_000_000_000L);
      print("notifications", receiver.items.get() / ((System.nanoTime() - receiver.first.get()) / 60e9));
    }
  }

  /** Resource data of the usual size for one certificate of 2,048 bits. */
  private void encryption() throws Exception {
    var bundle = new CertificateBuilder().rsa2048().subject("CN=me").setIsCertificateAuthority(true).buildSelfSigned();
    Subscription.Encryption wish =
        new Subscription.Encryption(Base64.getEncoder().encodeToString(bundle.getCertificate().getEncoded()), "mine");
    ResourceEncryption encryption = new ResourceEncryption(ids);
    byte[] plain = new byte[1_200];
    Arrays.fill(plain, (byte) 'x');
    double[] micros = new double[5];
    for (int round = -2; round < micros.length; round++) {
      int count = 10_000;
      long began = System.nanoTime();
      for (int i = 0; i < count; i++) {
        encryption.encrypt(wish, plain);
      }
      if (round >= 0) {
        micros[round] = (System.nanoTime() - began) / 1e3 / count;
      }
    }
    Arrays.sort(micros);
    print("micros", micros[micros.length / 2]);
  }

  private static void print(String name, double number) {
    System.out.println(name + "=" + number);
  }
}
