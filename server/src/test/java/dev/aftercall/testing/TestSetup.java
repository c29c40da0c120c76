package dev.aftercall.testing;

import dev.aftercall.Server;
import dev.aftercall.arrival.AssignmentRule;
import dev.aftercall.change.Precondition;
import dev.aftercall.config.CidrRange;
import dev.aftercall.config.Cloud;
import dev.aftercall.content.ContentStore;
import dev.aftercall.content.disk.DiskContentStore;
import dev.aftercall.content.s3.S3ContentStore;
import dev.aftercall.content.s3.S3Location;
import dev.aftercall.http.HttpSettings;
import dev.aftercall.http.ListSettings;
import dev.aftercall.http.Route;
import dev.aftercall.intake.Intake;
import dev.aftercall.jdbc.Database;
import dev.aftercall.jdbc.JdbcAssignmentRules;
import dev.aftercall.metering.Tariff;
import dev.aftercall.notification.NotificationSettings;
import dev.aftercall.recorder.Connection;
import dev.aftercall.throttle.Limits;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link TestServer} is built from: SQLite and disk in a temporary folder, the global cloud,
 * the limits of {@code start}. A test names only what it wants otherwise.
 */
public final class TestSetup {
  private Opening<Database> database = dir -> Database.open(SqliteFile.in(dir));
  private Opening<ContentStore> contents = dir -> new DiskContentStore(dir.resolve("content"));
  private Cloud cloud = Cloud.GLOBAL;
  private ListSettings lists = ListSettings.DEFAULT;
  private boolean requireCalendarEvent;
  private Tariff tariff = Tariff.DOCUMENTED;
  private HttpSettings.Limits limits = HttpSettings.Limits.DEFAULT;
  private Optional<Limits> throttle = Optional.empty();
  private Optional<String> publicUrl = Optional.empty();
  private Server.Watched watched = new Server.Watched(false, Optional.empty());
  private NotificationSettings notifications = NotificationSettings.DEVELOPMENT;
  private boolean tls;
  private final List<CidrRange> trustedProxies = new ArrayList<>();
  private final List<Route> more = new ArrayList<>();
  private Optional<Path> ffmpeg = Optional.empty();
  private boolean faststart;
  private int previews;
  private Optional<Path> dataDir = Optional.empty();
  private final List<Connection> sources = new ArrayList<>();
  private final List<AssignmentRule> rules = new ArrayList<>();

  /** One difference from the default. */
  @FunctionalInterface
  public interface Difference {
    /** Changes the setup. */
    void apply(TestSetup setup);
  }

  @FunctionalInterface
  private interface Opening<T> {
    T in(Path dir) throws IOException;
  }

  TestSetup() {}

  /** The catalogue in a fresh PostgreSQL database. */
  public static Difference onPostgres() {
    return setup -> setup.database = dir -> Database.open(PostgresServer.freshDatabase());
  }

  /** The content in S3, passed through or, when the location says so, by redirect. */
  public static Difference onS3(S3Location location) {
    return setup -> setup.contents = dir -> new S3ContentStore(location);
  }

  /** Another national cloud. */
  public static Difference cloud(Cloud cloud) {
    return setup -> setup.cloud = cloud;
  }

  /** Other ways with lists. */
  public static Difference lists(ListSettings lists) {
    return setup -> setup.lists = lists;
  }

  /** So many requests and no more. */
  public static Difference throttle(Limits limits) {
    return setup -> setup.throttle = Optional.of(limits);
  }

  /** The catalogue in a database that others use too. */
  public static Difference database(Database.Location location) {
    return setup -> setup.database = dir -> Database.open(location);
  }

  /** Recordings of meetings with a calendar event alone. */
  public static Difference requireCalendarEvent() {
    return setup -> setup.requireCalendarEvent = true;
  }

  /** Other terms of metering. */
  public static Difference tariff(Tariff tariff) {
    return setup -> setup.tariff = tariff;
  }

  /** A configured public address. */
  public static Difference publicUrl(String url) {
    return setup -> setup.publicUrl = Optional.of(url);
  }

