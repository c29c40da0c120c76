package dev.aftercall.config;

import dev.aftercall.config.Issuer.Claims;
import dev.aftercall.config.Keys.Renamed;
import dev.aftercall.config.Settings.Content;
import dev.aftercall.config.Settings.Database;
import dev.aftercall.config.Settings.Delta;
import dev.aftercall.config.Settings.Disk;
import dev.aftercall.config.Settings.Graph;
import dev.aftercall.config.Settings.Http;
import dev.aftercall.config.Settings.Https;
import dev.aftercall.config.Settings.Intake;
import dev.aftercall.config.Settings.Log;
import dev.aftercall.config.Settings.Metrics;
import dev.aftercall.config.Settings.Retention;
import dev.aftercall.config.Settings.S3;
import dev.aftercall.config.Settings.Storage;
import dev.aftercall.config.Settings.Throttle;
import dev.aftercall.config.Settings.Throttle.Rates;
import dev.aftercall.config.SettingsException.Fault;
import dev.aftercall.config.Sources.Given;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes the record tree. Every key is tried before the records are made, and every record that can
 * be made is, so that one run tells all faults. Used once.
 */
final class SettingsReader {
  private final List<Renamed> renamed;
  // A set: a value that is wrong is met when it is tried and again when its record is made.
  private final Set<Fault> faults = new LinkedHashSet<>();
  private Map<String, Given> given = Map.of();

  SettingsReader(List<Renamed> renamed) {
    this.renamed = renamed;
  }

  Settings read(Optional<Path> file, Map<String, String> environment) {
    given = new Sources(renamed, faults).read(file, environment);
    Keys.ALL.forEach(this::attempt);
    StorageKeys.ALL.forEach(this::attempt);
    MetricsKeys.ALL.forEach(this::attempt);
    MeteringKeys.ALL.forEach(this::attempt);
    Optional<Http> http = make(this::http);
    Optional<Https> https = make(this::https);
    Optional<Throttle> throttle = make(this::throttle);
    Optional<Database> database = make(this::database);
    Optional<Content> content = make(this::content);
    Optional<Retention> retention = make(this::retention);
    Optional<Metrics> metrics =
        make(() -> new Metrics(get(MetricsKeys.ENABLED), get(MetricsKeys.TOKEN)));
    Optional<Metering> metering =
        make(
            () ->
                new Metering(
                    get(MeteringKeys.PRESET),
                    get(MeteringKeys.CURRENCY),
                    get(MeteringKeys.PRICES)));
    Optional<List<Issuer>> issuers =
        members(
            Family.ISSUER,
            name -> {
              IssuerKeys.ALL.forEach(key -> attempt(key.of(name).of(Issuer.Type.OIDC)));
              return issuer(name, get(IssuerKeys.TYPE.of(name)));
            });
    Optional<Settings.Notifications> notifications = notifications();
    Optional<List<IntakeSource>> sources = sources();
    Optional<Settings> settings =
        make(
            () ->
                new Settings(
                    get(Keys.DATA_DIR),
                    made(http),
                    made(https),
                    new Graph(
                        get(Keys.GRAPH_CLOUD),
                        get(Keys.GRAPH_SPELLING),
                        get(Keys.GRAPH_REQUIRE_CALENDAR_EVENT)),
                    new Delta(get(Keys.DELTA_TOMBSTONES), get(Keys.DELTA_TOKEN_LIFETIME)),
                    made(throttle),
                    made(metering),
                    made(issuers),
                    made(database),
                    made(content),
                    new Intake(
                        get(Keys.INTAKE_MAX_SIZE),
                        get(Keys.INTAKE_SESSION_LIFETIME),
                        get(Keys.INTAKE_FASTSTART),
                        get(Keys.INTAKE_FFMPEG),
                        get(Keys.INTAKE_PREVIEWS),
                        made(sources)),
                    made(notifications),
                    made(retention),
                    storage(),
                    made(metrics),
                    new Log(get(Keys.LOG_FORMAT), get(Keys.LOG_LEVEL))));
    return faultless(settings);
  }

  List<IntakeSource> readSources(Path file, Map<String, String> environment) {
    given = new Sources(renamed, faults).read(Optional.of(file), environment);
    return faultless(sources());
  }

  Settings.Notifications readNotifications(Path file, Map<String, String> environment) {
    given = new Sources(renamed, faults).read(Optional.of(file), environment);
    return faultless(notifications());
  }

  private <T> T faultless(Optional<T> read) {
    if (!faults.isEmpty()) {
      throw new SettingsException(List.copyOf(faults));
    }
    return read.orElseThrow();
  }

