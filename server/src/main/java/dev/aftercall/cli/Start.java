package dev.aftercall.cli;

import dev.aftercall.Server;
import dev.aftercall.config.KafkaSink;
import dev.aftercall.config.Metering;
import dev.aftercall.config.ProductionChecks;
import dev.aftercall.config.Secret;
import dev.aftercall.config.Settings;
import dev.aftercall.http.HttpSettings;
import dev.aftercall.http.ListSettings;
import dev.aftercall.identity.Authenticator;
import dev.aftercall.intake.Intake;
import dev.aftercall.metering.Meter;
import dev.aftercall.metering.PriceList;
import dev.aftercall.metering.Tariff;
import dev.aftercall.notification.NotificationSettings;
import dev.aftercall.notification.kafka.KafkaTarget;
import dev.aftercall.notification.webhook.WebhookTarget;
import dev.aftercall.outbound.AddressRules;
import dev.aftercall.retention.RetentionSettings;
import dev.aftercall.storage.Pace;
import dev.aftercall.storage.StorageWatch;
import dev.aftercall.throttle.Limits;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts a server for real use. */
@Command(
    name = "start",
    description = {
      "Starts a server for real use.",
      "Settings come from a file and from the environment (AFTERCALL_HTTP_PORT for http.port);"
          + " docs/settings.md lists them. Refuses to start with what is unsafe or unknown."
    },
    mixinStandardHelpOptions = true)
final class Start implements Effect.Serves {
  private static final Logger LOG = LoggerFactory.getLogger(Start.class);

  /** A million recordings in twenty minutes, and hardly felt by those who read them. */
  private static final long LOOKS_A_SECOND = 1_000;

  private static final Duration DEFAULT_REDIRECT = Duration.ofMinutes(5);

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration file; the environment alone serves too.")
  private @Nullable Path config;

  @Override
  public Integer call() throws Exception {
    run(Settings.load(Optional.ofNullable(config), System.getenv()));
    return 0;
  }

  /** Runs a server until the process is told to end. */
  static void run(Settings settings) throws Exception {
    Logging.set(settings.log());
    check(settings);
    settings.dump().forEach(LOG::info);
    InstantSource clock = InstantSource.system();
    Authenticator authenticator = new Authenticator(Issuers.trusted(settings), clock);
    authenticator.prefetch();
    CountDownLatch stopped = new CountDownLatch(1);
    Home home = Home.of(settings);
    Closeable lock = home.lock();
    try (Running running = new Running(home, lock, start(settings, home, authenticator, clock))) {
      Shutdown.closeOnSignal(running, stopped);
      running.server().open();
      LOG.info(
          "Ready: {} {}",
          running.server().http().httpPort().map(port -> "http port " + port).orElse(""),
          running.server().http().httpsPort().map(port -> "https port " + port).orElse(""));
      stopped.await();
    }
  }

