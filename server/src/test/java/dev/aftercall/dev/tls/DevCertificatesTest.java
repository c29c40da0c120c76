package dev.aftercall.dev.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevCertificatesTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]"})
  void a_java_client_with_the_trust_store_speaks_to_every_loopback_name(String host)
      throws Exception {
    DevCertificates files = DevCertificates.loadOrCreate(folder, List.of(), InstantSource.system());
    InetAddress address = InetAddress.getByName(host.replaceAll("[\\[\\]]", ""));
    HttpsServer server = hello(files, address);
    try (HttpClient client = HttpClient.newBuilder().sslContext(TlsFixture.client(files)).build()) {
      URI uri = URI.create("https://" + host + ":" + server.getAddress().getPort() + "/");
      assertThat(client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body())
          .isEqualTo("hello");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void a_client_that_trusts_another_folders_authority_is_warned() throws Exception {
    DevCertificates files =
        DevCertificates.loadOrCreate(folder.resolve("a"), List.of(), InstantSource.system());
    DevCertificates other =
        DevCertificates.loadOrCreate(folder.resolve("b"), List.of(), InstantSource.system());
    HttpsServer server = hello(files, InetAddress.getLoopbackAddress());
    try (HttpClient client = HttpClient.newBuilder().sslContext(TlsFixture.client(other)).build()) {
      URI uri = URI.create("https://localhost:" + server.getAddress().getPort() + "/");
      assertThatThrownBy(
              () -> client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()))
          .isInstanceOf(SSLHandshakeException.class);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void the_chain_validates_and_says_what_each_certificate_is_for() throws Exception {
    DevCertificates files = make(NOW, "Recordings.Example.org", "10.1.2.3", "fe80::1");
    X509Certificate ca = certificates(files.ca()).getFirst();
    X509Certificate leaf = certificates(files.chain()).getFirst();

    PKIXParameters trust = new PKIXParameters(Set.of(new TrustAnchor(ca, null)));
    trust.setRevocationEnabled(false);
    trust.setDate(Date.from(NOW));
    CertPathValidator.getInstance("PKIX")
        .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf)), trust);

    assertThat(certificates(files.chain())).containsExactly(leaf, ca);
    assertThat(ca.getBasicConstraints()).isZero();
    assertThat(ca.getCriticalExtensionOIDs()).contains("2.5.29.19", "2.5.29.15");
    assertThat(ca.getKeyUsage()[5]).as("keyCertSign").isTrue();
    assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
    assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(Duration.between(leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant()))
        .isLessThanOrEqualTo(Duration.ofDays(397));
    assertThat(leaf.getSubjectAlternativeNames().stream().<Object>map(name -> name.get(1)))
        .containsExactlyInAnyOrder(
            "localhost",
            "recordings.example.org",
            "127.0.0.1",
            "0:0:0:0:0:0:0:1",
            "10.1.2.3",
            "fe80:0:0:0:0:0:0:1");
    // The authority's key identifier inside the leaf is the authority's own.
    byte[] subject = ca.getExtensionValue("2.5.29.14");
    byte[] authority = leaf.getExtensionValue("2.5.29.35");
    assertThat(java.util.Arrays.copyOfRange(authority, authority.length - 20, authority.length))
        .isEqualTo(java.util.Arrays.copyOfRange(subject, subject.length - 20, subject.length));
  }

  @Test
  void secrets_are_for_their_owner_alone() throws Exception {
    DevCertificates files = make(NOW);
    for (Path secret : List.of(files.key(), folder.resolve("ca.key"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
          .isEqualTo("rw-------");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.trustStore())))
        .isEqualTo("rw-r--r--");
  }

  @Test
  void the_next_start_uses_what_is_there() throws Exception {
    String chain = Files.readString(make(NOW, "a.test").chain());
    assertThat(Files.readString(make(NOW.plus(Duration.ofDays(300)), "A.test").chain()))
        .isEqualTo(chain);
  }

  @Test
  void other_names_or_an_end_in_sight_renew_the_leaf_and_keep_the_authority() throws Exception {
    DevCertificates files = make(NOW);
    byte[] trust = Files.readAllBytes(files.trustStore());
    String ca = Files.readString(files.ca());
    String first = Files.readString(files.chain());
    String renamed = Files.readString(make(NOW, "a.test").chain());
    String renewed = Files.readString(make(NOW.plus(Duration.ofDays(370)), "a.test").chain());

    assertThat(Set.of(first, renamed, renewed)).hasSize(3);
    assertThat(Files.readString(files.ca())).isEqualTo(ca);
    assertThat(Files.readAllBytes(files.trustStore())).isEqualTo(trust);
  }

  @Test
  void a_broken_key_file_is_made_anew() throws Exception {
    DevCertificates files = make(NOW);
    String ca = Files.readString(files.ca());
    Files.writeString(files.key(), "torn");
    make(NOW);
    assertThat(Files.readString(files.key())).startsWith("-----BEGIN PRIVATE KEY-----");
    assertThat(Files.readString(files.ca())).isEqualTo(ca);
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "a..b", "http://x", "1.2.3.4.5", ""})
  void what_is_no_name_is_refused(String name) {
    assertThatThrownBy(() -> make(NOW, name)).isInstanceOf(IllegalArgumentException.class);
  }

  private DevCertificates make(Instant now, String... names) throws IOException {
    return DevCertificates.loadOrCreate(folder, List.of(names), () -> now);
  }

  private static List<X509Certificate> certificates(Path pem) throws Exception {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(pem)))
        .stream()
        .map(X509Certificate.class::cast)
        .toList();
  }

  private static HttpsServer hello(DevCertificates files, InetAddress address) throws Exception {
    HttpsServer server = HttpsServer.create(new InetSocketAddress(address, 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(TlsFixture.server(files)));
    server.createContext(
        "/",
        exchange -> {
          byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }
}
