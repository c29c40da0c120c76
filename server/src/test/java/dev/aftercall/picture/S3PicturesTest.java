package dev.aftercall.picture;

import dev.aftercall.content.ContentStore;
import dev.aftercall.content.s3.S3ContentStore;
import dev.aftercall.content.s3.S3Location;
import dev.aftercall.testing.S3ProxyServer;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import org.junit.jupiter.api.AfterEach;

/** Pictures at an object store, known to PostgreSQL. */
final class S3PicturesTest extends PicturesContract {
  private final S3ProxyServer s3 = S3ProxyServer.start();
  private final S3Location location = passedThrough(s3.location());

  private static S3Location passedThrough(S3Location it) {
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

  @AfterEach
  void end() {
    s3.close();
  }

  @Override
  TestSetup.Difference store() {
    return setup -> {
      TestSetup.onPostgres().apply(setup);
      TestSetup.onS3(location).apply(setup);
    };
  }

  @Override
  ContentStore contents(TestServer server) {
    return new S3ContentStore(location);
  }
}
