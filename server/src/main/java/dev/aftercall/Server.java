package dev.aftercall;

import dev.aftercall.config.Cloud;
import dev.aftercall.content.ContentStore;
import dev.aftercall.gate.DeliveryGate;
import dev.aftercall.gate.Gate;
import dev.aftercall.gate.ListGate;
import dev.aftercall.gate.MeetingGate;
import dev.aftercall.gate.SubscriptionGate;
import dev.aftercall.http.ArtifactLists;
import dev.aftercall.http.CalendarEvents;
import dev.aftercall.http.CallRecordings;
import dev.aftercall.http.CallTranscripts;
import dev.aftercall.http.ChangeSubscriptions;
import dev.aftercall.http.Health;
import dev.aftercall.http.HttpServers;
import dev.aftercall.http.HttpSettings;
import dev.aftercall.http.IntakeUploads;
import dev.aftercall.http.ListSettings;
import dev.aftercall.http.MetadataDocument;
import dev.aftercall.http.NotificationKeys;
import dev.aftercall.http.OnlineMeetings;
import dev.aftercall.http.Route;
import dev.aftercall.identity.Authenticator;
import dev.aftercall.intake.Intake;
import dev.aftercall.jdbc.Database;
import dev.aftercall.jdbc.JdbcBuckets;
import dev.aftercall.jdbc.JdbcCatalogue;
import dev.aftercall.jdbc.JdbcIntakeStore;
import dev.aftercall.jdbc.JdbcInventory;
import dev.aftercall.jdbc.JdbcJournal;
import dev.aftercall.jdbc.JdbcMeetings;
import dev.aftercall.jdbc.JdbcOutbox;
import dev.aftercall.jdbc.JdbcRules;
import dev.aftercall.jdbc.JdbcSecrets;
import dev.aftercall.jdbc.JdbcSubscriptions;
import dev.aftercall.media.ContainerProbe;
import dev.aftercall.notification.Dispatcher;
import dev.aftercall.notification.NotificationSettings;
import dev.aftercall.notification.Notifications;
import dev.aftercall.notification.ValidationTokens;
import dev.aftercall.notification.webhook.Webhooks;
import dev.aftercall.throttle.Limits;
import dev.aftercall.throttle.LocalBuckets;
import dev.aftercall.throttle.Throttle;
import dev.aftercall.throttle.TokenBuckets;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Repeating;
import dev.aftercall.time.Ticks;
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

  private static final Duration BUCKETS_TIDIED_EVERY = Duration.ofMinutes(1);

  private static final Duration INTAKE_TIDIED_EVERY = Duration.ofMinutes(1);

  private static final Duration OUTBOX_TIDIED_EVERY = Duration.ofMinutes(1);

  /** Longer than it takes to make the largest file durable. */
  private static final Duration UNFINISHED_FOR = Duration.ofMinutes(15);

  private final HttpServers http;
  private final Health health;
  private final Intake intake;
  private final JdbcRules rules;
  private final Repeating repeating;
  private final JdbcJournal journal;
  private final Dispatcher dispatcher;
  private final Webhooks webhooks;

  /**
   * What a server is built from and does not own.
   *
   * @param throttle how many requests a caller may make; empty for any number
   * @param requireCalendarEvent whether meetings without a calendar event show no recordings
   * @param authorizationUri what a 401 names as the place to get tokens; empty for our own address
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
      Intake.Limits intake,
      Optional<String> authorizationUri,
      NotificationSettings notifications,
      List<Route> more,
      Ids ids,
      InstantSource clock) {}

  private Server(
      HttpServers http,
      Health health,
      Intake intake,
      JdbcRules rules,
      Repeating repeating,
      JdbcJournal journal,
      Dispatcher dispatcher,
      Webhooks webhooks) {
    this.dispatcher = dispatcher;
    this.webhooks = webhooks;
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
    JdbcJournal journal = new JdbcJournal(parts.database(), parts.ids());
    Gate gate =
        new Gate(
            rules, new JdbcCatalogue(parts.database()), parts.contents(), journal, parts.clock());
    MeetingGate meetingGate =
        new MeetingGate(
            rules, new JdbcMeetings(parts.database()), journal, parts.ids(), parts.clock());
    Webhooks webhooks = new Webhooks(parts.notifications().addresses(), parts.ids());
    ValidationTokens tokens = validationTokens(parts);
    JdbcOutbox outbox = new JdbcOutbox(parts.database(), parts.ids(), List.of());
    Dispatcher dispatcher =
        Notifications.start(
            outbox,
            new DeliveryGate(rules, journal, parts.clock()),
            webhooks,
            tokens,
            parts.ids(),
            parts.clock());
    Intake intake = intake(parts, dispatcher::wake);
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
    routes.addAll(lists(parts, rules, journal));
    routes.addAll(new CallRecordings(gate).routes(versions, adhocVersions));
    routes.addAll(new CallTranscripts(gate).routes(versions, adhocVersions));
    String meetingVersions = parts.cloud().meetingVersions();
    routes.addAll(new CalendarEvents(meetingGate, parts.clock()).routes(meetingVersions));
    routes.addAll(new OnlineMeetings(meetingGate, parts.clock()).routes(meetingVersions));
    routes.addAll(subscriptions(parts, rules, journal, webhooks));
    routes.addAll(new NotificationKeys(tokens).routes());
    routes.addAll(new IntakeUploads(intake).routes());
    routes.addAll(parts.more());

    Repeating repeating = new Repeating();
    repeating.every(RULES_LOOKED_AT_EVERY, "look at the rules", rules::refresh);
    repeating.every(INTAKE_TIDIED_EVERY, "tidy the intake", () -> intake.recover(UNFINISHED_FOR));
    repeating.every(
        OUTBOX_TIDIED_EVERY,
        "tidy the outbox",
        () -> outbox.tidy(Ticks.of(parts.clock().instant())));
    HttpServers http =
        HttpServers.start(
            settings,
            routes,
            parts.authenticator(),
            throttle(parts, repeating),
            parts.authorizationUri(),
            parts.ids(),
            parts.clock());
    return new Server(http, health, intake, rules, repeating, journal, dispatcher, webhooks);
  }

  private static List<Route> subscriptions(
      Parts parts, JdbcRules rules, JdbcJournal journal, Webhooks webhooks) {
    SubscriptionGate gate =
        new SubscriptionGate(
            rules,
            new JdbcInventory(parts.database()),
            new JdbcSubscriptions(parts.database(), parts.ids()),
            webhooks,
            journal,
            parts.ids(),
            parts.clock());
    boolean adhocCalls = !parts.cloud().adhocVersions().isEmpty();
    return new ChangeSubscriptions(gate, adhocCalls, parts.clock())
        .routes(parts.cloud().meetingVersions());
  }

  private static List<Route> lists(Parts parts, JdbcRules rules, JdbcJournal journal) {
    Database database = parts.database();
    ListGate gate = new ListGate(rules, new JdbcInventory(database), journal, parts.clock());
    String secret = new JdbcSecrets(database, parts.ids()).of("page tokens");
    return new ArtifactLists(gate, parts.lists(), secret, parts.clock())
        .routes(
            parts.cloud().recordingVersions(),
            parts.cloud().collectionVersions(),
            parts.cloud().adhocVersions());
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

  /** The key is made when it is first asked for: no start waits for it. */
  private static ValidationTokens validationTokens(Parts parts) {
    JdbcSecrets secrets = new JdbcSecrets(parts.database(), parts.ids());
    return new ValidationTokens(
        () -> secrets.of("validation tokens", ValidationTokens::newKey),
        parts.cloud().stsHost(),
        parts.ids(),
        parts.clock());
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
    dispatcher.close();
    webhooks.close();
    journal.close();
  }
}
