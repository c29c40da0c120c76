package dev.aftercall.fetch.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.aftercall.dev.tls.DevCertificates;
import dev.aftercall.dev.tls.TlsFixture;
import dev.aftercall.fetch.Access;
import dev.aftercall.fetch.FetchException;
import dev.aftercall.fetch.FetchException.Kind;
import dev.aftercall.fetch.FetchLimits;
import dev.aftercall.fetch.HostPattern;
import dev.aftercall.fetch.Location;
import dev.aftercall.outbound.AddressRules;
import dev.aftercall.testing.WebhookReceiver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates are verified, and what came by TLS is not sent on without. */
final class TlsTest {
  @TempDir Path folder;
  private DevCertificates certificates;
  private HttpsServer server;
  private final WebhookReceiver plain = new WebhookReceiver();

  @BeforeEach
  void serve() throws Exception {
    certificates = DevCertificates.loadOrCreate(folder, List.of(), InstantSource.system());
    server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(TlsFixture.server(certificates)));
    server.createContext(
        "/file",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write("bytes".getBytes(StandardCharsets.US_ASCII));
          }
        });
    server.createContext(
        "/down",
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().set("Location", plain.url("/file"));
            exchange.sendResponseHeaders(302, -1);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    plain.close();
  }

  private Access.Web access(String host) {
    return new Access.Web(
        List.of(HostPattern.parse(host + ":" + server.getAddress().getPort())),
        List.of(HostPattern.parse(URI.create(plain.url("/")).getAuthority())),
        new AddressRules(any -> false, true),
        true,
        Optional.empty(),
        Optional.empty());
  }

  private Location at(String host, String path) {
    return new Location.Web(
        URI.create("https://" + host + ":" + server.getAddress().getPort() + path));
  }

  @Test
  void fetchesFromWhomItTrusts() throws Exception {
    try (var fetcher =
            new WebFetcher(
                access("localhost"), FetchLimits.usual(10), TlsFixture.client(certificates));
        var fetched = fetcher.open(at("localhost", "/file"), 0, Optional.empty())) {
      assertThat(fetched.bytes().readAllBytes()).hasSize(5);
    }
  }

  @Test
  void fetchesFromNobodyElse() throws Exception {
    try (var strict = new WebFetcher(access("localhost"), FetchLimits.usual(10));
        var other =
            new WebFetcher(
                access("127.0.0.3"), FetchLimits.usual(10), TlsFixture.client(certificates))) {
      var unknown =
          catchThrowableOfType(
              FetchException.class,
              () -> strict.open(at("localhost", "/file"), 0, Optional.empty()));
      assertThat(unknown.kind()).isEqualTo(Kind.BROKEN);
      assertThat(unknown).hasMessageContaining("certificate");
      var another = // the certificate is for 127.0.0.1
          catchThrowableOfType(
              FetchException.class,
              () -> other.open(at("127.0.0.3", "/file"), 0, Optional.empty()));
      assertThat(another.kind()).isEqualTo(Kind.BROKEN);
      assertThat(another).hasMessageContaining("certificate");
    }
  }

  @Test
  void goesDownToNoPlainText() throws Exception {
    try (var fetcher =
        new WebFetcher(
            access("localhost"), FetchLimits.usual(10), TlsFixture.client(certificates))) {
      var failure =
          catchThrowableOfType(
              FetchException.class,
              () -> fetcher.open(at("localhost", "/down"), 0, Optional.empty()));
      assertThat(failure.kind()).isEqualTo(Kind.FORBIDDEN_ADDRESS);
      assertThat(failure).hasMessageContaining("https");
    }
    assertThat(plain.everything()).isEmpty();
  }
}
