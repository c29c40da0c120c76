package dev.aftercall.http;

import dev.aftercall.testing.TestServer;
import org.junit.jupiter.api.AfterAll;

/** Transcripts from a disk. */
final class DiskTranscriptTest extends TranscriptContract {
  private final TestServer server = new TestServer();

  @AfterAll
  void stop() {
    server.close();
  }

  @Override
  TestServer server() {
    return server;
  }
}
