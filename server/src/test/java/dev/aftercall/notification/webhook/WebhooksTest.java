package dev.aftercall.notification.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aftercall.notification.Endpoints.NotAnEndpoint;
import dev.aftercall.outbound.AddressRules;
import dev.aftercall.testing.WebhookReceiver;
import dev.aftercall.time.Ids;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a webhook is delivered to: by TLS, and to public addresses alone. */
final class WebhooksTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final AddressRules THIS_MACHINE = new AddressRules(any -> false, true);

  /** An https server that says 202 to whoever trusts its certificate. */
  private static final class SecureReceiver implements AutoCloseable {
    private final ServerSocket listener;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();

    SecureReceiver(SSLContext context) throws IOException {
      listener =
          context
              .getServerSocketFactory()
              .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
      Thread.ofVirtual().start(this::serve);
    }

    String url(String host) {
      return "https://" + host + ":" + listener.getLocalPort() + "/hook";
    }

    private void serve() {
      while (!listener.isClosed()) {
        try (Socket connection = listener.accept()) {
          connections.incrementAndGet();
          InputStream in = connection.getInputStream();
          if (in.read() >= 0) {
            requests.incrementAndGet();
            connection
                .getOutputStream()
                .write(
                    "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
          }
        } catch (IOException e) {
          // Whoever does not trust us hangs up.
        }
      }
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }
  }

  private static X509Bundle certificate(String host) throws Exception {
    return new CertificateBuilder()
        .ecp256()
        .subject("CN=" + host)
        .addSanDnsName(host)
        .setIsCertificateAuthority(true)
        .buildSelfSigned();
  }

  private static SSLContext serving(X509Bundle bundle) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "us", bundle.getKeyPair().getPrivate(), new char[0], bundle.getCertificatePath());
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static SSLContext trusting(X509Bundle bundle) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("them", bundle.getCertificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static int post(Webhooks webhooks, String url) throws IOException {
    return webhooks
        .post(url, Map.of("Content-Type", "application/json"), new byte[] {'{', '}'}, PATIENCE)
        .status();
  }

  @Test
  void whatIsTrustedIsToldByTls() throws Exception {
    X509Bundle ours = certificate("localhost");
    try (SecureReceiver receiver = new SecureReceiver(serving(ours));
        Webhooks webhooks = new Webhooks(THIS_MACHINE, Ids.repeatable(1), trusting(ours))) {
      assertThat(post(webhooks, receiver.url("localhost"))).isEqualTo(202);
    }
  }

  @Test
  void nothingIsSaidToAStranger() throws Exception {
    X509Bundle ours = certificate("localhost");
    X509Bundle another = certificate("another.example.com");
    try (SecureReceiver unknown = new SecureReceiver(serving(ours));
        SecureReceiver misnamed = new SecureReceiver(serving(another));
        Webhooks strict = new Webhooks(THIS_MACHINE, Ids.repeatable(1));
        Webhooks webhooks = new Webhooks(THIS_MACHINE, Ids.repeatable(2), trusting(another))) {
      assertThatThrownBy(() -> post(strict, unknown.url("localhost")))
          .isInstanceOf(SSLException.class);
      assertThatThrownBy(() -> post(webhooks, misnamed.url("localhost")))
          .isInstanceOf(SSLException.class);
      assertThat(unknown.requests.get() + misnamed.requests.get()).isZero();
    }
  }

  @Test
  void aNameThatLeadsWithinIsNotCalled() throws Exception {
    X509Bundle ours = certificate("localhost");
    AddressRules strangers = new AddressRules(any -> false, false);
    try (SecureReceiver receiver = new SecureReceiver(serving(ours));
        Webhooks webhooks = new Webhooks(strangers, Ids.repeatable(1), trusting(ours))) {
      assertThatThrownBy(() -> post(webhooks, receiver.url("localhost")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no public address");
      assertThatThrownBy(() -> webhooks.validate(List.of(receiver.url("localhost"))))
          .isInstanceOf(NotAnEndpoint.class)
          .hasMessageContaining("notifications.allowed-networks");
      assertThat(receiver.connections).hasValue(0);
    }
    AddressRules allowed = new AddressRules(InetAddress::isLoopbackAddress, false);
    try (SecureReceiver receiver = new SecureReceiver(serving(ours));
        Webhooks webhooks = new Webhooks(allowed, Ids.repeatable(1), trusting(ours))) {
      assertThat(post(webhooks, receiver.url("localhost"))).isEqualTo(202);
    }
  }

  @Test
  void anEndOfPatienceIsNoAnswerWhereverItMeetsTheClient() throws Exception {
    int unanswered = 0;
    try (WebhookReceiver receiver = new WebhookReceiver();
        Webhooks webhooks = new Webhooks(THIS_MACHINE, Ids.repeatable(1))) {
      for (int i = 0; i < 1_000; i++) {
        try {
          webhooks.post(receiver.url("/hook"), Map.of(), new byte[2], Duration.ofMillis(1 + i % 3));
        } catch (IOException e) {
          unanswered++;
        }
      }
    }
    assertThat(unanswered).as("calls that ended before their answer").isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://10.0.0.1/",
        "https://192.168.1.1/",
        "https://100.64.0.1/",
        "https://0.0.0.0/",
        "https://[::1]/",
        "https://[fe80::1]/",
        "https://[fd00::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://2130706433/",
        "http://example.com/",
        "https://user@example.com/"
      })
  void noAddressWithinIsCalledHoweverItIsWritten(String url) {
    try (Webhooks webhooks = new Webhooks(new AddressRules(any -> false, false), Ids.secure())) {
      assertThatThrownBy(() -> post(webhooks, url)).isInstanceOf(IOException.class);
    }
  }
}
