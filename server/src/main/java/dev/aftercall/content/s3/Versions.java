package dev.aftercall.content.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.paginators.ListObjectVersionsIterable;

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

  /**
   * Removes every version and delete marker of an object, newest first, where the bucket has such.
   * No marker is left: one would hide what Object Lock then keeps.
   *
   * @return false, and nothing done, where the bucket has no versions
   */
  boolean remove(String object) throws IOException {
    if (!versioned()) {
      return false;
    }
    try {
      List<String> ids = new ArrayList<>(of(object));
      ids.addAll(markers(object));
      for (String id : ids) {
        client.deleteObject(
            delete ->
                delete
                    .bucket(location.bucket())
                    .key(object)
                    .versionId(id)
                    .overrideConfiguration(S3Clients.SHORT));
      }
      return true;
    } catch (SdkException e) {
      throw S3Failure.of("delete the versions of", location, object, e);
    }
  }

  /**
   * Holds every version of an object, also where somebody deleted it, or lifts that.
   *
   * @return false, and nothing done, where the bucket has no Object Lock
   */
  boolean hold(String object, boolean on) throws IOException {
    if (!locks()) {
      return false;
    }
    try {
      for (String id : of(object)) {
        client.putObjectLegalHold(
            put ->
                put.bucket(location.bucket())
                    .key(object)
                    .versionId(id)
                    .legalHold(
                        hold ->
                            hold.status(
                                on ? ObjectLockLegalHoldStatus.ON : ObjectLockLegalHoldStatus.OFF))
                    .overrideConfiguration(S3Clients.SHORT));
      }
      return true;
    } catch (SdkException e) {
      throw S3Failure.of(on ? "hold" : "release", location, object, e);
    }
  }

  /** The ids of an object's versions; one or two, unless somebody makes mistakes. */
  private List<String> of(String object) {
    return pages(object).versions().stream()
        .filter(version -> version.key().equals(object))
        .map(ObjectVersion::versionId)
        .toList();
  }

  private List<String> markers(String object) {
    return pages(object).deleteMarkers().stream()
        .filter(marker -> marker.key().equals(object))
        .map(DeleteMarkerEntry::versionId)
        .toList();
  }

  private ListObjectVersionsIterable pages(String object) {
    return client.listObjectVersionsPaginator(
        list ->
            list.bucket(location.bucket()).prefix(object).overrideConfiguration(S3Clients.SHORT));
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
