package dev.aftercall;

import dev.aftercall.access.RuleBook;
import dev.aftercall.arrival.Arrivals;
import dev.aftercall.arrival.Withdrawals;
import dev.aftercall.config.Cloud;
import dev.aftercall.content.ContentStore;
import dev.aftercall.gate.Gate;
import dev.aftercall.gate.ListGate;
import dev.aftercall.gate.MeetingGate;
import dev.aftercall.gate.Why;
import dev.aftercall.http.ArtifactLists;
import dev.aftercall.http.CalendarEvents;
import dev.aftercall.http.CallPictures;
import dev.aftercall.http.CallRecordings;
import dev.aftercall.http.CallTranscripts;
import dev.aftercall.http.Health;
import dev.aftercall.http.HttpServers;
import dev.aftercall.http.HttpSettings;
import dev.aftercall.http.ListSettings;
import dev.aftercall.http.MetadataDocument;
import dev.aftercall.http.OnlineMeetings;
import dev.aftercall.http.Route;
import dev.aftercall.http.admin.AdminDecisions;
import dev.aftercall.http.admin.AdminDoor;
import dev.aftercall.identity.Authenticator;
import dev.aftercall.intake.Intake;
import dev.aftercall.jdbc.Database;
import dev.aftercall.jdbc.JdbcAcquaintance;
import dev.aftercall.jdbc.JdbcArchive;
import dev.aftercall.jdbc.JdbcCatalogue;
import dev.aftercall.jdbc.JdbcDisposals;
import dev.aftercall.jdbc.JdbcHolds;
import dev.aftercall.jdbc.JdbcIntakeStore;
import dev.aftercall.jdbc.JdbcInventory;
import dev.aftercall.jdbc.JdbcJournalStore;
import dev.aftercall.jdbc.JdbcLedger;
import dev.aftercall.jdbc.JdbcMeetings;
import dev.aftercall.jdbc.JdbcRefusals;
import dev.aftercall.jdbc.JdbcRetentionRules;
import dev.aftercall.jdbc.JdbcRules;
import dev.aftercall.jdbc.JdbcRunState;
import dev.aftercall.jdbc.JdbcSecrets;
import dev.aftercall.jdbc.JdbcShadows;
import dev.aftercall.jdbc.JdbcStorageRuns;
import dev.aftercall.jdbc.JdbcTrash;
import dev.aftercall.jdbc.JdbcWhereabouts;
import dev.aftercall.jdbc.JournalReader;
import dev.aftercall.journal.Journal;
import dev.aftercall.journal.Seals;
import dev.aftercall.journal.SpooledJournal;
import dev.aftercall.media.ContainerProbe;
import dev.aftercall.metering.Metering;
import dev.aftercall.metering.Tariff;
import dev.aftercall.metrics.RequestCounter;
import dev.aftercall.notification.NotificationSettings;
import dev.aftercall.recorder.Connection;
import dev.aftercall.retention.Certificates;
import dev.aftercall.retention.RetentionRun;
import dev.aftercall.retention.RetentionSettings;
import dev.aftercall.retention.StoreHolds;
import dev.aftercall.shadow.ShadowBook;
import dev.aftercall.storage.StorageWatch;
import dev.aftercall.throttle.Limits;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Repeating;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The wiring diagram: the one class that names implementations. Read it top to bottom to see what
 * the house is made of.
 */
public final class Server implements AutoCloseable {
  /** A running server obeys changed rules within a second; it looks this often. */
  private static final Duration RULES_LOOKED_AT_EVERY = Duration.ofMillis(250);

  private static final Duration CALLERS_NOTED_EVERY = Duration.ofSeconds(2);

  private static final Duration REFUSALS_KEPT_EVERY = Duration.ofMillis(500);

  private static final Duration REFUSALS_PRUNED_EVERY = Duration.ofMinutes(10);

  private static final Duration SEALED_EVERY = Duration.ofMinutes(15);

  private static final Duration SESSIONS_TIDIED_EVERY = Duration.ofMinutes(1);

  private static final Duration INTAKE_TIDIED_EVERY = Duration.ofMinutes(1);

  private static final Duration OUTBOX_TIDIED_EVERY = Duration.ofMinutes(1);
  private static final Duration LOCKS_SET_EVERY = Duration.ofMinutes(1);

  /** Longer than it takes to make the largest file durable. */
  private static final Duration UNFINISHED_FOR = Duration.ofMinutes(15);

  private static final Duration STORAGE_LOOKED_AT_EVERY = Duration.ofSeconds(5);

  private final HttpServers http;
  private final Health health;
  private final Intake intake;
  private final Runnable rules;
  private final List<Repeating> repeating;
  private final StorageWatch storage;
  private final SpooledJournal journal;
  private final Telling telling;
  private final Receiving receiving;

