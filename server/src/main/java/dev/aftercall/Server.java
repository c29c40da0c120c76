package dev.aftercall;

import dev.aftercall.access.RuleBook;
import dev.aftercall.config.Cloud;
import dev.aftercall.content.ContentStore;
import dev.aftercall.gate.AdminGate;
import dev.aftercall.gate.Gate;
import dev.aftercall.gate.ListGate;
import dev.aftercall.gate.MeetingGate;
import dev.aftercall.http.ArtifactLists;
import dev.aftercall.http.CalendarEvents;
import dev.aftercall.http.CallRecordings;
import dev.aftercall.http.CallTranscripts;
import dev.aftercall.http.Health;
import dev.aftercall.http.HttpServers;
import dev.aftercall.http.HttpSettings;
import dev.aftercall.http.IntakeUploads;
import dev.aftercall.http.ListSettings;
import dev.aftercall.http.MetadataDocument;
import dev.aftercall.http.OnlineMeetings;
import dev.aftercall.http.Route;
import dev.aftercall.http.admin.AdminApplications;
import dev.aftercall.http.admin.AdminConsents;
import dev.aftercall.http.admin.AdminDisposals;
import dev.aftercall.http.admin.AdminDoor;
import dev.aftercall.http.admin.AdminGrants;
import dev.aftercall.http.admin.AdminGroups;
import dev.aftercall.http.admin.AdminHolds;
import dev.aftercall.http.admin.AdminJournal;
import dev.aftercall.http.admin.AdminPolicies;
import dev.aftercall.http.admin.AdminPreview;
import dev.aftercall.http.admin.AdminRecordings;
import dev.aftercall.http.admin.AdminRetention;
import dev.aftercall.http.admin.AdminRetentionRules;
import dev.aftercall.http.admin.AdminShadow;
import dev.aftercall.http.admin.AdminStorage;
import dev.aftercall.http.admin.AdminTenant;
import dev.aftercall.http.admin.AdminTrash;
import dev.aftercall.http.admin.AdminUsage;
import dev.aftercall.identity.Authenticator;
import dev.aftercall.intake.Intake;
import dev.aftercall.jdbc.Database;
import dev.aftercall.jdbc.JdbcAcquaintance;
import dev.aftercall.jdbc.JdbcApplications;
import dev.aftercall.jdbc.JdbcArchive;
import dev.aftercall.jdbc.JdbcBuckets;
import dev.aftercall.jdbc.JdbcCatalogue;
import dev.aftercall.jdbc.JdbcConsents;
import dev.aftercall.jdbc.JdbcDisposals;
import dev.aftercall.jdbc.JdbcGrants;
import dev.aftercall.jdbc.JdbcGroups;
import dev.aftercall.jdbc.JdbcHolds;
import dev.aftercall.jdbc.JdbcIntakeStore;
import dev.aftercall.jdbc.JdbcInventory;
import dev.aftercall.jdbc.JdbcJournalStore;
import dev.aftercall.jdbc.JdbcKnownPeople;
import dev.aftercall.jdbc.JdbcLedger;
import dev.aftercall.jdbc.JdbcMeetings;
import dev.aftercall.jdbc.JdbcPolicies;
import dev.aftercall.jdbc.JdbcRetentionRules;
import dev.aftercall.jdbc.JdbcRules;
import dev.aftercall.jdbc.JdbcRunState;
import dev.aftercall.jdbc.JdbcSecrets;
import dev.aftercall.jdbc.JdbcShadows;
import dev.aftercall.jdbc.JdbcStorageRuns;
import dev.aftercall.jdbc.JdbcTenantSwitches;
import dev.aftercall.jdbc.JdbcTrash;
import dev.aftercall.jdbc.JournalReader;
import dev.aftercall.journal.Journal;
import dev.aftercall.journal.Seals;
import dev.aftercall.journal.SpooledJournal;
import dev.aftercall.media.ContainerProbe;
import dev.aftercall.metering.Metering;
import dev.aftercall.metering.Tariff;
import dev.aftercall.metrics.RequestCounter;
import dev.aftercall.retention.Certificates;
import dev.aftercall.retention.Outlook;
import dev.aftercall.retention.RetentionRun;
import dev.aftercall.retention.RetentionSettings;
import dev.aftercall.retention.StoreHolds;
import dev.aftercall.ruling.Warnings;
import dev.aftercall.shadow.ShadowBook;
import dev.aftercall.shadow.Shadows;
import dev.aftercall.storage.Runs;
import dev.aftercall.storage.StorageWatch;
import dev.aftercall.throttle.Limits;
import dev.aftercall.throttle.LocalBuckets;
import dev.aftercall.throttle.Throttle;
import dev.aftercall.throttle.TokenBuckets;
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

  private static final Duration BUCKETS_TIDIED_EVERY = Duration.ofMinutes(1);

  private static final Duration SEALED_EVERY = Duration.ofMinutes(15);

  private static final Duration SESSIONS_TIDIED_EVERY = Duration.ofMinutes(1);

  private static final Duration INTAKE_TIDIED_EVERY = Duration.ofMinutes(1);

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

  /**
   * What a server is built from and does not own.
   *
   * @param throttle how many requests a caller may make; empty for any number
   * @param requireCalendarEvent whether meetings without a calendar event show no recordings
   * @param tariff by which retrievals of content are metered
   * @param authorizationUri what a 401 names as the place to get tokens; empty for our own address
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
      RetentionSettings retention,
      StorageWatch.Timetable storage,
      Watched watched,
      Optional<String> authorizationUri,
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
      SpooledJournal journal) {
    this.storage = storage;
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
    Journal journal = acquaintance.noting(written);
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
    Intake intake = intake(parts);
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
    routes.addAll(new MetadataDocument().routes());
    String secret = new JdbcSecrets(parts.database(), parts.ids()).of("page tokens");
    routes.addAll(lists(parts, rules, journal, secret));
    routes.addAll(new CallRecordings(gate).routes(versions, adhocVersions));
    routes.addAll(new CallTranscripts(gate).routes(versions, adhocVersions));
    String meetingVersions = parts.cloud().meetingVersions();
    routes.addAll(new CalendarEvents(meetingGate, secret, parts.clock()).routes(meetingVersions));
    routes.addAll(new OnlineMeetings(meetingGate, parts.clock()).routes(meetingVersions));
    routes.addAll(new IntakeUploads(intake).routes());
    RequestCounter requests = new RequestCounter();
    JdbcStorageRuns runs = new JdbcStorageRuns(parts.database());
    routes.addAll(Upkeep.metrics(parts.watched(), requests, runs));
    routes.addAll(admin(parts, rules, shadows, runs, journal, acquaintance));
    Authenticator authenticator = parts.authenticator().refusing(inForce::deactivated);
    routes.addAll(Upkeep.scim(parts, authenticator, journal));
    RetentionRun.Rooms archive = archive(parts.database(), parts.contents(), parts.ids());
    RetentionRun run = new RetentionRun(archive, parts.retention(), parts.ids(), parts.clock());
    routes.addAll(archive(parts, journal, archive, run));
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
    repeating.every(INTAKE_TIDIED_EVERY, "tidy the intake", () -> intake.recover(UNFINISHED_FOR));
    Repeating keeping = new Repeating();
    parts
        .retention()
        .every()
        .ifPresent(pause -> keeping.every(pause, "run the retention", run::run));
    keeping.every(LOCKS_SET_EVERY, "hold at the object store", new StoreHolds(archive)::settle);
    HttpServers http =
        HttpServers.start(
            settings,
            routes,
            authenticator,
            throttle(parts, repeating),
            parts.authorizationUri(),
            requests,
            parts.ids(),
            parts.clock());
    StorageWatch storage =
        new StorageWatch(
            Upkeep.storage(parts.database(), parts.contents(), runs),
            parts.storage(),
            parts.ids(),
            parts.clock());
    storage.start(STORAGE_LOOKED_AT_EVERY);
    return new Server(http, health, intake, look, List.of(repeating, keeping), storage, written);
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

  /** What administrators use; every resource of theirs stands behind the one door. */
  private static List<Route> admin(
      Parts parts,
      RuleBook rules,
      Shadows shadows,
      Runs runs,
      Journal journal,
      JdbcAcquaintance acquaintance) {
    Database database = parts.database();
    AdminDoor door =
        new AdminDoor(
            new AdminGate(journal, parts.clock()),
            new JdbcSecrets(database, parts.ids()).of("page tokens"));
    JdbcGroups groups = new JdbcGroups(database);
    Warnings warnings = new Warnings(acquaintance, groups);
    List<Route> routes = new ArrayList<>();
    routes.addAll(new AdminPolicies(new JdbcPolicies(database), warnings).routes(door));
    routes.addAll(new AdminGrants(new JdbcGrants(database), warnings).routes(door));
    routes.addAll(new AdminGroups(groups, warnings).routes(door));
    routes.addAll(new AdminConsents(new JdbcConsents(database), warnings).routes(door));
    routes.addAll(new AdminTenant(new JdbcTenantSwitches(database), warnings).routes(door));
    JdbcApplications applications = new JdbcApplications(database);
    routes.addAll(new AdminApplications(applications).routes(door));
    routes.addAll(new AdminUsage(applications, parts.clock()).routes(door));
    routes.addAll(new AdminJournal(new JournalReader(database)).routes(door));
    routes.addAll(new AdminPreview(rules, new JdbcKnownPeople(database)).routes(door));
    routes.addAll(new AdminShadow(shadows, rules, parts.clock()).routes(door));
    routes.addAll(new AdminStorage(runs, parts.ids(), parts.clock()).routes(door));
    return routes;
  }

  /** What administrators govern the archive by. */
  private static List<Route> archive(
      Parts parts, Journal journal, RetentionRun.Rooms rooms, RetentionRun run) {
    AdminDoor door =
        new AdminDoor(
            new AdminGate(journal, parts.clock()),
            new JdbcSecrets(parts.database(), parts.ids()).of("page tokens"));
    Outlook outlook = new Outlook(rooms, parts.retention());
    List<Route> routes = new ArrayList<>();
    routes.addAll(new AdminRetentionRules(rooms.rules(), parts.ids()).routes(door));
    routes.addAll(new AdminRetention(rooms, outlook, run, parts.clock()).routes(door));
    routes.addAll(new AdminHolds(rooms, parts.ids(), parts.clock()).routes(door));
    routes.addAll(new AdminRecordings(rooms, outlook, parts.clock()).routes(door));
    routes.addAll(new AdminTrash(rooms, outlook, parts.clock()).routes(door));
    routes.addAll(new AdminDisposals(rooms).routes(door));
    return routes;
  }

  /** In memory where this process is the only one, else where all nodes share it. */
  private static Throttle throttle(Parts parts, Repeating repeating) {
    if (parts.throttle().isEmpty()) {
      return Throttle.OFF;
    }
    Limits limits = parts.throttle().get();
    if (parts.database().embedded()) {
      return new TokenBuckets(limits, new LocalBuckets(parts.clock()));
    }
    JdbcBuckets shared = new JdbcBuckets(parts.database(), parts.clock());
    repeating.every(BUCKETS_TIDIED_EVERY, "forget full buckets", shared::tidy);
    return new TokenBuckets(limits, shared);
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

  /** The way in, for callers within the process and for the command line. */
  public static Intake intake(Parts parts) throws IOException {
    return new Intake(
        new Intake.Rooms(
            new JdbcIntakeStore(parts.database()), parts.contents(), new ContainerProbe()),
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
    journal.close();
  }
}
