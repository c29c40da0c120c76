package dev.aftercall.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.config.Issuer.Claims;
import dev.aftercall.config.Settings.Database;
import dev.aftercall.config.Settings.Delivery;
import dev.aftercall.config.Settings.Graph;
import dev.aftercall.config.Settings.Http;
import dev.aftercall.config.Settings.Https;
import dev.aftercall.config.Settings.Intake;
import dev.aftercall.config.Settings.Log;
import dev.aftercall.config.Settings.S3;
import dev.aftercall.config.Settings.Throttle;
import dev.aftercall.config.Settings.Throttle.Rates;
import dev.aftercall.fetch.HostPattern;
import dev.aftercall.recorder.Inbox;
import dev.aftercall.recorder.RecorderType;
import dev.aftercall.storage.Hashing;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every key, set to something else than its default, arrives where it belongs. */
class SettingsMappingTest {
  private static final String SIGNING = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
  private static final Map<String, String> ALL = new LinkedHashMap<>();

  private static final IntakeSource SOURCE =
      new IntakeSource(
          "a-b",
          RecorderType.UPLOAD,
          UUID.fromString("9d1b0a3c-5a0e-4c7e-8a51-0d8f1c2b3a4d"),
          Optional.of("public"),
          Optional.of(new Secret("proof")),
          true,
          Duration.ofMinutes(5),
          Duration.ofHours(1),
          ZoneId.of("Europe/Berlin"),
          Optional.of(URI.create("https://recorder.example.com/api")),
          new IntakeSource.Reach(
              Stream.of("files.example.com", "*.example.org").map(HostPattern::parse).toList(),
              List.of(HostPattern.parse("cdn.example.com")),
              List.of(CidrRange.parse("10.2.0.0/16")),
              true,
              Optional.of(new Secret("sig=x"))),
          new IntakeSource.Store(
              Optional.of(URI.create("https://minio.example.com")),
              "eu-central-1",
              List.of("one", "two"),
              Optional.of("public-key"),
              Optional.of(new Secret("private-key")),
              true,
              List.of("arn:aws:sns:eu-central-1:123456789012:recordings")),
          new IntakeSource.Folder(
              Optional.of(Path.of("/srv/recordings")),
              Optional.of("/out"),
              new Inbox(Duration.ofMinutes(2), Inbox.Afterwards.DELETE)),
          true,
          new IntakeSource.Remote(
              Optional.of(UUID.fromString("1d1b0a3c-5a0e-4c7e-8a51-0d8f1c2b3a4d")),
              Optional.of(URI.create("https://login.example.com/token")),
              Optional.of("api://x/.default"),
              List.of(UUID.fromString("2d1b0a3c-5a0e-4c7e-8a51-0d8f1c2b3a4d")),
              List.of(UUID.fromString("3d1b0a3c-5a0e-4c7e-8a51-0d8f1c2b3a4d")),
              false,
              Duration.ofMinutes(7)));