  private Http http() {
    return new Http(
        get(Keys.HTTP_ENABLED),
        get(Keys.HTTP_HOST),
        get(Keys.HTTP_PORT),
        get(Keys.HTTP_PUBLIC_URL),
        get(Keys.HTTP_TRUSTED_PROXIES),
        get(Keys.HTTP_MAX_HEADER_BYTES),
        get(Keys.HTTP_MAX_REQUESTS_IN_FLIGHT),
        get(Keys.HTTP_IDLE_TIMEOUT));
  }

  private Https https() {
    return new Https(get(Keys.HTTPS_PORT), get(Keys.HTTPS_CERTIFICATE), get(Keys.HTTPS_KEY));
  }

  private Database database() {
    return new Database(
        get(Keys.DATABASE_URL),
        get(Keys.DATABASE_USER),
        get(Keys.DATABASE_PASSWORD),
        get(Keys.DATABASE_POOL_SIZE));
  }

  private Retention retention() {
    RetentionKeys.ALL.forEach(this::attempt);
    return new Retention(
        get(RetentionKeys.EVERY),
        get(RetentionKeys.DEFAULT_DAYS),
        get(RetentionKeys.TRASH_PERIOD),
        get(RetentionKeys.WARN_BEFORE),
        get(RetentionKeys.LARGEST_RUN),
        get(RetentionKeys.LARGEST_CLOCK_STEP));
  }

  private Content content() {
    return switch (get(Keys.CONTENT_STORE)) {
      case DISK -> disk();
      case S3 -> s3();
    };
  }

  private Storage storage() {
    return new Storage(
        get(StorageKeys.VERIFY_EVERY),
        get(StorageKeys.VERIFY_HASH),
        get(StorageKeys.VERIFY_RATE),
        get(StorageKeys.ORPHAN_GRACE));
  }

  private Content disk() {
    refuse(S3Keys.ALL, "content.store is disk", "content.store=s3");
    return new Disk();
  }

  private Throttle throttle() {
    Throttle.Mode mode = get(Keys.THROTTLE);
    if (mode == Throttle.Mode.CUSTOM) {
      ThrottleKeys.ALL.forEach(this::attempt);
    } else {
      refuse(
          ThrottleKeys.ALL, "throttle is " + Keys.THROTTLE.type().format(mode), "throttle=custom");
    }
    return new Throttle(
        mode,
        new Rates(
            get(ThrottleKeys.GET_PER_APP),
            get(ThrottleKeys.GET_PER_APP_AND_TENANT),
            get(ThrottleKeys.GET_PER_USER)),
        new Rates(
            get(ThrottleKeys.WRITE_PER_APP),
            get(ThrottleKeys.WRITE_PER_APP_AND_TENANT),
            get(ThrottleKeys.WRITE_PER_USER)));
  }

  /** Keys of what is not used are refused: whoever set them believes that it is. */
  private void refuse(List<? extends Key<?, ?>> keys, String why, String with) {
    List<Fault> useless =
        keys.stream()
            .filter(key -> given.containsKey(key.name()))
            .map(
                key ->
                    Fault.of(
                        key.name(),
                        "the key has no effect, for " + why,
                        "the key together with " + with))
            .toList();
    if (!useless.isEmpty()) {
      throw new SettingsException(useless);
    }
  }

  private Content s3() {
    S3Keys.ALL.forEach(this::attempt);
    return new S3(
        get(S3Keys.ENDPOINT),
        get(S3Keys.REGION),
        get(S3Keys.BUCKET),
        get(S3Keys.PREFIX),
        get(S3Keys.ACCESS_KEY),
        get(S3Keys.SECRET_KEY),
        get(S3Keys.PATH_STYLE),
        get(S3Keys.CHUNKED_ENCODING),
        get(S3Keys.PART_SIZE),
        get(S3Keys.DELIVERY),
        get(S3Keys.REDIRECT_LIFETIME));
  }

  /** Every member of a family, or nothing when one of them cannot be made. */
  private <T> Optional<List<T>> members(Family family, Function<String, T> maker) {
    Set<String> names = family.members(given.keySet());
    List<T> made = new ArrayList<>();
    for (String name : names) {
      make(() -> maker.apply(name)).ifPresent(made::add);
    }
    return made.size() == names.size() ? Optional.of(made) : Optional.empty();
  }

  private Optional<Settings.Notifications> notifications() {
    Optional<List<WebhookSink>> webhooks = members(Family.WEBHOOK, this::webhook);
    Optional<List<KafkaSink>> topics = members(Family.KAFKA, this::topic);
    return make(
        () ->
            new Settings.Notifications(
                get(Keys.NOTIFICATIONS_ALLOWED_NETWORKS), made(webhooks), made(topics)));
  }

