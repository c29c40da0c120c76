package dev.aftercall.http;

import dev.aftercall.testing.S3ProxyServer;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import org.junit.jupiter.api.AfterAll;

/** Transcripts from an object store, with the catalogue in PostgreSQL. */
final class S3TranscriptTest extends TranscriptContract {
  private final S3ProxyServer s3 = S3ProxyServer.start();
  private final TestServer server =
      new TestServer(
          TestSetup.onS3(S3RangeTest.passedThrough(s3.location())), TestSetup.onPostgres());

  @AfterAll
  void stop() {
    server.close();
    s3.close();
  }

  @Override
  TestServer server() {
    return server;
  }
}
