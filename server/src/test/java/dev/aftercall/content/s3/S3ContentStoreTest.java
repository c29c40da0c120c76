package dev.aftercall.content.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.content.Content;
import dev.aftercall.content.ContentKey;
import dev.aftercall.content.ContentStore;
import dev.aftercall.content.ContentStoreContract;
import dev.aftercall.testing.S3ProxyServer;
import dev.aftercall.time.Ids;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class S3ContentStoreTest extends ContentStoreContract {
  private static S3ProxyServer server;

  private S3Location location;
  private S3ContentStore store;

  @BeforeAll
  static void start() {
    server = S3ProxyServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void openStore() {
    location = server.location();
    store = new S3ContentStore(location);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Override
  protected ContentStore store() {
    return store;
  }

  @Override
  protected byte[] aside(String path) throws IOException {
    try (var client = S3Clients.client(location, S3Clients.credentials(location))) {
      return client
          .getObjectAsBytes(get -> get.bucket(location.bucket()).key(location.key(path)))
          .asByteArray();
    }
  }

  @Test
  void copiesLargeObjectsAsideInParts() throws IOException {
    byte[] large = noise((11 << 20) + 3);
    var key = key();
    store.keep(key, file(large));
    try (var client = S3Clients.client(location, S3Clients.credentials(location))) {
      var aside = new Aside(client, location, new Listing(client, location), 5 << 20);

      String path = aside.copy(key.path(), large.length);

      assertThat(aside(path)).isEqualTo(large);
    }
  }

  @Test
  void uploadsWithoutChunkedEncodingToo() throws IOException {
    var chunked = server.location();
    var location =
        new S3Location(
            chunked.endpoint(),
            chunked.region(),
            chunked.bucket(),
            chunked.prefix(),
            chunked.accessKey(),
            chunked.secretKey(),
            true,
            false,
            false,
            chunked.partSize());
    var key = key();
    byte[] bytes = noise((int) chunked.partSize() + 1);
    try (var plain = new S3ContentStore(location)) {
      plain.keep(key, file(bytes));

      assertThat(plain.open(key).orElseThrow())
          .isInstanceOfSatisfying(
              Content.AtUrl.class, content -> assertThat(content.redirect()).isFalse());
      try (var in = plain.read(key, 0, bytes.length)) {
        assertThat(in.readAllBytes()).isEqualTo(bytes);
      }
    }
  }

  @Test
  void anotherNodeFindsWhatThisOneKept() throws IOException {
    var location = server.location();
    var key = key();
    try (var here = new S3ContentStore(location);
        var there = new S3ContentStore(location)) {
      here.keep(key, file(noise(10)));

      assertThat(there.open(key)).isPresent();
      assertThat(there.delete(key)).isTrue();
    }
  }

  private static ContentKey key() {
    Ids ids = Ids.repeatable(3);
    return new ContentKey(ids.guid(), ids.guid());
  }
}
