package dev.aftercall.config;

import dev.aftercall.config.Settings.S3;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges settings before a production start: what is severe stops it, the rest is logged. Touches
 * nothing but files, and leaves none behind.
 */
public final class ProductionChecks {
  /**
   * Something that is not fit for production.
   *
   * @param message what is so, why it matters, what to do
   * @param key the key that would mend it
   * @param severe whether a start has to be refused
   */
  public record Problem(String message, String key, boolean severe) {}

  private final Settings settings;
  private final List<Problem> problems = new ArrayList<>();

  private ProductionChecks(Settings settings) {
    this.settings = settings;
  }

  /** Every problem, none when the settings are fit. */
  public static List<Problem> check(Settings settings) {
    ProductionChecks checks = new ProductionChecks(settings);
    checks.dataDir();
    checks.transport();
    checks.links();
    checks.certificate();
    checks.issuers();
    checks.metrics();
    checks.kafka();
    if (settings.content() instanceof S3 s3) {
      checks.objectStore(s3);
    }
    return List.copyOf(checks.problems);
  }

  private void dataDir() {
    Path folder = settings.dataDir();
    if (!Files.isDirectory(folder)) {
      severe(
          "data-dir",
          ("The data folder %s does not exist. Aftercall does not make it, because a volume that is"
                  + " not mounted would go unnoticed and recordings would land beside it. Mount or make"
                  + " it, and give it to the user Aftercall runs as.")
              .formatted(folder));
      return;
    }
    try {
      Path probe = Files.createTempFile(folder, ".probe-", "");
      try {
        Files.write(probe, new byte[] {1});
      } finally {
        Files.delete(probe);
      }
    } catch (IOException e) {
      severe(
          "data-dir",
          ("Nothing can be written to the data folder %s (%s), so that no recording could be kept."
                  + " Give it to the user Aftercall runs as, and see whether the disk is full or"
                  + " mounted read-only.")
              .formatted(folder, e));
    }
  }

  private void metrics() {
    if (settings.metrics().enabled() && settings.metrics().token().isEmpty()) {
      warn(
          "metrics.token",
          "Anybody who reaches this server can read /metrics: how many requests it answers, and how"
              + " many findings its storage has. Set metrics.token, or keep /metrics from the"
              + " outside in a proxy.");
    }
  }

  private void kafka() {
    for (KafkaSink sink : settings.notifications().topics()) {
      if (!sink.tls()) {
        warn(
            Family.KAFKA.prefix() + sink.name() + ".tls",
            "What recordings there are is told to the brokers in plain text"
                + (sink.password().isPresent() ? ", and the password with it" : "")
                + ". That is fit only for a network you trust; otherwise leave TLS on.");
      }
      String authorities = Family.KAFKA.prefix() + sink.name() + ".authorities";
      sink.authorities().ifPresent(file -> pem(authorities, file, "CERTIFICATE"));
    }
  }

  private void transport() {
    boolean tls = settings.https().enabled();
    boolean proxied = !settings.http().trustedProxies().isEmpty();
    String host = settings.http().host();
    if (!tls && !proxied) {
      severe(
          "https.certificate",
          "There is neither TLS nor a trusted proxy, so that access tokens and recordings would"
              + " travel in plain text. Set https.certificate and https.key, or put a proxy with"
              + " TLS in front and name its address in http.trusted-proxies.");
    }
    if (settings.http().enabled() && !loopback(host) && !proxied) {
      String remedy =
          tls
              ? "Set http.enabled=false to leave only the TLS listener."
              : "Set http.host=127.0.0.1, or serve TLS with https.certificate and https.key.";
      report(
          !tls,
          "http.host",
          ("Plain text is served at %s, where others than this machine can reach it and read"
                  + " access tokens on the way. %s")
              .formatted(host, remedy));
    }
    if (settings.http().trustedProxies().stream().anyMatch(range -> range.prefix() == 0)) {
      warn(
          "http.trusted-proxies",
          "Everybody is trusted as a proxy, so that any client can invent the address it comes"
              + " from and the one that links carry. Name the addresses of your proxies.");
    }
  }

  private void links() {
    settings
        .http()
        .publicUrl()
        .filter(ProductionChecks::inPlainText)
        .ifPresent(
            url ->
                warn(
                    "http.public-url",
                    ("Links begin with %s, so that clients following them send their tokens in"
                            + " plain text. Begin the public address with https://.")
                        .formatted(url)));
  }

  private void certificate() {
    settings.https().certificate().ifPresent(file -> pem("https.certificate", file, "CERTIFICATE"));
    settings.https().key().ifPresent(file -> pem("https.key", file, "PRIVATE KEY"));
  }

  private void pem(String key, Path file, String label) {
    try {
      if (!Files.readString(file).contains("-----BEGIN " + label + "-----")) {
        severe(
            key,
            ("%s has no block of PEM named %s, so that TLS cannot start. Give PEM, and an"
                    + " unencrypted PKCS#8 key (openssl pkcs8 -topk8 -nocrypt makes one of another"
                    + " key).")
                .formatted(file, label));
      }
    } catch (IOException e) {
      severe(
          key,
          ("%s cannot be read (%s), so that TLS cannot start. Correct the path, or let the user"
                  + " Aftercall runs as read the file.")
              .formatted(file, e));
    }
  }

  private void issuers() {
    if (settings.issuers().isEmpty()) {
      severe(
          Family.ISSUER.template("type"),
          "No issuer of tokens is set, so that nobody could get in. Set issuer.<name>.type, .url"
              + " and .audiences for your identity provider.");
    }
    for (Issuer issuer : settings.issuers()) {
      if (inPlainText(issuer.url())) {
        severe(
            "issuer." + issuer.name() + ".url",
            ("The keys that tokens are verified with would be fetched from %s in plain text, so"
                    + " that whoever sits between could sign tokens of their own. Use https.")
                .formatted(issuer.url()));
      }
    }
  }

  private void objectStore(S3 s3) {
    if (s3.bucket().isEmpty()) {
      severe(
          "content.s3.bucket",
          "Recordings shall lie at an object store, but no bucket is named, so that none could be"
              + " kept. Make a bucket and set content.s3.bucket.");
    }
    s3.endpoint()
        .filter(ProductionChecks::inPlainText)
        .ifPresent(
            url ->
                warn(
                    "content.s3.endpoint",
                    ("Recordings travel to %s in plain text. That is fit only for a network you"
                            + " trust; otherwise use https.")
                        .formatted(url)));
  }

  private static boolean inPlainText(URI url) {
    return "http".equals(url.getScheme()) && !onThisMachine(url);
  }

  static boolean onThisMachine(URI url) {
    return loopback(Optional.ofNullable(url.getHost()).orElse("").replaceAll("[\\[\\]]", ""));
  }

  /** Never asks a name server: what it answers now it may not answer later. */
  private static boolean loopback(String host) {
    try {
      return host.equals("localhost") || InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false; // a name
    }
  }

  private void severe(String key, String message) {
    report(true, key, message);
  }

  private void warn(String key, String message) {
    report(false, key, message);
  }

  private void report(boolean severe, String key, String message) {
    problems.add(new Problem(message, key, severe));
  }
}