  static {
    ALL.put("data-dir", "/srv/aftercall");
    ALL.put("http.enabled", "false");
    ALL.put("http.host", "::1");
    ALL.put("http.port", "81");
    ALL.put("http.public-url", "https://recordings.example.com");
    ALL.put("http.trusted-proxies", "10.0.0.0/8,192.0.2.7/32");
    ALL.put("http.max-header-bytes", "32768");
    ALL.put("http.max-requests-in-flight", "7");
    ALL.put("http.idle-timeout", "90s");
    ALL.put("https.port", "82");
    ALL.put("https.certificate", "/tls/chain.pem");
    ALL.put("https.key", "/tls/key.pem");
    ALL.put("graph.cloud", "usgov-l5");
    ALL.put("graph.spelling", "strict");
    ALL.put("delta.tombstones", "on");
    ALL.put("delta.token-lifetime", "3d");
    ALL.put("graph.require-calendar-event", "true");
    ALL.put("database.url", "jdbc:postgresql://db/aftercall");
    ALL.put("database.user", "somebody");
    ALL.put("database.password", "pass word");
    ALL.put("database.pool-size", "9");
    ALL.put("content.store", "s3");
    ALL.put("content.s3.endpoint", "https://s3.example.com:9000");
    ALL.put("content.s3.region", "eu-west-3");
    ALL.put("content.s3.bucket", "bucket");
    ALL.put("content.s3.prefix", "prefix/");
    ALL.put("content.s3.access-key", "access");
    ALL.put("content.s3.secret-key", "s3cret");
    ALL.put("content.s3.path-style", "false");
    ALL.put("content.s3.chunked-encoding", "false");
    ALL.put("content.s3.part-size", "8MiB");
    ALL.put("content.s3.delivery", "redirect");
    ALL.put("content.s3.redirect-lifetime", "2h");
    ALL.put("intake.max-size", "5GB");
    ALL.put("metering.preset", "since-2025");
    ALL.put("metering.currency", "EUR");
    ALL.put("metering.prices", "recording 2024-01-01 0.004,recording 2027-01-01 0.005");
    ALL.put("throttle", "custom");
    ALL.put("throttle.get.per-app", "1");
    ALL.put("throttle.get.per-app-and-tenant", "2");
    ALL.put("throttle.get.per-user", "3");
    ALL.put("throttle.write.per-app", "4");
    ALL.put("throttle.write.per-app-and-tenant", "5");
    ALL.put("throttle.write.per-user", "6");
    ALL.put("intake.session-lifetime", "36h");
    ALL.put("intake.faststart", "true");
    ALL.put("intake.ffmpeg", "/opt/ffmpeg");
    ALL.put("intake.previews", "4");
    ALL.put("intake.source.a-b.type", "upload");
    ALL.put("intake.source.a-b.tenant", "9d1b0a3c-5a0e-4c7e-8a51-0d8f1c2b3a4d");
    ALL.put("intake.source.a-b.key", "public");
    ALL.put("intake.source.a-b.secret", "proof");
    ALL.put("intake.source.a-b.asserts-organizer", "true");
    ALL.put("intake.source.a-b.delay", "5m");
    ALL.put("intake.source.a-b.meeting-gap", "1h");
    ALL.put("intake.source.a-b.zone", "Europe/Berlin");
    ALL.put("intake.source.a-b.url", "https://recorder.example.com/api");
    ALL.put("intake.source.a-b.hosts", "files.example.com,*.example.org");
    ALL.put("intake.source.a-b.redirect-hosts", "cdn.example.com");
    ALL.put("intake.source.a-b.networks", "10.2.0.0/16");
    ALL.put("intake.source.a-b.plain-http", "true");
    ALL.put("intake.source.a-b.query", "sig=x");
    ALL.put("intake.source.a-b.s3.endpoint", "https://minio.example.com");
    ALL.put("intake.source.a-b.s3.region", "eu-central-1");
    ALL.put("intake.source.a-b.s3.buckets", "one,two");
    ALL.put("intake.source.a-b.s3.access-key", "public-key");
    ALL.put("intake.source.a-b.s3.secret-key", "private-key");
    ALL.put("intake.source.a-b.s3.path-style", "true");
    ALL.put("intake.source.a-b.s3.sns-topics", "arn:aws:sns:eu-central-1:123456789012:recordings");
    ALL.put("intake.source.a-b.folder", "/srv/recordings");
    ALL.put("intake.source.a-b.folder-seen-as", "/out");
    ALL.put("intake.source.a-b.folder-settle", "2m");
    ALL.put("intake.source.a-b.folder-afterwards", "delete");
    ALL.put("intake.source.a-b.follow-deletions", "true");
    ALL.put("intake.source.a-b.graph.tenant", "1d1b0a3c-5a0e-4c7e-8a51-0d8f1c2b3a4d");
    ALL.put("intake.source.a-b.graph.login-url", "https://login.example.com/token");
    ALL.put("intake.source.a-b.graph.scope", "api://x/.default");
    ALL.put("intake.source.a-b.graph.organizers", "2d1b0a3c-5a0e-4c7e-8a51-0d8f1c2b3a4d");
    ALL.put("intake.source.a-b.graph.groups", "3d1b0a3c-5a0e-4c7e-8a51-0d8f1c2b3a4d");
    ALL.put("intake.source.a-b.graph.calls", "false");
    ALL.put("intake.source.a-b.graph.every", "7m");
    ALL.put("notifications.allowed-networks", "10.1.0.0/16");
    ALL.put("notifications.webhook.a-b.tenant", Examples.TENANT);
    ALL.put("notifications.webhook.a-b.url", "https://hooks.example.com/aftercall");
    ALL.put("notifications.webhook.a-b.secret", SIGNING);
    ALL.put("notifications.kafka.a-b.tenant", Examples.TENANT);
    ALL.put("notifications.kafka.a-b.brokers", "one:9092,two:9092");
    ALL.put("notifications.kafka.a-b.topic", "recordings");
    ALL.put("notifications.kafka.a-b.tls", "false");
    ALL.put("notifications.kafka.a-b.authorities", "/etc/aftercall/kafka-ca.pem");
    ALL.put("notifications.kafka.a-b.user", "teller");
    ALL.put("notifications.kafka.a-b.password", "pass");
    ALL.put("notifications.kafka.a-b.mechanism", "scram-sha-256");
    ALL.put("retention.every", "2h");
    ALL.put("retention.default-days", "30");
    ALL.put("retention.trash-period", "10d");
    ALL.put("retention.warn-before", "5d");
    ALL.put("retention.largest-run", "50");
    ALL.put("retention.largest-clock-step", "3d");
    ALL.put("storage.verify-every", "never");
    ALL.put("storage.verify-hash", "full");
    ALL.put("storage.verify-rate", "64MiB");
    ALL.put("storage.orphan-grace", "2d");
    ALL.put("metrics.enabled", "true");
    ALL.put("metrics.token", "scrape");
    ALL.put("log.format", "json");
    ALL.put("log.level", "warn");
    ALL.put("issuer.a-b.type", "oidc");
    ALL.put("issuer.a-b.url", "https://sso.example.com/realms/a");
    ALL.put("issuer.a-b.tenant", Examples.TENANT);
    ALL.put("issuer.a-b.audiences", "one,two");
    ALL.put("issuer.a-b.claim.user", "u");
    ALL.put("issuer.a-b.claim.tenant", "t");
    ALL.put("issuer.a-b.claim.scopes", "s");
    ALL.put("issuer.a-b.claim.roles", "realm_access.roles");
    ALL.put("issuer.a-b.claim.app", "client");
    ALL.put("issuer.a-b.claim.name", "n");
    ALL.put("issuer.a-b.claim.directory-roles", "r");
    ALL.put("issuer.a-b.application-claim", "kind");
    ALL.put("issuer.a-b.application-prefix", "robot");
  }

