package dev.aftercall.http;

import dev.aftercall.content.s3.S3Location;
import dev.aftercall.testing.S3ProxyServer;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import org.junit.jupiter.api.AfterAll;

/** The same passed through from S3. */
final class S3RangeTest extends RangeContract {
  private final S3ProxyServer s3 = S3ProxyServer.start();
  private final TestServer server = new TestServer(TestSetup.onS3(passedThrough(s3.location())));

  @AfterAll
  void stop() {
    server.close();
    s3.close();
  }

  @Override
  TestServer server() {
    return server;
  }

  static S3Location passedThrough(S3Location it) {
    return new S3Location(
        it.endpoint(),
        it.region(),
        it.bucket(),
        it.prefix(),
        it.accessKey(),
        it.secretKey(),
        it.pathStyle(),
        it.chunkedEncoding(),
        false,
        it.partSize());
  }
}