  private record Running(Home home, Closeable lock, Server server) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      server.close();
      home.close();
      lock.close();
    }
  }

  private static void check(Settings settings) {
    StringBuilder severe = new StringBuilder();
    for (ProductionChecks.Problem problem : ProductionChecks.check(settings)) {
      if (problem.severe()) {
        severe.append("\n  ").append(problem.key()).append(": ").append(problem.message());
      } else {
        LOG.warn("{}: {}", problem.key(), problem.message());
      }
    }
    if (!severe.isEmpty()) {
      throw new Failure("This is not safe to start:" + severe);
    }
  }

  private static Server start(
      Settings settings, Home home, Authenticator authenticator, InstantSource clock)
      throws Exception {
    return Server.start(
        new Server.Parts(
            settings.dataDir(),
            home.database(),
            home.contents(),
            authenticator,
            settings.graph().cloud(),
            new ListSettings(
                settings.graph().spelling(),
                settings.delta().tombstones() == Settings.Tombstones.ON,
                settings.delta().tokenLifetime()),
            throttle(settings.throttle()),
            settings.graph().requireCalendarEvent(),
            tariff(settings.metering()),
            new Intake.Limits(
                settings.intake().maxSize(),
                settings.intake().sessionLifetime(),
                settings.intake().faststart()),
            SourceSettings.connections(settings.intake().sources(), false),
            settings.intake().ffmpeg(),
            settings.intake().previews(),
            retention(settings.retention()),
            timetable(settings.storage()),
            new Server.Watched(
                settings.metrics().enabled(), settings.metrics().token().map(Secret::value)),
            Optional.of(Issuers.authorizationUri(settings)),
            notifications(settings.notifications()),
            List.of(),
            Ids.secure(),
            clock),
        http(settings));
  }

  static NotificationSettings notifications(Settings.Notifications settings) {
    return new NotificationSettings(
        new AddressRules(
            address ->
                settings.allowedNetworks().stream().anyMatch(range -> range.contains(address)),
            false),
        settings.webhooks().stream()
            .map(it -> new WebhookTarget(it.name(), it.tenant(), it.url().toString(), it.key()))
            .toList(),
        settings.topics().stream().map(Start::topic).toList());
  }

  private static KafkaTarget topic(KafkaSink sink) {
    String mechanism = sink.mechanism().name().replace('_', '-');
    return new KafkaTarget(
        sink.name(),
        sink.tenant(),
        sink.brokers(),
        sink.topic(),
        sink.tls(),
        sink.authorities(),
        sink.user()
            .map(
                user ->
                    new KafkaTarget.Login(user, sink.password().orElseThrow().value(), mechanism)));
  }

  static RetentionSettings retention(Settings.Retention retention) {
    return new RetentionSettings(
        retention.every().isZero() ? Optional.empty() : Optional.of(retention.every()),
        retention.defaultDays() == 0 ? Optional.empty() : Optional.of(retention.defaultDays()),
        retention.trashPeriod(),
        retention.warnBefore(),
        retention.largestRun(),
        retention.largestClockStep());
  }

  private static StorageWatch.Timetable timetable(Settings.Storage storage) {
    return new StorageWatch.Timetable(
        storage.verifyEvery(),
        storage.hashing(),
        storage.grace(),
        new Pace(storage.bytesPerSecond(), LOOKS_A_SECOND, System::nanoTime));
  }

  private static Optional<Limits> throttle(Settings.Throttle throttle) {
    return switch (throttle.mode()) {
      case OFF -> Optional.empty();
      case GRAPH -> Optional.of(Limits.GRAPH);
      case CUSTOM -> {
        Limits.Rates write = rates(throttle.write());
        yield Optional.of(new Limits(rates(throttle.get()), write, write, 100));
      }
    };
  }

  static Tariff tariff(Metering metering) {
    return new Tariff(
        Tariff.Preset.valueOf(metering.preset().name()),
        new PriceList(
            metering.currency(),
            metering.prices().stream()
                .map(
                    price ->
                        new PriceList.Price(
                            Meter.valueOf(price.meter().name()),
                            Ticks.of(price.from().atStartOfDay(ZoneOffset.UTC).toInstant()),
                            price.millionths()))
                .toList()));
  }

  private static Limits.Rates rates(Settings.Throttle.Rates rates) {
    return new Limits.Rates(rates.perApp(), rates.perAppAndTenant(), rates.perUser());
  }

  private static HttpSettings http(Settings settings) {
    Settings.Http http = settings.http();
    Settings.Https https = settings.https();
    return new HttpSettings(
        http.host(),
        http.enabled() ? Optional.of(http.port()) : Optional.empty(),
        https.enabled()
            ? Optional.of(
                new HttpSettings.Https(
                    https.port(), https.certificate().orElseThrow(), https.key().orElseThrow()))
            : Optional.empty(),
        http.publicUrl().map(URI::toString),
        http.trustedProxies(),
        new HttpSettings.Limits(
            http.maxHeaderBytes(), http.maxRequestsInFlight(), http.idleTimeout()),
        settings.content() instanceof Settings.S3 s3 ? s3.redirectLifetime() : DEFAULT_REDIRECT);
  }
}
