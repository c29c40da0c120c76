package dev.aftercall.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The address in links, behind a proxy or configured. */
final class PublicAddressTest {
  private static TestServer behindProxy;

  @BeforeAll
  static void start() {
    behindProxy = new TestServer(TestSetup.trustedProxy("127.0.0.0/8"));
  }

  @AfterAll
  static void stop() {
    behindProxy.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Forwarded-Proto: https;X-Forwarded-Host: a.example      | https://a.example",
        "X-Forwarded-Proto: HTTPS, http;X-Forwarded-Host: a.example, b | https://a.example",
        "X-Forwarded-Proto: https                                  | https://here:1",
        "X-Forwarded-Host: a.example;X-Forwarded-Port: 8443        | http://a.example:8443",
        "X-Forwarded-Host: a.example:9;X-Forwarded-Port: 8443      | http://a.example:9",
        "X-Forwarded-Proto: https;X-Forwarded-Host: a.example;X-Forwarded-Port: 443 | https://a.example",
        "X-Forwarded-Proto: ftp;X-Forwarded-Host: a.example        | http://a.example",
        "X-Forwarded-Host: evil\"x                                 | http://localhost:{port}",
        "Forwarded: for=1.2.3.4~proto=https~host=\"f.example:8443\" | https://f.example:8443",
        "Forwarded: HOST=f.example, host=g.example                 | http://f.example",
        "Forwarded: host=f.example;X-Forwarded-Host: a.example     | http://f.example",
        "Accept: */*                                               | http://here:1"
      })
  void aTrustedProxyIsBelieved(String fields, String expected) {
    assertThat(link(behindProxy, "Host: here:1\r\n" + lines(fields)))
        .isEqualTo(expected.replace("{port}", Integer.toString(behindProxy.port())));
  }

  @Test
  void aProxyElsewhereIsNotBelieved() {
    try (TestServer server = new TestServer(TestSetup.trustedProxy("10.0.0.0/8"))) {
      assertThat(link(server, "Host: here:1\r\nX-Forwarded-Host: evil.org"))
          .isEqualTo("http://here:1");
    }
  }

  @Test
  void aConfiguredAddressCountsBeforeEverything() {
    try (TestServer server =
        new TestServer(
            TestSetup.publicUrl("https://archive.example"), TestSetup.trustedProxy("127.0.0.1"))) {
      assertThat(link(server, "Host: here:1\r\nX-Forwarded-Host: a.example"))
          .isEqualTo("https://archive.example");
    }
  }

  private static String lines(String fields) {
    return fields.strip().replace(";", "\r\n").replace("~", ";");
  }

  private static String link(TestServer server, String fields) {
    Recorded recorded = server.record();
    return ConnectionTest.link(server, recorded, server.user(TestServer.ORGANIZER), fields);
  }
}
