package dev.aftercall.content.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aftercall.content.ContentKey;
import dev.aftercall.testing.S3ProxyServer;
import dev.aftercall.time.Ids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Buckets with versions and with Object Lock, which S3Proxy has not: run by {@code
 * deploy/test/ceph-check}.
 */
@EnabledIfEnvironmentVariable(
    named = "AFTERCALL_TEST_S3_ENDPOINT",
    matches = ".+",
    disabledReason =
        "S3Proxy keeps no versions and has no Object Lock; deploy/test/ceph-check does")
final class S3ObjectLockTest {
  @TempDir Path folder;

  private final Ids ids = Ids.repeatable(7);
  private S3ProxyServer server;
  private S3Client client;
  private S3Location location;
  private S3ContentStore store;
  private ContentKey key;
  private String object;

  @BeforeEach
  void connect() {
    server = S3ProxyServer.start();
    S3Location shared = server.location();
    client = S3Clients.client(shared, S3Clients.credentials(shared));
    key = new ContentKey(ids.guid(), ids.guid());
    location = bucket(true);
    store = new S3ContentStore(location);
    object = location.key(key.path());
  }

  @AfterEach
  void close() {
    store.close();
    client.close();
    server.close();
  }

  private S3Location bucket(boolean locking) {
    String name = (locking ? "lock-" : "versions-") + UUID.randomUUID();
    client.createBucket(make -> make.bucket(name).objectLockEnabledForBucket(locking));
    if (!locking) {
      client.putBucketVersioning(
          put ->
              put.bucket(name)
                  .versioningConfiguration(with -> with.status(BucketVersioningStatus.ENABLED)));
    }
    S3Location shared = server.location();
    return new S3Location(
        shared.endpoint(),
        shared.region(),
        name,
        "kept",
        shared.accessKey(),
        shared.secretKey(),
        true,
        true,
        true,
        shared.partSize());
  }

  private void keep() throws IOException {
    store.keep(key, Files.write(folder.resolve("film"), new byte[] {1, 2, 3}));
  }

  /** Somebody with the bucket's keys writes over it, which leaves a version behind. */
  private void writtenOver() {
    client.putObject(
        put -> put.bucket(location.bucket()).key(object), RequestBody.fromBytes(new byte[] {9}));
  }

  private ListObjectVersionsResponse versions() {
    return client.listObjectVersions(list -> list.bucket(location.bucket()).prefix(object));
  }

  private List<String> everything() {
    ListObjectVersionsResponse all = versions();
    return Stream.concat(
            all.versions().stream().map(ObjectVersion::versionId),
            all.deleteMarkers().stream().map(DeleteMarkerEntry::versionId))
        .toList();
  }

  private ObjectLockLegalHoldStatus held(String version) {
    return client
        .getObjectLegalHold(get -> get.bucket(location.bucket()).key(object).versionId(version))
        .legalHold()
        .status();
  }

  @Test
  void everyVersionIsHeldAndNothingIsDeletedUntilItIsReleased() throws IOException {
    keep();
    writtenOver();
    assertThat(versions().versions()).hasSize(2);

    assertThat(store.hold(key, true)).isTrue();
    assertThat(everything()).hasSize(2).allMatch(it -> held(it) == ObjectLockLegalHoldStatus.ON);

    assertThatThrownBy(() -> store.delete(key))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(object);
    assertThat(store.open(key)).as("a refused deletion hides nothing").isPresent();
    assertThat(versions().versions()).hasSize(2);
    assertThat(versions().deleteMarkers()).isEmpty();
    for (String version : everything()) {
      assertThatThrownBy(
              () ->
                  client.deleteObject(
                      one -> one.bucket(location.bucket()).key(object).versionId(version)))
          .isInstanceOf(S3Exception.class);
    }

    assertThat(store.hold(key, false)).isTrue();
    assertThat(store.delete(key)).isTrue();
    assertThat(everything()).isEmpty();
    assertThat(store.open(key)).isEmpty();
  }

  @Test
  void whatSomebodyElseDeletedIsHeldAndPurgedToo() throws IOException {
    keep();
    client.deleteObject(one -> one.bucket(location.bucket()).key(object));
    assertThat(versions().deleteMarkers()).hasSize(1);

    assertThat(store.hold(key, true)).isTrue();
    String version = versions().versions().getFirst().versionId();
    assertThat(held(version)).isEqualTo(ObjectLockLegalHoldStatus.ON);

    assertThat(store.hold(key, false)).isTrue();
    store.delete(key);
    assertThat(everything()).isEmpty();
  }

  @Test
  void aHoldOnWhatIsNotThereHoldsNothing() throws IOException {
    assertThat(store.hold(key, true)).isTrue();
    assertThat(store.delete(key)).isFalse();
  }

  @Test
  void aPurgeLeavesNoVersionBehind() throws IOException {
    store.close();
    location = bucket(false);
    store = new S3ContentStore(location);
    keep();
    writtenOver();
    client.deleteObject(one -> one.bucket(location.bucket()).key(object));
    writtenOver();
    assertThat(everything()).hasSize(4);

    assertThat(store.hold(key, true)).as("there is no Object Lock").isFalse();
    assertThat(store.delete(key)).isTrue();
    assertThat(everything()).isEmpty();
  }
}