  private WebhookSink webhook(String name) {
    SinkKeys.Webhook.ALL.forEach(key -> attempt(key.of(name)));
    return new WebhookSink(
        name,
        get(SinkKeys.Webhook.TENANT.of(name)),
        get(SinkKeys.Webhook.URL.of(name)),
        get(SinkKeys.Webhook.SECRET.of(name)));
  }

  private KafkaSink topic(String name) {
    SinkKeys.Kafka.ALL.forEach(key -> attempt(key.of(name)));
    return new KafkaSink(
        name,
        get(SinkKeys.Kafka.TENANT.of(name)),
        get(SinkKeys.Kafka.BROKERS.of(name)),
        get(SinkKeys.Kafka.TOPIC.of(name)),
        get(SinkKeys.Kafka.TLS.of(name)),
        get(SinkKeys.Kafka.AUTHORITIES.of(name)),
        get(SinkKeys.Kafka.USER.of(name)),
        get(SinkKeys.Kafka.PASSWORD.of(name)),
        get(SinkKeys.Kafka.MECHANISM.of(name)));
  }

  private Optional<List<IntakeSource>> sources() {
    return members(
        Family.INTAKE_SOURCE,
        name -> {
          SourceKeys.ALL.forEach(key -> attempt(key.of(name)));
          return new SourceReader(this).read(name);
        });
  }

  private Issuer issuer(String name, Issuer.Type type) {
    return new Issuer(
        name,
        type,
        issuerUrl(name, type),
        get(IssuerKeys.TENANT.of(name)),
        get(IssuerKeys.AUDIENCES.of(name)),
        new Claims(
            get(IssuerKeys.CLAIM_USER.of(name).of(type)),
            get(IssuerKeys.CLAIM_TENANT.of(name).of(type)),
            get(IssuerKeys.CLAIM_SCOPES.of(name).of(type)),
            get(IssuerKeys.CLAIM_ROLES.of(name).of(type)),
            get(IssuerKeys.CLAIM_APP.of(name).of(type)),
            get(IssuerKeys.CLAIM_NAME.of(name).of(type)),
            get(IssuerKeys.CLAIM_DIRECTORY_ROLES.of(name).of(type))),
        get(IssuerKeys.APPLICATION_CLAIM.of(name).of(type)),
        get(IssuerKeys.APPLICATION_PREFIX.of(name).of(type)));
  }

  private URI issuerUrl(String name, Issuer.Type type) {
    Key<Issuer, Optional<URI>> key = IssuerKeys.URL.of(name);
    Optional<URI> set = get(key);
    if (set.isEmpty() && type == Issuer.Type.OIDC) {
      String wrong = "an oidc issuer has no URL";
      throw new SettingsException(List.of(Fault.of(key.name(), wrong, key.type().allowed())));
    }
    return set.orElseGet(
        () -> {
          // Without a tenant the URL is of no use, and the issuer's own check says so.
          String tenant = get(IssuerKeys.TENANT.of(name)).map(Object::toString).orElse("none");
          String host = get(Keys.GRAPH_CLOUD).loginHost();
          return URI.create("https://%s/%s/v2.0".formatted(host, tenant));
        });
  }

  <T> T get(Key<?, T> key) {
    Given set = given.get(key.name());
    try {
      return key.type().parse(set == null ? fallback(key) : set.text());
    } catch (SettingsException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      String wrong = Optional.ofNullable(e.getMessage()).orElse("the value cannot be read");
      throw new SettingsException(List.of(Fault.of(key.name(), wrong, key.type().allowed())));
    }
  }

  private static String fallback(Key<?, ?> key) {
    return switch (key.fallback()) {
      case Key.Default(String text) -> text;
      case Key.Required() -> throw new IllegalArgumentException("the key has to be set");
      case Key.ByIssuer _ ->
          throw new IllegalStateException(key.name() + " was asked for without a type of issuer");
    };
  }

  private void attempt(Key<?, ?> key) {
    // The value itself is asked for again when its record is made.
    make(() -> get(key));
  }

  private <T> Optional<T> make(Supplier<T> supplier) {
    try {
      return Optional.of(supplier.get());
    } catch (SettingsException e) {
      e.faults().forEach(fault -> faults.add(fault.at(origin(fault.key()))));
      return Optional.empty();
    }
  }

  private String origin(String key) {
    return Optional.ofNullable(given.get(key)).map(Given::origin).orElse("");
  }

  /** A part that could not be made ends the making of the whole; its faults are told already. */
  private static <T> T made(Optional<T> part) {
    return part.orElseThrow(() -> new SettingsException(List.of()));
  }
}
