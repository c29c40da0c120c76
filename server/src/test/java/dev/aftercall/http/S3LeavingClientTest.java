package dev.aftercall.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.content.ContentKey;
import dev.aftercall.content.s3.S3ContentStore;
import dev.aftercall.content.s3.S3Location;
import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.testing.RawHttp;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.S3ProxyServer;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The same passed through from S3, and what happens when S3 does not give. */
final class S3LeavingClientTest extends LeavingClientContract {
  private final S3ProxyServer s3 = S3ProxyServer.start();
  private final S3Location location = S3RangeTest.passedThrough(s3.location());
  private final TestServer server = new TestServer(TestSetup.onS3(location));

  @AfterAll
  void stop() {
    server.close();
    s3.close();
  }

  @Override
  TestServer server() {
    return server;
  }

  @Test
  void anObjectThatIsGoneIsAWholeErrorAndJournalled() throws IOException {
    Recorded lost = server.record();
    assertThat(server.get(lost.contentPath(), server.user(TestServer.ORGANIZER)).statusCode())
        .isEqualTo(200);
    try (S3ContentStore behindItsBack = new S3ContentStore(location)) {
      behindItsBack.delete(new ContentKey(lost.tenant(), lost.artifact()));
    }

    RawHttp.Answer answer = RawHttp.exchange(server, request(server, lost, "Range: bytes=0-1\r\n"));

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.text()).startsWith("{\"error\":{\"code\":\"InternalServerError\"");
    assertThat(answer.header("Content-Type")).hasValue("application/json");
    assertThat(answer.header("Content-Range")).isEmpty();
    assertThat(answer.header("ETag")).isEmpty();
    assertThat(server.journal(answer.header("request-id").orElseThrow()).delivery())
        .isEqualTo(new Delivery(500, 0, false));
  }
}