  /**
   * What a server is built from and does not own.
   *
   * @param throttle how many requests a caller may make; empty for any number
   * @param requireCalendarEvent whether meetings without a calendar event show no recordings
   * @param tariff by which retrievals of content are metered
   * @param authorizationUri what a 401 names as the place to get tokens; empty for our own address
   * @param sources recorders that hand over in their own words
   * @param ffmpeg where it is; empty to look on the PATH
   * @param previews that are drawn of a recording beside its poster; 0 draws neither
   * @param notifications to whom and how changes are told
   * @param more routes beside the product's own; the development issuer's
   */
  public record Parts(
      Path dataDir,
      Database database,
      ContentStore contents,
      Authenticator authenticator,
      Cloud cloud,
      ListSettings lists,
      Optional<Limits> throttle,
      boolean requireCalendarEvent,
      Tariff tariff,
      Intake.Limits intake,
      List<Connection> sources,
      Optional<Path> ffmpeg,
      int previews,
      RetentionSettings retention,
      StorageWatch.Timetable storage,
      Watched watched,
      Optional<String> authorizationUri,
      NotificationSettings notifications,
      List<Route> more,
      Ids ids,
      InstantSource clock) {}

  /**
   * What operators may watch.
   *
   * @param metrics whether there is a page of metrics
   * @param token what its readers must bring; empty for anybody
   */
  public record Watched(boolean metrics, Optional<String> token) {}

  private Server(
      HttpServers http,
      Health health,
      Intake intake,
      Runnable rules,
      List<Repeating> repeating,
      StorageWatch storage,
      SpooledJournal journal,
      Telling telling,
      Receiving receiving) {
    this.receiving = receiving;
    this.storage = storage;
    this.telling = telling;
    this.http = http;
    this.rules = rules;
    this.health = health;
    this.intake = intake;
    this.repeating = repeating;
    this.journal = journal;
  }

  /** Builds the house and listens. Not ready before {@link #open}. */
  public static Server start(Parts parts, HttpSettings settings) throws IOException {
    JdbcRules inForce = new JdbcRules(parts.database(), parts.requireCalendarEvent());
    JdbcShadows shadows = new JdbcShadows(parts.database());
    ShadowBook rules = new ShadowBook(inForce, shadows, parts.clock());
    SpooledJournal written =
        SpooledJournal.open(
            folder(parts), new JdbcJournalStore(parts.database()), parts.ids(), parts.clock());
    Metering metering =
        new Metering(new JdbcLedger(parts.database()), parts.tariff(), parts.clock());
    JdbcAcquaintance acquaintance = new JdbcAcquaintance(parts.database());
    JdbcRefusals refusals = new JdbcRefusals(parts.database(), parts.clock());
    Journal journal = acquaintance.noting(refusals.keeping(written));
    Gate gate =
        new Gate(
            rules,
            new JdbcCatalogue(parts.database()),
            parts.contents(),
            metering,
            journal,
            parts.clock());
    MeetingGate meetingGate =
        new MeetingGate(
            rules, new JdbcMeetings(parts.database()), journal, parts.ids(), parts.clock());
    Telling telling = Telling.of(parts, rules, journal);
    Intake intake = intake(parts, telling::wake);
    intake.recover(Duration.ZERO);

    Health health =
        new Health(
            () -> {
              parts.database().check();
              parts.contents().check();
            });
    List<Route> routes = new ArrayList<>(health.routes());
    String versions = parts.cloud().recordingVersions();
    String adhocVersions = parts.cloud().adhocVersions();
    routes.addAll(new MetadataDocument(parts.cloud()).routes());
    String secret = new JdbcSecrets(parts.database(), parts.ids()).of("page tokens");
    routes.addAll(lists(parts, rules, journal, secret));
    routes.addAll(new CallRecordings(gate).routes(versions, adhocVersions));
    routes.addAll(new CallTranscripts(gate).routes(versions, adhocVersions));
    routes.addAll(new CallPictures(gate).routes());
    String meetingVersions = parts.cloud().meetingVersions();
    routes.addAll(new CalendarEvents(meetingGate, secret, parts.clock()).routes(meetingVersions));
    routes.addAll(new OnlineMeetings(meetingGate, parts.clock()).routes(meetingVersions));
    routes.addAll(telling.routes());
    Receiving receiving = Receiving.start(parts, intake);
    routes.addAll(receiving.routes());
    RequestCounter requests = new RequestCounter();
    JdbcStorageRuns runs = new JdbcStorageRuns(parts.database());
    routes.addAll(Upkeep.metrics(parts.watched(), requests, runs, telling, receiving));
    AdminDoor door = Administration.door(parts, journal, secret);
    routes.addAll(Administration.ruling(parts, door, rules, shadows, runs, acquaintance));
    routes.addAll(Administration.arrivals(parts, door, receiving));
    Why why =
        new Why(
            rules,
            new Why.Facts(
                new JdbcCatalogue(parts.database()),
                new JdbcMeetings(parts.database()),
                new JdbcWhereabouts(parts.database()),
                acquaintance),
            parts.clock());
    routes.addAll(new AdminDecisions(why, refusals).routes(door));
    Authenticator authenticator = parts.authenticator().refusing(inForce::deactivated);
    routes.addAll(Upkeep.scim(parts, authenticator, journal));
    RetentionRun.Rooms archive = archive(parts.database(), parts.contents(), parts.ids());
    RetentionRun run =
        new RetentionRun(archive, parts.retention(), written, parts.ids(), parts.clock());
    routes.addAll(Administration.archive(parts, door, archive, run, journal));
    routes.addAll(parts.more());

    Repeating repeating = new Repeating();
    Runnable look = Upkeep.looking(inForce, rules);
    repeating.every(RULES_LOOKED_AT_EVERY, "look at the rules", look::run);
    repeating.every(RULES_LOOKED_AT_EVERY, "ask the shadow rules", rules::work);
    Seals seals = new Seals(folder(parts), parts.clock());
    JournalReader reader = new JournalReader(parts.database());
    repeating.every(SEALED_EVERY, "seal the journal", () -> seals.add(reader.heads()));
    repeating.every(SESSIONS_TIDIED_EVERY, "look after download sessions", metering::tidy);
    repeating.every(CALLERS_NOTED_EVERY, "note callers", acquaintance::flush);
    repeating.every(REFUSALS_KEPT_EVERY, "keep refusals", refusals::flush);
    repeating.every(REFUSALS_PRUNED_EVERY, "forget old refusals", refusals::prune);
    repeating.every(INTAKE_TIDIED_EVERY, "tidy the intake", () -> intake.recover(UNFINISHED_FOR));
    repeating.every(OUTBOX_TIDIED_EVERY, "tidy the outbox", telling::tidy);
    repeating.every(INTAKE_TIDIED_EVERY, "forget messages", receiving::tidy);
    Repeating keeping = new Repeating();
    parts
        .retention()
        .every()
        .ifPresent(pause -> keeping.every(pause, "run the retention", run::run));
    keeping.every(LOCKS_SET_EVERY, "hold at the object store", new StoreHolds(archive)::settle);
    Repeating drawing = Upkeep.drawing(parts);
    HttpServers http =
        HttpServers.start(
            settings,
            routes,
            authenticator,
            Upkeep.throttle(parts, repeating),
            parts.authorizationUri(),
            requests,
            parts.ids(),
            parts.clock());
    telling.begin();
    StorageWatch storage =
        new StorageWatch(
            Upkeep.storage(parts.database(), parts.contents(), runs),
            parts.storage(),
            parts.ids(),
            parts.clock());
    storage.start(STORAGE_LOOKED_AT_EVERY);
    return new Server(
        http,
        health,
        intake,
        look,
        List.of(repeating, keeping, drawing),
        storage,
        written,
        telling,
        receiving);
  }

