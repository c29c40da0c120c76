package dev.aftercall.picture;

import dev.aftercall.content.ContentStore;
import dev.aftercall.content.disk.DiskContentStore;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Pictures on disk, known to SQLite. */
final class DiskPicturesTest extends PicturesContract {
  @Override
  TestSetup.Difference store() {
    return any -> {};
  }

  @Override
  ContentStore contents(TestServer server) {
    try {
      return new DiskContentStore(server.dataDir().resolve("content"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
