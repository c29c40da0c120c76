package dev.aftercall.cli;

import dev.aftercall.Server;
import dev.aftercall.config.Cloud;
import dev.aftercall.config.FunctionSpelling;
import dev.aftercall.config.IntakeSource;
import dev.aftercall.config.Settings;
import dev.aftercall.config.Settings.Log;
import dev.aftercall.dev.demo.DemoDirectory;
import dev.aftercall.dev.demo.DemoMeetings;
import dev.aftercall.dev.issuer.DevIssuer;
import dev.aftercall.dev.issuer.SigningKey;
import dev.aftercall.dev.tls.DevCertificates;
import dev.aftercall.http.HttpSettings;
import dev.aftercall.http.ListSettings;
import dev.aftercall.http.Quirk;
import dev.aftercall.identity.Authenticator;
import dev.aftercall.identity.IssuerOptions;
import dev.aftercall.identity.TrustedIssuer;
import dev.aftercall.intake.Intake;
import dev.aftercall.intake.Receipt;
import dev.aftercall.metering.Tariff;
import dev.aftercall.notification.NotificationSettings;
import dev.aftercall.retention.RetentionSettings;
import dev.aftercall.storage.StorageWatch;
import dev.aftercall.time.Ids;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts everything a developer needs on this machine, with a demo tenant and its own issuer. */
@Command(
    name = "start-dev",
    description = {
      "Starts a server for development, with issuer and demo recordings.",
      "Listens with http and https on loopback, makes its own certificates and issues tokens for a"
          + " demo tenant. Never for production: anyone on this machine can get a token for anyone"
          + " in that tenant."
    },
    mixinStandardHelpOptions = true)
final class StartDev implements Effect.Serves {
  private static final Logger LOG = LoggerFactory.getLogger(StartDev.class);
  private static final long LARGEST_RECORDING = 100L << 30;

  @Option(
      names = "--http-port",
      converter = Port.class,
      paramLabel = "PORT",
      description = "Port for http, 0 for any free one. Default: ${DEFAULT-VALUE}.",
      defaultValue = "8080")
  private int httpPort;

