package dev.aftercall;

import dev.aftercall.content.ContentStore;
import dev.aftercall.gate.AdminGate;
import dev.aftercall.http.MetricsPage;
import dev.aftercall.http.Route;
import dev.aftercall.http.scim.ScimDoor;
import dev.aftercall.http.scim.ScimGroupRoutes;
import dev.aftercall.http.scim.ScimSelf;
import dev.aftercall.http.scim.ScimUserRoutes;
import dev.aftercall.identity.Authenticator;
import dev.aftercall.intake.Intake;
import dev.aftercall.jdbc.Database;
import dev.aftercall.jdbc.JdbcBuckets;
import dev.aftercall.jdbc.JdbcPictures;
import dev.aftercall.jdbc.JdbcPromises;
import dev.aftercall.jdbc.JdbcRules;
import dev.aftercall.jdbc.JdbcScimGroups;
import dev.aftercall.jdbc.JdbcScimTokens;
import dev.aftercall.jdbc.JdbcScimUsers;
import dev.aftercall.jdbc.JdbcStorageRuns;
import dev.aftercall.journal.Journal;
import dev.aftercall.metrics.Metrics;
import dev.aftercall.metrics.RequestCounter;
import dev.aftercall.picture.Drawer;
import dev.aftercall.repair.Repair;
import dev.aftercall.shadow.ShadowBook;
import dev.aftercall.storage.Finding;
import dev.aftercall.storage.StorageCheck;
import dev.aftercall.throttle.Limits;
import dev.aftercall.throttle.LocalBuckets;
import dev.aftercall.throttle.Throttle;
import dev.aftercall.throttle.TokenBuckets;
import dev.aftercall.time.Repeating;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of the wiring that keeps a house in order: storage, metrics, shadow rules, and what a
 * directory's provisioning drives. {@link Server} puts it in its place.
 */
public final class Upkeep {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
  private static final Duration BUCKETS_TIDIED_EVERY = Duration.ofMinutes(1);
  private static final Duration DRAWN_EVERY = Duration.ofSeconds(2);
  private static final Duration SWEPT_EVERY = Duration.ofHours(1);

  private Upkeep() {}

  /** What the check of the storage compares. */
  public static StorageCheck.Rooms storage(
      Database database, ContentStore contents, JdbcStorageRuns runs) {
    return new StorageCheck.Rooms(new JdbcPromises(database, Intake::transcriptOf), contents, runs);
  }

  /** The shadow rules follow those in force; looking costs one number when nothing changed. */
  static Runnable looking(JdbcRules inForce, ShadowBook shadow) {
    shadow.refresh();
    return () -> {
      if (inForce.refresh()) {
        shadow.refresh();
      }
    };
  }

  /** In memory where this process is the only one, else where all nodes share it. */
  static Throttle throttle(Server.Parts parts, Repeating repeating) {
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

  /** Draws what was kept, where that is wished for; and removes what was drawn of what is gone. */
  static Repeating drawing(Server.Parts parts) {
    Drawer drawer =
        new Drawer(
            new JdbcPictures(parts.database()),
            parts.contents(),
            parts.dataDir(),
            parts.ids(),
            parts.clock());
    Repeating drawing = new Repeating();
    drawing.every(SWEPT_EVERY, "remove pictures of what is gone", drawer::sweep);
    if (parts.previews() > 0) {
      drawer.resume();
      Repair.find(parts.ffmpeg())
          .ifPresentOrElse(
              ffmpeg ->
                  drawing.every(
                      DRAWN_EVERY, "draw pictures", () -> drawer.draw(ffmpeg, parts.previews())),
              () -> LOG.warn("No pictures are drawn: {}", Repair.MISSING));
    }
    return drawing;
  }

  static List<Route> metrics(
      Server.Watched watched,
      RequestCounter requests,
      JdbcStorageRuns runs,
      Telling telling,
      Receiving receiving) {
    if (!watched.metrics()) {
      return List.of();
    }
    Metrics metrics =
        new Metrics(requests)
            .gauge(
                "aftercall_storage_findings",
                "What the checks of the storage found and nobody has mended, by kind.",
                "kind",
                () -> findings(runs));
    telling.watched(metrics);
    receiving.watched(metrics);
    return new MetricsPage(metrics, watched.token()).routes();
  }

  private static Map<String, Long> findings(JdbcStorageRuns runs) {
    Map<Finding.Kind, Long> open = runs.open(Optional.empty());
    Map<String, Long> counts = new TreeMap<>();
    for (Finding.Kind kind : Finding.Kind.values()) {
      counts.put(kind.name().toLowerCase(Locale.ROOT), open.getOrDefault(kind, 0L));
    }
    return counts;
  }

  /** What a directory's provisioning drives. */
  static List<Route> scim(Server.Parts parts, Authenticator authenticator, Journal journal) {
    Database database = parts.database();
    ScimDoor door =
        new ScimDoor(
            new AdminGate(journal, parts.clock()),
            new JdbcScimTokens(database),
            authenticator::authenticate);
    List<Route> routes = new ArrayList<>(new ScimSelf().routes(door));
    routes.addAll(new ScimUserRoutes(new JdbcScimUsers(database), parts.clock()).routes(door));
    routes.addAll(
        new ScimGroupRoutes(new JdbcScimGroups(database), parts.ids(), parts.clock()).routes(door));
    return routes;
  }
}