  private static final Settings EXPECTED =
      new Settings(
          Path.of("/srv/aftercall"),
          new Http(
              false,
              "::1",
              81,
              Optional.of(URI.create("https://recordings.example.com")),
              List.of(CidrRange.parse("10.0.0.0/8"), CidrRange.parse("192.0.2.7")),
              32768,
              7,
              Duration.ofSeconds(90)),
          new Https(
              82, Optional.of(Path.of("/tls/chain.pem")), Optional.of(Path.of("/tls/key.pem"))),
          new Graph(Cloud.USGOV_L5, FunctionSpelling.STRICT, true),
          new Settings.Delta(Settings.Tombstones.ON, Duration.ofDays(3)),
          new Throttle(Throttle.Mode.CUSTOM, new Rates(1, 2, 3), new Rates(4, 5, 6)),
          new Metering(
              Metering.Preset.SINCE_2025,
              "EUR",
              List.of(
                  new Price(
                      Price.Meter.RECORDING, LocalDate.of(2024, 1, 1), new BigDecimal("0.004")),
                  new Price(
                      Price.Meter.RECORDING, LocalDate.of(2027, 1, 1), new BigDecimal("0.005")))),
          List.of(
              new Issuer(
                  "a-b",
                  Issuer.Type.OIDC,
                  URI.create("https://sso.example.com/realms/a"),
                  Optional.of(UUID.fromString(Examples.TENANT)),
                  List.of("one", "two"),
                  new Claims("u", Optional.of("t"), "s", "realm_access.roles", "client", "n", "r"),
                  "kind",
                  "robot")),
          new Database(
              Optional.of("jdbc:postgresql://db/aftercall"),
              Optional.of("somebody"),
              Optional.of(new Secret("pass word")),
              9),
          new S3(
              Optional.of(URI.create("https://s3.example.com:9000")),
              "eu-west-3",
              Optional.of("bucket"),
              "prefix/",
              Optional.of("access"),
              Optional.of(new Secret("s3cret")),
              false,
              false,
              8L << 20,
              Delivery.REDIRECT,
              Duration.ofHours(2)),
          new Intake(
              5_000_000_000L,
              Duration.ofHours(36),
              true,
              Optional.of(Path.of("/opt/ffmpeg")),
              4,
              List.of(SOURCE)),
          new Settings.Notifications(
              List.of(CidrRange.parse("10.1.0.0/16")),
              List.of(
                  new WebhookSink(
                      "a-b",
                      UUID.fromString(Examples.TENANT),
                      URI.create("https://hooks.example.com/aftercall"),
                      new Secret(SIGNING))),
              List.of(
                  new KafkaSink(
                      "a-b",
                      UUID.fromString(Examples.TENANT),
                      List.of("one:9092", "two:9092"),
                      "recordings",
                      false,
                      Optional.of(Path.of("/etc/aftercall/kafka-ca.pem")),
                      Optional.of("teller"),
                      Optional.of(new Secret("pass")),
                      KafkaSink.Mechanism.SCRAM_SHA_256))),
          new Settings.Retention(
              Duration.ofHours(2),
              30,
              Duration.ofDays(10),
              Duration.ofDays(5),
              50,
              Duration.ofDays(3)),
          new Settings.Storage(Optional.empty(), Hashing.FULL, 64L << 20, Duration.ofDays(2)),
          new Settings.Metrics(true, Optional.of(new Secret("scrape"))),
          new Log(Log.Format.JSON, Log.Level.WARN));

