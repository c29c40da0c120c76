package dev.aftercall.config;

import dev.aftercall.storage.Hashing;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything an operator can set, valid in itself. Whether it is also safe in production is judged
 * by {@link ProductionChecks}.
 *
 * @param dataDir where everything is kept that has no other place
 * @param issuers whose tokens are believed; none means nobody gets in
 */
public record Settings(
    Path dataDir,
    Http http,
    Https https,
    Graph graph,
    Delta delta,
    Throttle throttle,
    Metering metering,
    List<Issuer> issuers,
    Database database,
    Content content,
    Intake intake,
    Notifications notifications,
    Retention retention,
    Storage storage,
    Metrics metrics,
    Log log) {

  /** S3 takes no more parts than these in one upload. */
  private static final long MOST_PARTS = 10_000;

  /**
   * Listening in plain text, and what both listeners share.
   *
   * @param port 0 is any free one
   * @param publicUrl without path; what links begin with in place of the address that was asked
   * @param trustedProxies whose Forwarded and X-Forwarded-* are believed
   * @param maxHeaderBytes of one request
   * @param idleTimeout after which a silent connection is closed
   */
  public record Http(
      boolean enabled,
      String host,
      int port,
      Optional<URI> publicUrl,
      List<CidrRange> trustedProxies,
      int maxHeaderBytes,
      int maxRequestsInFlight,
      Duration idleTimeout) {
    /** Copies the proxies. */
    public Http {
      trustedProxies = List.copyOf(trustedProxies);
    }
  }

  /**
   * Listening with TLS, at the host of {@link Http}.
   *
   * @param certificate PEM, the server's first, then its chain
   * @param key PEM, PKCS#8, not encrypted
   */
  public record Https(int port, Optional<Path> certificate, Optional<Path> key) {
    /** Half a pair would quietly mean no TLS. */
    public Https {
      new Rules()
          .require(
              certificate.isPresent() || key.isEmpty(),
              "https.certificate",
              "https.key is set without its certificate",
              "both or none")
          .require(
              key.isPresent() || certificate.isEmpty(),
              "https.key",
              "https.certificate is set without its key",
              "both or none")
          .enforce();
    }

    /** Whether the server listens with TLS. */
    public boolean enabled() {
      return certificate.isPresent() && key.isPresent();
    }
  }

  /**
   * Which Graph to be.
   *
   * @param spelling of function calls
   * @param requireCalendarEvent whether meetings without a calendar event show no recordings
   */
  public record Graph(Cloud cloud, FunctionSpelling spelling, boolean requireCalendarEvent) {}

  /**
   * How changes are told.
   *
   * @param tokenLifetime how long a delta link counts
   */
  public record Delta(Tombstones tombstones, Duration tokenLifetime) {}

  /** Whether a delta tells what is gone. */
  public enum Tombstones {
    /** It tells what came, and no more; so does Graph. */
    OFF,
    /** It tells what is gone too. */
    ON
  }

  /**
   * How many requests a caller may make.
   *
   * @param get of a throttle of one's own, for GET
   * @param write the same for every other method
   */
  public record Throttle(Mode mode, Rates get, Rates write) {
    /** Whose limits. */
    public enum Mode {
      /** None. */
      OFF,
      /** Those that Microsoft documents. */
      GRAPH,
      /** Those that are set. */
      CUSTOM
    }

    /** Requests a second; 0 for any number. */
    public record Rates(int perApp, int perAppAndTenant, int perUser) {}
  }

  /**
   * The catalogue.
   *
   * @param url empty for SQLite in the data folder
   */
  public record Database(
      Optional<String> url, Optional<String> user, Optional<Secret> password, int poolSize) {
    /** Only the two databases that every test runs on. */
    public Database {
      String given = url.orElse("jdbc:sqlite:");
      new Rules()
          .require(
              given.startsWith("jdbc:sqlite:") || given.startsWith("jdbc:postgresql:"),
              "database.url",
              "the URL is of no database that Aftercall knows",
              "jdbc:sqlite:PATH or jdbc:postgresql://HOST/DATABASE")
          .require(
              given.startsWith("jdbc:sqlite:")
                  || !(given.contains("password=") || given.contains("@")),
              "database.url",
              "the URL carries a password, and URLs are logged",
              "the password in database.password")
          .enforce();
    }
  }

  /** Where the bytes lie. */
  public sealed interface Content {}

  /** In the data folder. */
  public record Disk() implements Content {}

  /**
   * At an object store that speaks S3.
   *
   * @param endpoint empty for AWS itself
   * @param prefix before every object's key
   * @param accessKey with the secret key, empty to ask the machine (AWS's default chain)
   * @param chunkedEncoding whether uploads are signed chunk by chunk; some stores cannot
   * @param partSize of multipart uploads, in bytes
   */
  public record S3(
      Optional<URI> endpoint,
      String region,
      Optional<String> bucket,
      String prefix,
      Optional<String> accessKey,
      Optional<Secret> secretKey,
      boolean pathStyle,
      boolean chunkedEncoding,
      long partSize,
      Delivery delivery,
      Duration redirectLifetime)
      implements Content {
    /** Half a pair of keys signs nothing. */
    public S3 {
      new Rules()
          .require(
              accessKey.isPresent() || secretKey.isEmpty(),
              "content.s3.access-key",
              "content.s3.secret-key is set without its access key",
              "both or none")
          .require(
              secretKey.isPresent() || accessKey.isEmpty(),
              "content.s3.secret-key",
              "content.s3.access-key is set without its secret key",
              "both or none")
          .enforce();
    }
  }

  /** How the bytes of an object store reach a client. */
  public enum Delivery {
    /** Through this server. */
    PROXY,
    /** From the store, by a link that expires. */
    REDIRECT
  }

  /**
   * How recordings arrive.
   *
   * @param maxSize of one recording, in bytes
   * @param sessionLifetime after which an upload that nobody continues is dropped
   * @param faststart whether an MP4's movie box is put in front of its media data
   * @param ffmpeg where ffmpeg is; empty to look on the PATH
   * @param previews that are drawn of a recording beside its poster; 0 draws neither
   * @param sources recorders that hand over in their own words
   */
  public record Intake(
      long maxSize,
      Duration sessionLifetime,
      boolean faststart,
      Optional<Path> ffmpeg,
      int previews,
      List<IntakeSource> sources) {
    /** Copies the sources. */
    public Intake {
      sources = List.copyOf(sources);
    }
  }

  /**
   * How changes are told.
   *
   * @param allowedNetworks that are called for subscribers although they are not public
   * @param webhooks who hears of everything in a tenant by HTTP
   * @param topics who does through Kafka
   */
  public record Notifications(
      List<CidrRange> allowedNetworks, List<WebhookSink> webhooks, List<KafkaSink> topics) {
    /** Copies the lists. */
    public Notifications {
      allowedNetworks = List.copyOf(allowedNetworks);
      webhooks = List.copyOf(webhooks);
      topics = List.copyOf(topics);
    }
  }

  /**
   * How long recordings are kept.
   *
   * @param every how often the server looks; zero for never
   * @param defaultDays where no rule says otherwise; 0 for ever
   * @param trashPeriod how long something can be restored
   * @param warnBefore how long before its end an item is warned of
   * @param largestRun percent of a tenant's items that may go unconfirmed
   * @param largestClockStep how far the clock may go unconfirmed
   */
  public record Retention(
      Duration every,
      int defaultDays,
      Duration trashPeriod,
      Duration warnBefore,
      int largestRun,
      Duration largestClockStep) {}

  /**
   * How catalogue and content store are checked against each other.
   *
   * @param verifyEvery empty for never
   * @param bytesPerSecond the most that is read to be hashed
   * @param grace how old content must be to count as an orphan
   */
  public record Storage(
      Optional<Duration> verifyEvery, Hashing hashing, long bytesPerSecond, Duration grace) {}

  /**
   * What Prometheus may read.
   *
   * @param token empty for anybody
   */
  public record Metrics(boolean enabled, Optional<Secret> token) {
    /** A token guards nothing where there is nothing. */
    public Metrics {
      new Rules()
          .require(
              enabled || token.isEmpty(),
              "metrics.token",
              "the key has no effect, for metrics.enabled is false",
              "the key together with metrics.enabled=true")
          .enforce();
    }
  }

  /** What the log looks like. */
  public record Log(Format format, Level level) {
    /** How a line is written. */
    public enum Format {
      /** For people. */
      TEXT,
      /** For machines, an object a line. */
      JSON
    }

    /** The least that is written. */
    public enum Level {
      /** Everything. */
      DEBUG,
      /** What happens. */
      INFO,
      /** What should not happen. */
      WARN
    }
  }

  /** Checks what spans several sections. */
  public Settings {
    issuers = List.copyOf(issuers);
    Rules rules =
        new Rules()
            .require(
                http.enabled() || https.enabled(),
                "http.enabled",
                "there is nothing to listen at: http is off and https has no certificate",
                "true, or https.certificate and https.key")
            .require(
                !(http.enabled() && https.enabled())
                    || http.port() == 0
                    || http.port() != https.port(),
                "https.port",
                "http.port is %d as well".formatted(http.port()),
                "another port");
    if (content instanceof S3 s3) {
      rules.require(
          intake.maxSize() / MOST_PARTS < s3.partSize(),
          "content.s3.part-size",
          "a recording of intake.max-size would need more than the 10000 parts S3 takes",
          "a larger part, or a smaller intake.max-size");
    }
    Set<URI> urls = new HashSet<>();
    for (Issuer issuer : issuers) {
      rules.require(
          urls.add(issuer.url()),
          "issuer." + issuer.name() + ".url",
          "another issuer has the same URL, so that nobody can tell whose rules hold",
          "one issuer a URL");
    }
    rules.enforce();
  }

  /**
   * Reads the settings. A variable wins over the file.
   *
   * @param file {@code key=value} lines in UTF-8, as java.util.Properties reads them
   * @param environment the process's environment variables, of which those with {@code AFTERCALL_}
   *     are looked at
   * @throws SettingsException with all faults at once
   */
  public static Settings load(Optional<Path> file, Map<String, String> environment) {
    return new SettingsReader(Keys.RENAMED).read(file, environment);
  }

  /** The recorders that a file and the environment connect, whatever else they set. */
  public static List<IntakeSource> sources(Path file, Map<String, String> environment) {
    return new SettingsReader(Keys.RENAMED).readSources(file, environment);
  }

  /** Who is told by a file and the environment, whatever else they set. */
  public static Notifications notifications(Path file, Map<String, String> environment) {
    return new SettingsReader(Keys.RENAMED).readNotifications(file, environment);
  }

  /** Where the catalogue lies: the URL that was set, or SQLite in the data folder. */
  public String databaseUrl() {
    return database.url().orElseGet(() -> "jdbc:sqlite:" + dataDir.resolve("aftercall.db"));
  }

  /** What is in effect, a line a key as the file would write it, secrets masked. */
  public List<String> dump() {
    return Dump.of(this);
  }
}