  @Option(
      names = "--https-port",
      converter = Port.class,
      paramLabel = "PORT",
      description = "Port for https, 0 for any free one. Default: ${DEFAULT-VALUE}.",
      defaultValue = "8443")
  private int httpsPort;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where everything is kept. Default: ${DEFAULT-VALUE}.",
      defaultValue = ".aftercall")
  private Path data = Path.of(".aftercall");

  @Option(
      names = "--ready-file",
      paramLabel = "FILE",
      description = "Written once everything answers: addresses, ids, tokens, as JSON.")
  private @Nullable Path readyFile;

  @Option(names = "--no-demo", description = "Without the demo's meetings and recordings.")
  private boolean noDemo;

  @Option(
      names = "--name",
      paramLabel = "HOST",
      split = ",",
      description = "A further name for the certificate; may be repeated.")
  private List<String> names = List.of();

  @Option(
      names = "--cloud",
      paramLabel = "CLOUD",
      description = "global, usgov_l4, usgov_l5 or china. Default: ${DEFAULT-VALUE}.",
      defaultValue = "global")
  private Cloud cloud = Cloud.GLOBAL;

  @Option(
      names = "--quirk",
      paramLabel = "QUIRK",
      split = ",",
      description = {
        "Let lists do wrong what Graph's do; may be repeated:",
        "empty-pages: the first page is empty and links to the items.",
        "lost-next-link: with $top, nextLink is missing.",
        "repeat-after-reset: after page one comes an empty one, then all anew.",
        "delta-repeats: a delta ends with an old item."
      })
  private Set<Quirk> quirks = EnumSet.noneOf(Quirk.class);

  @Option(names = "--tombstones", description = "Let deltas tell what is gone, too.")
  private boolean tombstones;

  @Option(
      names = "--spelling",
      paramLabel = "SPELLING",
      description =
          "lenient, or strict to refuse as Microsoft does what the SDKs spell wrong. Default:"
              + " ${DEFAULT-VALUE}.",
      defaultValue = "lenient")
  private FunctionSpelling spelling = FunctionSpelling.LENIENT;

  @Option(
      names = "--require-calendar-event",
      description = "Show recordings of meetings with a calendar event alone, as Microsoft does.")
  private boolean requireCalendarEvent;

  @Option(
      names = "--sources",
      paramLabel = "FILE",
      description = {
        "Connect the recorders of this settings file: its keys intake.source.<name>.*",
        "Their files may be fetched from this machine, too."
      })
  private @Nullable Path sources;

  @Option(
      names = "--sinks",
      paramLabel = "FILE",
      description = {
        "Tell those of this settings file as CloudEvents: its keys notifications.webhook.<name>.*",
        "and notifications.kafka.<name>.*"
      })
  private @Nullable Path sinks;

  @Option(
      names = "--previews",
      converter = PreviewCount.class,
      paramLabel = "COUNT",
      description = {
        "Draw a poster and so many previews of each recording with video, 24 at most, where ffmpeg"
            + " is on the PATH. Default: none."
      })
  private int previews;

  @Override
  public Integer call() throws Exception {
    Logging.set(new Log(Log.Format.TEXT, Log.Level.INFO));
    CountDownLatch stopped = new CountDownLatch(1);
    try (Running running = start()) {
      Shutdown.closeOnSignal(running, stopped);
      running.announce();
      stopped.await();
    }
    return 0;
  }

  /** A started development server. */
  record Running(
      Home home, Closeable lock, Server server, DevReadyFile ready, Optional<Path> readyFile)
      implements AutoCloseable {
    void announce() throws IOException {
      if (readyFile.isPresent()) {
        ready.writeTo(readyFile.get());
      }
      DevGreeting.print(ready);
      LOG.info("Ready: {} and {}", ready.http(), ready.https());
    }

    @Override
    public void close() throws IOException {
      server.close();
      home.close();
      lock.close();
      if (readyFile.isPresent()) {
        Files.deleteIfExists(readyFile.get());
      }
    }
  }

  Running start() throws IOException {
    if (!quirks.isEmpty()) {
      LOG.warn("Lists do wrong what Graph's do, as asked: {}", quirks);
    }
    Ids ids = Ids.secure();
    InstantSource clock = InstantSource.system();
    if (readyFile != null) {
      Files.deleteIfExists(readyFile);
    }
    Home home = Home.in(data);
    Closeable lock = home.lock();
    Path dev = Files.createDirectories(data.resolve("dev"));
    DevCertificates certificates = DevCertificates.loadOrCreate(dev, names, clock);
    DemoDirectory people = DemoDirectory.loadOrCreate(dev.resolve("directory.json"), ids);
    String audience = "https://" + cloud.graphHost();
    BaseAddress base = new BaseAddress();
    DevIssuer issuer =
        new DevIssuer(
            people.directory(),
            SigningKey.loadOrCreate(dev.resolve("signing-key.json")),
            clock,
            ids,
            audience,
            base::get);
    Authenticator authenticator =
        new Authenticator(
            List.of(
                TrustedIssuer.local(
                    issuer::trusts, issuer::publicKeys, IssuerOptions.entra(cloud.audiences()))),
            clock);
    Server server =
        Server.start(
            new Server.Parts(
                data,
                home.database(),
                home.contents(),
                authenticator,
                cloud,
                new ListSettings(spelling, tombstones, ListSettings.DEFAULT.tokenLifetime())
                    .with(quirks),
                Optional.empty(),
                requireCalendarEvent,
                Tariff.DOCUMENTED,
                new Intake.Limits(LARGEST_RECORDING, Duration.ofDays(7)),
                SourceSettings.connections(sources(), true),
                Optional.empty(),
                previews,
                RetentionSettings.DEFAULT,
                StorageWatch.Timetable.NEVER,
                new Server.Watched(true, Optional.empty()),
                Optional.empty(),
                told(),
                issuer.routes(),
                ids,
                clock),
            new HttpSettings(
                "localhost",
                Optional.of(httpPort),
                Optional.of(
                    new HttpSettings.Https(httpsPort, certificates.chain(), certificates.key())),
                Optional.empty(),
                List.of(),
                HttpSettings.Limits.DEFAULT,
                Duration.ofMinutes(5)));
    base.set("https://localhost:" + server.http().httpsPort().orElseThrow());
    List<Receipt> receipts =
        new DemoMeetings(people, server.intake(), clock).seed(home.database(), !noDemo);
    server.refreshRules();
    server.open();
    DevReadyFile ready =
        new DevReadyFile(
            "http://localhost:" + server.http().httpPort().orElseThrow(),
            base.get(),
            certificates,
            people,
            issuer,
            receipts);
    return new Running(home, lock, server, ready, Optional.ofNullable(readyFile));
  }

  /** The recorders that a file of settings connects. */
  private List<IntakeSource> sources() {
    return sources == null ? List.of() : Settings.sources(sources, System.getenv());
  }

  private NotificationSettings told() {
    NotificationSettings usual = NotificationSettings.DEVELOPMENT;
    if (sinks == null) {
      return usual;
    }
    NotificationSettings named =
        Start.notifications(Settings.notifications(sinks, System.getenv()));
    return new NotificationSettings(usual.addresses(), named.webhooks(), named.topics());
  }

  /** The issuer asks for its address when the port is known; it is made before. */
  private static final class BaseAddress {
    private volatile String address = "https://localhost";

    String get() {
      return address;
    }

    void set(String known) {
      address = known;
    }
  }
}
