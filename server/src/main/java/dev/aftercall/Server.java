package dev.aftercall;

import dev.aftercall.config.Cloud;
import dev.aftercall.content.ContentStore;
import dev.aftercall.gate.AdminGate;
import dev.aftercall.gate.Gate;
import dev.aftercall.gate.ListGate;
import dev.aftercall.gate.MeetingGate;
import dev.aftercall.gate.Why;
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
import dev.aftercall.http.admin.AdminConsents;
import dev.aftercall.http.admin.AdminDecisions;
import dev.aftercall.http.admin.AdminDoor;
import dev.aftercall.http.admin.AdminGrants;
import dev.aftercall.http.admin.AdminGroups;
import dev.aftercall.http.admin.AdminPolicies;
import dev.aftercall.http.admin.AdminTenant;
import dev.aftercall.identity.Authenticator;
import dev.aftercall.intake.Intake;
import dev.aftercall.jdbc.Database;
import dev.aftercall.jdbc.JdbcAcquaintance;
import dev.aftercall.jdbc.JdbcBuckets;
import dev.aftercall.jdbc.JdbcCatalogue;
import dev.aftercall.jdbc.JdbcConsents;
import dev.aftercall.jdbc.JdbcGrants;
import dev.aftercall.jdbc.JdbcGroups;
import dev.aftercall.jdbc.JdbcIntakeStore;
import dev.aftercall.jdbc.JdbcInventory;
import dev.aftercall.jdbc.JdbcJournal;
import dev.aftercall.jdbc.JdbcMeetings;
import dev.aftercall.jdbc.JdbcPolicies;
import dev.aftercall.jdbc.JdbcRefusals;
import dev.aftercall.jdbc.JdbcRules;
import dev.aftercall.jdbc.JdbcSecrets;
import dev.aftercall.jdbc.JdbcTenantSwitches;
import dev.aftercall.jdbc.JdbcWhereabouts;
import dev.aftercall.journal.Journal;
import dev.aftercall.media.ContainerProbe;
import dev.aftercall.ruling.Warnings;
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

  private static final Duration REFUSALS_KEPT_EVERY = Duration.ofMillis(500);

  private static final Duration REFUSALS_PRUNED_EVERY = Duration.ofMinutes(10);

  private static final Duration BUCKETS_TIDIED_EVERY = Duration.ofMinutes(1);

  private static final Duration INTAKE_TIDIED_EVERY = Duration.ofMinutes(1);

  /** Longer than it takes to make the largest file durable. */
  private static final Duration UNFINISHED_FOR = Duration.ofMinutes(15);

  private final HttpServers http;
  private final Health health;
  private final Intake intake;
  private final JdbcRules rules;
  private final Repeating repeating;
  private final JdbcJournal journal;

  /**
   * What a server is built from and does not own.
   *
   * @param throttle how many requests a caller may make; empty for any number
   * @param requireCalendarEvent whether meetings without a calendar event show no recordings
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
      Intake.Limits intake,
      Optional<String> authorizationUri,
      List<Route> more,
      Ids ids,
      InstantSource clock) {}

  private Server(
      HttpServers http,
      Health health,
      Intake intake,
      JdbcRules rules,
      Repeating repeating,
      JdbcJournal journal) {
    this.http = http;
    this.rules = rules;
    this.health = health;
    this.intake = intake;
    this.repeating = repeating;
    this.journal = journal;
  }

  /** Builds the house and listens. Not ready before {@link #open}. */
  public static Server start(Parts parts, HttpSettings settings) throws IOException {
    JdbcRules rules = new JdbcRules(parts.database(), parts.requireCalendarEvent());
    JdbcJournal written = new JdbcJournal(parts.database(), parts.ids());
    JdbcAcquaintance acquaintance = new JdbcAcquaintance(parts.database());
    JdbcRefusals refusals = new JdbcRefusals(parts.database(), parts.clock());
    Journal journal = acquaintance.noting(refusals.keeping(written));
    Why why =
        new Why(
            rules,
            new Why.Facts(
                new JdbcCatalogue(parts.database()),
                new JdbcMeetings(parts.database()),
                new JdbcWhereabouts(parts.database()),
                acquaintance),
            parts.clock());
    Gate gate =
        new Gate(
            rules, new JdbcCatalogue(parts.database()), parts.contents(), journal, parts.clock());
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
    AdminDoor door = door(parts, journal);
    routes.addAll(ruling(parts, door, acquaintance));
    routes.addAll(new AdminDecisions(why, refusals).routes(door));
    routes.addAll(parts.more());

    Repeating repeating = new Repeating();
    repeating.every(RULES_LOOKED_AT_EVERY, "look at the rules", rules::refresh);
    repeating.every(CALLERS_NOTED_EVERY, "note callers", acquaintance::flush);
    repeating.every(REFUSALS_KEPT_EVERY, "keep refusals", refusals::flush);
    repeating.every(REFUSALS_PRUNED_EVERY, "forget old refusals", refusals::prune);
    repeating.every(INTAKE_TIDIED_EVERY, "tidy the intake", () -> intake.recover(UNFINISHED_FOR));
    HttpServers http =
        HttpServers.start(
            settings,
            routes,
            parts.authenticator(),
            throttle(parts, repeating),
            parts.authorizationUri(),
            parts.ids(),
            parts.clock());
    return new Server(http, health, intake, rules, repeating, written);
  }

  private static List<Route> lists(Parts parts, JdbcRules rules, Journal journal, String secret) {
    ListGate gate =
        new ListGate(rules, new JdbcInventory(parts.database()), journal, parts.clock());
    return new ArtifactLists(gate, parts.lists(), secret, parts.clock())
        .routes(
            parts.cloud().recordingVersions(),
            parts.cloud().collectionVersions(),
            parts.cloud().adhocVersions());
  }

  /** What administrators use; every resource of theirs stands behind the one door. */
  private static AdminDoor door(Parts parts, Journal journal) {
    return new AdminDoor(
        new AdminGate(journal, parts.clock()),
        new JdbcSecrets(parts.database(), parts.ids()).of("page tokens"));
  }

  private static List<Route> ruling(Parts parts, AdminDoor door, JdbcAcquaintance acquaintance) {
    Database database = parts.database();
    JdbcGroups groups = new JdbcGroups(database);
    Warnings warnings = new Warnings(acquaintance, groups);
    List<Route> routes = new ArrayList<>();
    routes.addAll(new AdminPolicies(new JdbcPolicies(database), warnings).routes(door));
    routes.addAll(new AdminGrants(new JdbcGrants(database), warnings).routes(door));
    routes.addAll(new AdminGroups(groups, warnings).routes(door));
    routes.addAll(new AdminConsents(new JdbcConsents(database), warnings).routes(door));
    routes.addAll(new AdminTenant(new JdbcTenantSwitches(database), warnings).routes(door));
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
    rules.refresh();
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
    repeating.close();
    journal.close();
  }
}
