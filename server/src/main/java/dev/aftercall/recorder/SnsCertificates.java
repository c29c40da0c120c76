package dev.aftercall.recorder;

import dev.aftercall.fetch.Access;
import dev.aftercall.fetch.FetchException;
import dev.aftercall.fetch.FetchLimits;
import dev.aftercall.fetch.Fetched;
import dev.aftercall.fetch.HostPattern;
import dev.aftercall.fetch.Location;
import dev.aftercall.fetch.web.WebFetcher;
import dev.aftercall.outbound.AddressRules;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** The certificates that Amazon SNS signs with; each is fetched once and remembered. */
final class SnsCertificates {
  /** One a region, and a second while it is changed. */
  private static final int MOST = 16;

  private static final int MOST_FAILED = 64;
  private static final int LARGEST = 64 << 10;

  /** After which an address that gave none is asked again. */
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Source source;
  private final Map<URI, X509Certificate> held = new ConcurrentHashMap<>();

  /** Whoever fetches holds this: one at a time, for strangers may make us ask. */
  private final ReentrantLock fetching = new ReentrantLock();

  private final Map<URI, Instant> failed = new LinkedHashMap<>();

  /** Reads what lies at an address. */
  @FunctionalInterface
  interface Source {
    /** PEM, or DER. */
    byte[] read(URI at) throws IOException;
  }

  SnsCertificates(Source source) {
    this.source = source;
  }

  /** From Amazon's hosts, by TLS, at public addresses. */
  static SnsCertificates ofAmazon() {
    return new SnsCertificates(SnsCertificates::fetched);
  }

  /**
   * The certificate at an address that was checked to be Amazon's.
   *
   * @return empty where it cannot be had; the sender is to try again
   */
  Optional<X509Certificate> at(URI url, Instant now) {
    X509Certificate known = held.get(url);
    return known == null ? fetched(url, now) : Optional.of(known);
  }

  private Optional<X509Certificate> fetched(URI url, Instant now) {
    fetching.lock();
    try {
      X509Certificate known = held.get(url);
      if (known != null) {
        return Optional.of(known);
      }
      Instant before = failed.remove(url);
      boolean just = before != null && before.plus(PAUSE).isAfter(now);
      Optional<X509Certificate> read = just ? Optional.empty() : read(url);
      if (read.isEmpty()) {
        failed.put(url, before != null && just ? before : now);
        first(failed, MOST_FAILED);
        return read;
      }
      first(held, MOST - 1);
      held.put(url, read.get());
      return read;
    } finally {
      fetching.unlock();
    }
  }

  private static void first(Map<URI, ?> map, int most) {
    if (map.size() > most) {
      map.remove(map.keySet().iterator().next());
    }
  }

  private Optional<X509Certificate> read(URI url) {
    try {
      return CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(source.read(url)))
              instanceof X509Certificate certificate
          ? Optional.of(certificate)
          : Optional.empty();
    } catch (IOException | CertificateException e) {
      return Optional.empty();
    }
  }

  private static byte[] fetched(URI url) throws IOException {
    Access.Web amazon =
        new Access.Web(
            List.of(HostPattern.parse(url.getHost())),
            List.of(),
            new AddressRules(address -> false, false),
            false,
            Optional.empty(),
            Optional.empty());
    FetchLimits limits =
        new FetchLimits(
            Duration.ofSeconds(3), Duration.ofSeconds(3), Duration.ofSeconds(3), 1, 0, LARGEST);
    try (WebFetcher fetcher = new WebFetcher(amazon, limits);
        Fetched file = fetcher.open(new Location.Api(url), 0, Optional.empty())) {
      byte[] bytes = file.bytes().readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new FetchException(FetchException.Kind.BROKEN, "That is no certificate.");
      }
      return bytes;
    }
  }
}
