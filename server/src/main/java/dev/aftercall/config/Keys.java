package dev.aftercall.config;

import static dev.aftercall.config.Quantity.duration;
import static dev.aftercall.config.Quantity.size;
import static dev.aftercall.config.ValueTypes.bool;
import static dev.aftercall.config.ValueTypes.cidr;
import static dev.aftercall.config.ValueTypes.host;
import static dev.aftercall.config.ValueTypes.integer;
import static dev.aftercall.config.ValueTypes.listOf;
import static dev.aftercall.config.ValueTypes.oneOf;
import static dev.aftercall.config.ValueTypes.optional;
import static dev.aftercall.config.ValueTypes.origin;
import static dev.aftercall.config.ValueTypes.path;
import static dev.aftercall.config.ValueTypes.port;
import static dev.aftercall.config.ValueTypes.secret;
import static dev.aftercall.config.ValueTypes.text;

import dev.aftercall.config.Key.Default;
import dev.aftercall.config.Key.Required;
import dev.aftercall.config.Settings.Log;
import dev.aftercall.config.Settings.Throttle;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The keys that stand by themselves; object stores and issuers have lists of their own. */
final class Keys {
  /** Where the bytes lie, by the name of its record. */
  enum Store {
    /** {@link Settings.Disk}. */
    DISK,
    /** {@link Settings.S3}. */
    S3
  }

  /**
   * A key that went by another name in an earlier release. It stays known, and says its new name.
   */
  record Renamed(String old, String now) {}

  /** Every key that was renamed since the first release. */
  static final List<Renamed> RENAMED = List.of();

  private static final List<Key<Settings, ?>> DECLARED = new ArrayList<>();

  static final Key<Settings, Path> DATA_DIR =
      declare(
          new Key<>(
              "data-dir",
              path(),
              new Required(),
              false,
              "Folder for the catalogue and everything else that has no other place.",
              Settings::dataDir));

  static final Key<Settings, Boolean> HTTP_ENABLED =
      key(
          "http.enabled",
          bool(),
          "true",
          "Whether to listen in plain text.",
          s -> s.http().enabled());

  static final Key<Settings, String> HTTP_HOST =
      key(
          "http.host",
          host(),
          "127.0.0.1",
          "Address to listen at, with and without TLS; 0.0.0.0 or :: for all.",
          s -> s.http().host());

  static final Key<Settings, Integer> HTTP_PORT =
      key(
          "http.port",
          port(),
          "8080",
          "Port of the plain-text listener; 0 for any free one.",
          s -> s.http().port());

  static final Key<Settings, Optional<URI>> HTTP_PUBLIC_URL =
      key(
          "http.public-url",
          optional(origin()),
          "",
          "What links begin with; when empty, the address that the client asked.",
          s -> s.http().publicUrl());

  static final Key<Settings, List<CidrRange>> HTTP_TRUSTED_PROXIES =
      key(
          "http.trusted-proxies",
          listOf(cidr()),
          "",
          "Proxies whose Forwarded and X-Forwarded-* headers are believed.",
          s -> s.http().trustedProxies());

  static final Key<Settings, Integer> HTTP_MAX_HEADER_BYTES =
      key(
          "http.max-header-bytes",
          integer(1024, 1 << 20),
          "16384",
          "Most bytes of header fields in one request; more is answered with 431.",
          s -> s.http().maxHeaderBytes());

  static final Key<Settings, Integer> HTTP_MAX_REQUESTS_IN_FLIGHT =
      key(
          "http.max-requests-in-flight",
          integer(1, 1_000_000),
          "4096",
          "Most requests at one time; more are answered with 503.",
          s -> s.http().maxRequestsInFlight());

  static final Key<Settings, Duration> HTTP_IDLE_TIMEOUT =
      key(
          "http.idle-timeout",
          duration("1s", "1d"),
          "60s",
          "How long a connection may be silent before it is closed.",
          s -> s.http().idleTimeout());

  static final Key<Settings, Integer> HTTPS_PORT =
      key(
          "https.port",
          port(),
          "8443",
          "Port of the TLS listener; 0 for any free one.",
          s -> s.https().port());

  static final Key<Settings, Optional<Path>> HTTPS_CERTIFICATE =
      key(
          "https.certificate",
          optional(path()),
          "",
          "Certificate in PEM with its chain; with https.key, turns the TLS listener on.",
          s -> s.https().certificate());

  static final Key<Settings, Optional<Path>> HTTPS_KEY =
      key(
          "https.key",
          optional(path()),
          "",
          "Private key of the certificate: PEM, PKCS#8, not encrypted.",
          s -> s.https().key());

  static final Key<Settings, Cloud> GRAPH_CLOUD =
      key(
          "graph.cloud",
          oneOf(Cloud.class),
          "global",
          "The cloud of Microsoft Graph to behave as.",
          s -> s.graph().cloud());

  static final Key<Settings, FunctionSpelling> GRAPH_SPELLING =
      key(
          "graph.spelling",
          oneOf(FunctionSpelling.class),
          "lenient",
          "Whether calls of getAllRecordings and getAllTranscripts as SDKs write them are understood,"
              + " or refused as Graph refuses them.",
          s -> s.graph().spelling());