  /** Where the journal keeps what is on its way, its seals and its archives. */
  private static Path folder(Parts parts) {
    return parts.dataDir().resolve("journal");
  }

  private static List<Route> lists(Parts parts, RuleBook rules, Journal journal, String secret) {
    ListGate gate =
        new ListGate(rules, new JdbcInventory(parts.database()), journal, parts.clock());
    return new ArtifactLists(gate, parts.lists(), secret, parts.clock())
        .routes(
            parts.cloud().recordingVersions(),
            parts.cloud().collectionVersions(),
            parts.cloud().adhocVersions());
  }

  /** What rules, holds and the trash are kept in; also for the command line. */
  public static RetentionRun.Rooms archive(Database database, ContentStore contents, Ids ids) {
    String key = new JdbcSecrets(database, ids).of("disposal certificates", Certificates::newKey);
    return new RetentionRun.Rooms(
        new JdbcArchive(database),
        new JdbcTrash(database),
        new JdbcHolds(database),
        new JdbcRetentionRules(database),
        new JdbcRunState(database),
        new JdbcDisposals(database),
        contents,
        new Certificates(key));
  }

  private static Intake intake(Parts parts, Runnable visible) throws IOException {
    return new Intake(
        new Intake.Rooms(
            new JdbcIntakeStore(parts.database(), visible), parts.contents(), new ContainerProbe()),
        parts.dataDir(),
        parts.intake(),
        parts.ids(),
        parts.clock());
  }

  /** Obeys rules just changed at once. */
  public void refreshRules() {
    rules.run();
  }

  /** From now on the server says that it is ready. */
  public void open() {
    health.open();
  }

  /** Where it listens. */
  public HttpServers http() {
    return http;
  }

  /** What recorders announced. */
  public Arrivals arrivals() {
    return receiving.arrivals();
  }

  /** What recorders take back. */
  public Withdrawals withdrawals() {
    return receiving.withdrawals();
  }

  /** The way in. */
  public Intake intake() {
    return intake;
  }

  /** Stops to listen, then writes what the journal still holds. */
  @Override
  public void close() {
    http.close();
    storage.close();
    repeating.forEach(Repeating::close);
    receiving.close();
    telling.close();
    journal.close();
  }
}