  /** Address ranges whose Forwarded fields are believed. */
  public static Difference trustedProxy(String range) {
    return setup -> setup.trustedProxies.add(CidrRange.parse(range));
  }

  /** How many requests may be worked on at one time. */
  public static Difference inFlight(int requests) {
    return setup ->
        setup.limits =
            new HttpSettings.Limits(setup.limits.headerBytes(), requests, setup.limits.idle());
  }

  /** After how long a silent connection is closed. */
  public static Difference idle(Duration time) {
    return setup ->
        setup.limits =
            new HttpSettings.Limits(setup.limits.headerBytes(), setup.limits.inFlight(), time);
  }

  /** HTTPS beside plain HTTP; {@link RawHttp} then talks TLS. */
  public static Difference overTls() {
    return setup -> setup.tls = true;
  }

  /** Other people to tell of changes. */
  public static Difference notifications(NotificationSettings notifications) {
    return setup -> setup.notifications = notifications;
  }

  /** A route beside the product's own. */
  public static Difference route(Route route) {
    return setup -> setup.more.add(route);
  }

  /** ffmpeg, or something that is called as it is. */
  public static Difference ffmpeg(Path program) {
    return setup -> setup.ffmpeg = Optional.of(program);
  }

  /** So many previews are drawn of each recording. */
  public static Difference previews(int previews) {
    return setup -> setup.previews = previews;
  }

  int previews() {
    return previews;
  }

  /** MP4s are kept with their movie box in front. */
  public static Difference faststart() {
    return setup -> setup.faststart = true;
  }

  /** A recorder that hands over. */
  public static Difference source(Connection source) {
    return setup -> setup.sources.add(source);
  }

  /** Everything is kept there, and stays when the server is closed. */
  public static Difference keptIn(Path folder) {
    return setup -> setup.dataDir = Optional.of(folder);
  }

  /** A rule that stands before the server starts. */
  public static Difference rule(AssignmentRule rule) {
    return setup -> setup.rules.add(rule);
  }

  /** A page of metrics, for whoever brings that token. */
  public static Difference metrics(String token) {
    return setup -> setup.watched = new Server.Watched(true, Optional.of(token));
  }

  NotificationSettings notifications() {
    return notifications;
  }

  Server.Watched watched() {
    return watched;
  }

  Optional<Path> dataDir() {
    return dataDir;
  }

  ListSettings lists() {
    return lists;
  }

  Database openDatabase(Path dir) throws IOException {
    Database opened = database.in(dir);
    JdbcAssignmentRules kept = new JdbcAssignmentRules(opened);
    rules.forEach(rule -> kept.put(TestServer.TENANT, rule, new Precondition.Always()));
    return opened;
  }

  ContentStore openContents(Path dir) throws IOException {
    return contents.in(dir);
  }

  boolean calendarEventRequired() {
    return requireCalendarEvent;
  }

  Tariff tariff() {
    return tariff;
  }

  Cloud cloud() {
    return cloud;
  }

  Optional<Limits> throttle() {
    return throttle;
  }

  Optional<Path> ffmpeg() {
    return ffmpeg;
  }

  Intake.Limits intake() {
    return new Intake.Limits(1L << 30, Duration.ofDays(7), faststart);
  }

  List<Connection> sources() {
    return sources;
  }

  List<Route> more() {
    return more;
  }

  HttpSettings http(Path dir) throws IOException {
    return new HttpSettings(
        "127.0.0.1",
        Optional.of(0),
        tls ? Optional.of(https(dir)) : Optional.empty(),
        publicUrl,
        trustedProxies,
        limits,
        Duration.ofMinutes(5));
  }

  private static HttpSettings.Https https(Path dir) throws IOException {
    try {
      X509Bundle bundle =
          new CertificateBuilder()
              .subject("CN=localhost")
              .setIsCertificateAuthority(true)
              .buildSelfSigned();
      return new HttpSettings.Https(
          0,
          Files.writeString(dir.resolve("leaf.pem"), bundle.getCertificatePathPEM()),
          Files.writeString(dir.resolve("leaf.key"), bundle.getPrivateKeyPEM()));
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("No certificate could be made", e);
    }
  }
}