  static final Key<Settings, Boolean> GRAPH_REQUIRE_CALENDAR_EVENT =
      key(
          "graph.require-calendar-event",
          bool(),
          "false",
          "Whether a meeting made without a calendar event shows no recordings, as at Microsoft.",
          s -> s.graph().requireCalendarEvent());

  static final Key<Settings, Settings.Tombstones> DELTA_TOMBSTONES =
      key(
          "delta.tombstones",
          oneOf(Settings.Tombstones.class),
          "off",
          "Whether a delta tells what is gone too, as @removed; Graph tells what came alone.",
          s -> s.delta().tombstones());

  static final Key<Settings, Duration> DELTA_TOKEN_LIFETIME =
      key(
          "delta.token-lifetime",
          duration("1m", "3650d"),
          "30d",
          "How long a delta link may be used; later it is answered with 410 and begins anew.",
          s -> s.delta().tokenLifetime());

  static final Key<Settings, Throttle.Mode> THROTTLE =
      key(
          "throttle",
          oneOf(Throttle.Mode.class),
          "off",
          "Whether too many requests get 429: off, as Microsoft documents, or by throttle.….",
          s -> s.throttle().mode());

  static final Key<Settings, Optional<String>> DATABASE_URL =
      key(
          "database.url",
          optional(text()),
          "",
          "jdbc:sqlite:… or jdbc:postgresql:…; when empty, SQLite at aftercall.db in data-dir.",
          s -> s.database().url());

  static final Key<Settings, Optional<String>> DATABASE_USER =
      key(
          "database.user",
          optional(text()),
          "",
          "Who logs in to PostgreSQL.",
          s -> s.database().user());

  static final Key<Settings, Optional<Secret>> DATABASE_PASSWORD =
      declare(
          new Key<>(
              "database.password",
              optional(secret()),
              new Default(""),
              true,
              "Password of database.user.",
              s -> s.database().password()));

  static final Key<Settings, Integer> DATABASE_POOL_SIZE =
      key(
          "database.pool-size",
          integer(1, 1000),
          "8",
          "Most connections to the database.",
          s -> s.database().poolSize());

  static final Key<Settings, Store> CONTENT_STORE =
      key(
          "content.store",
          oneOf(Store.class),
          "disk",
          "Where recordings lie: in data-dir, or at an object store.",
          s -> s.content() instanceof Settings.S3 ? Store.S3 : Store.DISK);

  static final Key<Settings, Long> INTAKE_MAX_SIZE =
      key(
          "intake.max-size",
          size("1B", "5TiB"),
          "100GiB",
          "Largest recording that is taken in.",
          s -> s.intake().maxSize());

  static final Key<Settings, Duration> INTAKE_SESSION_LIFETIME =
      key(
          "intake.session-lifetime",
          duration("1m", "365d"),
          "7d",
          "How long an unfinished upload waits to be continued.",
          s -> s.intake().sessionLifetime());

  static final Key<Settings, Boolean> INTAKE_FASTSTART =
      key(
          "intake.faststart",
          bool(),
          "false",
          "Whether an MP4 whose index stands at its end is kept with it in front, so that players"
              + " begin at once. Nothing is encoded anew; the receipt has the hash of what came.",
          s -> s.intake().faststart());

  static final Key<Settings, Optional<Path>> INTAKE_FFMPEG =
      key(
          "intake.ffmpeg",
          optional(path()),
          "",
          "Where ffmpeg is, for repairs and pictures; looked for on the PATH when empty.",
          s -> s.intake().ffmpeg());

  static final Key<Settings, Integer> INTAKE_PREVIEWS =
      key(
          "intake.previews",
          integer(0, 24),
          "0",
          "How many pictures are drawn of each recording with video, evenly over its length, beside"
              + " a poster, when ffmpeg is there; 0 draws none. It takes processor time, of one"
              + " recording at a time.",
          s -> s.intake().previews());

  static final Key<Settings, List<CidrRange>> NOTIFICATIONS_ALLOWED_NETWORKS =
      key(
          "notifications.allowed-networks",
          listOf(cidr()),
          "",
          "Networks that notifications may be sent to although they are not public.",
          s -> s.notifications().allowedNetworks());

  static final Key<Settings, Log.Format> LOG_FORMAT =
      key(
          "log.format",
          oneOf(Log.Format.class),
          "text",
          "Lines for people, or a JSON object a line.",
          s -> s.log().format());

  static final Key<Settings, Log.Level> LOG_LEVEL =
      key(
          "log.level",
          oneOf(Log.Level.class),
          "info",
          "The least that is logged.",
          s -> s.log().level());

  /** All of them, as declared. */
  static final List<Key<Settings, ?>> ALL = List.copyOf(DECLARED);

  private Keys() {}

  private static <T> Key<Settings, T> key(
      String name,
      ValueType<T> type,
      String fallback,
      String description,
      Function<Settings, T> reader) {
    return declare(new Key<>(name, type, new Default(fallback), false, description, reader));
  }

  private static <T> Key<Settings, T> declare(Key<Settings, T> key) {
    DECLARED.add(key);
    return key;
  }
}
