package dev.aftercall.content.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * What a bucket has beyond plain objects, where it has it: versions, which a deletion leaves
 * behind, and Object Lock. Asked of the bucket once; a store that does not know the question has
 * neither.
 */
final class Versions {
  private final S3Client client;
  private final S3Location location;
  private @Nullable Boolean versioned;
  private @Nullable Boolean locks;

  Versions(S3Client client, S3Location location) {
    this.client = client;
    this.location = location;
  }

  /** Removes every version and delete marker of an object that was deleted. */
  void remove(String object) throws IOException {
    if (!versioned()) {
      return;
    }
    try {
      ListObjectVersionsResponse page =
          client.listObjectVersions(
              list ->
                  list.bucket(location.bucket())
                      .prefix(object)
                      .overrideConfiguration(S3Clients.SHORT));
      List<String> ids = new ArrayList<>();
      page.versions().stream()
          .filter(version -> version.key().equals(object))
          .forEach(version -> ids.add(version.versionId()));
      page.deleteMarkers().stream()
          .filter(marker -> marker.key().equals(object))
          .forEach(marker -> ids.add(marker.versionId()));
      for (String id : ids) {
        client.deleteObject(
            delete ->
                delete
                    .bucket(location.bucket())
                    .key(object)
                    .versionId(id)
                    .overrideConfiguration(S3Clients.SHORT));
      }
      // An object has one version or two; a thousand are somebody's mistake.
      if (Boolean.TRUE.equals(page.isTruncated()) && !ids.isEmpty()) {
        remove(object);
      }
    } catch (SdkException e) {
      throw S3Failure.of("delete the versions of", location, object, e);
    }
  }

  /** False where the bucket has no Object Lock. */
  boolean hold(String object, boolean on) throws IOException {
    if (!locks()) {
      return false;
    }
    try {
      client.putObjectLegalHold(
          put ->
              put.bucket(location.bucket())
                  .key(object)
                  .legalHold(
                      hold ->
                          hold.status(
                              on ? ObjectLockLegalHoldStatus.ON : ObjectLockLegalHoldStatus.OFF))
                  .overrideConfiguration(S3Clients.SHORT));
      return true;
    } catch (SdkException e) {
      throw S3Failure.of(on ? "hold" : "release", location, object, e);
    }
  }

  private synchronized boolean versioned() throws IOException {
    Boolean known = versioned;
    if (known == null) {
      known =
          asked(
              "ask for the versions of",
              () -> {
                // A bucket whose versioning was suspended still has the versions from before.
                BucketVersioningStatus status =
                    client
                        .getBucketVersioning(
                            get ->
                                get.bucket(location.bucket())
                                    .overrideConfiguration(S3Clients.SHORT))
                        .status();
                return status == BucketVersioningStatus.ENABLED
                    || status == BucketVersioningStatus.SUSPENDED;
              });
      versioned = known;
    }
    return known;
  }

  private synchronized boolean locks() throws IOException {
    Boolean known = locks;
    if (known == null) {
      known =
          asked(
              "ask for the Object Lock of",
              () ->
                  client
                          .getObjectLockConfiguration(
                              get ->
                                  get.bucket(location.bucket())
                                      .overrideConfiguration(S3Clients.SHORT))
                          .objectLockConfiguration()
                          .objectLockEnabled()
                      == ObjectLockEnabled.ENABLED);
      locks = known;
    }
    return known;
  }

  /** A bucket without, and a store that never heard of it, answer that there is nothing. */
  private boolean asked(String deed, Supplier<Boolean> question) throws IOException {
    try {
      return question.get();
    } catch (S3Exception e) {
      if (List.of(400, 404, 405, 501).contains(e.statusCode())) {
        return false;
      }
      throw S3Failure.of(deed, location, "", e);
    } catch (SdkException e) {
      throw S3Failure.of(deed, location, "", e);
    }
  }
}