  @Test
  void everyKeyIsExercised() {
    assertThat(ALL.keySet())
        .containsExactlyInAnyOrderElementsOf(
            KeyNames.ALL.stream().map(key -> key.of("a-b").name()).toList());
  }

  @Test
  void everyKeyDiffersFromItsDefault() {
    for (Key<?, ?> key : KeyNames.ALL) {
      String value = ALL.getOrDefault(key.of("a-b").name(), "");
      switch (key.fallback()) {
        case Key.Default(String text) -> assertThat(value).as(key.name()).isNotEqualTo(text);
        case Key.ByIssuer(String entra, String oidc) ->
            assertThat(value).as(key.name()).isNotIn(entra, oidc);
        case Key.Required() -> assertThat(value).as(key.name()).isNotEmpty();
      }
    }
  }

  @Test
  void fileMapsToRecords() {
    String[] lines =
        ALL.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .toArray(String[]::new);
    assertThat(Examples.loadOnly(Map.of(), lines)).isEqualTo(EXPECTED);
  }

  @Test
  void environmentMapsToRecords() {
    Map<String, String> environment =
        ALL.entrySet().stream()
            .collect(Collectors.toMap(entry -> Key.variable(entry.getKey()), Map.Entry::getValue));
    assertThat(Settings.load(Optional.empty(), environment)).isEqualTo(EXPECTED);
  }

  @Test
  void dumpShowsEveryKeyAndMasksSecrets() {
    Map<String, String> shown = new LinkedHashMap<>(ALL);
    shown.put("database.password", "****");
    shown.put("content.s3.secret-key", "****");
    shown.put("metrics.token", "****");
    shown.put("notifications.webhook.a-b.secret", "****");
    shown.put("notifications.kafka.a-b.password", "****");
    shown.put("intake.source.a-b.secret", "****");
    shown.put("intake.source.a-b.query", "****");
    shown.put("intake.source.a-b.s3.secret-key", "****");
    assertThat(EXPECTED.dump())
        .containsExactlyInAnyOrderElementsOf(
            shown.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList());
  }

  @Test
  void recordsMaskSecretsAsWell() {
    assertThat(EXPECTED.toString())
        .contains("****")
        .doesNotContain("pass word", "s3cret", SIGNING, "=pass]", "proof", "sig=x", "private-key");
  }

  @Test
  void keysThatSoundSecretAre() {
    assertThat(KeyNames.ALL)
        .filteredOn(key -> key.name().matches(".*(password|secret|token).*"))
        .filteredOn(key -> !key.name().endsWith("-lifetime"))
        .isNotEmpty()
        .allMatch(Key::secret);
  }

  @Test
  void variablesAreUnambiguous() {
    assertThat(KeyNames.ALL.stream().map(key -> key.of("a").variable()).toList())
        .doesNotHaveDuplicates()
        .contains("AFTERCALL_HTTP_MAX_HEADER_BYTES", "AFTERCALL_ISSUER_A_CLAIM_TENANT");
  }
}
