package dev.aftercall.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aftercall.identity.Authenticator;
import dev.aftercall.metrics.RequestCounter;
import dev.aftercall.throttle.Throttle;
import dev.aftercall.time.Ids;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which addresses a host stands for. */
final class ListeningTest {
  private static final Route HELLO =
      Route.of(
          "GET",
          "/hello",
          Route.Admission.PUBLIC,
          request -> Answer.text(200, "text/plain", request.target().base()));

  @BeforeEach
  void hasIpv6() throws SocketException {
    assumeTrue(
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .anyMatch(InetAddress.ofLiteral("::1")::equals),
        "this machine has no IPv6 loopback address");
  }

  @Test
  void localhostIsBothLoopbackAddressesAtOnePort() throws Exception {
    try (HttpServers servers = listen("localhost", 0)) {
      int port = servers.httpPort().orElseThrow();
      assertThat(hello("127.0.0.1:" + port)).isEqualTo("http://127.0.0.1:" + port);
      assertThat(hello("[::1]:" + port)).isEqualTo("http://[::1]:" + port);
    }
  }

  @Test
  void oneAddressIsNoOther() {
    try (HttpServers servers = listen("127.0.0.1", 0)) {
      int port = servers.httpPort().orElseThrow();
      assertThatThrownBy(() -> hello("[::1]:" + port)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aChosenPortThatSomebodyHasAtOneAddressIsRefused() throws IOException {
    try (ServerSocket somebody = new ServerSocket(0, 1, InetAddress.ofLiteral("::1"))) {
      int port = somebody.getLocalPort();
      assertThatThrownBy(() -> listen("localhost", port))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Cannot listen at ::1:" + port);
      // Nobody is left behind at the other address.
      new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1")).close();
    }
  }

  private static HttpServers listen(String host, int port) {
    return HttpServers.start(
        new HttpSettings(
            host,
            Optional.of(port),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            HttpSettings.Limits.DEFAULT,
            Duration.ofMinutes(5)),
        List.of(HELLO),
        new Authenticator(List.of(), InstantSource.system()),
        Throttle.OFF,
        Optional.empty(),
        new RequestCounter(),
        Ids.secure(),
        InstantSource.system());
  }

  private static String hello(String authority) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://" + authority + "/hello"))
                  .timeout(Duration.ofSeconds(30))
                  .build(),
              BodyHandlers.ofString())
          .body();
    }
  }
}
