package dev.aftercall.content.s3;

import dev.aftercall.content.Stored;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What lies beneath the prefix; S3 lists keys by the bytes of their UTF-8. */
final class Listing {
  /** Beneath the prefix; what lies there was set aside. */
  static final String ASIDE = "quarantine/";

  /** Written and removed again by readiness checks. */
  static final String PROBE = ".writable";

  /** S3 gives no more at once. */
  private static final int MOST = 1000;

  private final S3Client client;
  private final S3Location location;

  Listing(S3Client client, S3Location location) {
    this.client = client;
    this.location = location;
  }

  List<Stored> page(String after, int limit) throws IOException {
    List<Stored> found = new ArrayList<>();
    String last = after;
    for (boolean more = true; more && found.size() < limit; ) {
      ListObjectsV2Response answer = list(last, Math.min(MOST, limit - found.size()));
      for (S3Object object : answer.contents()) {
        last = object.key().substring(beneath().length());
        if (!last.startsWith(ASIDE) && !last.equals(PROBE)) {
          found.add(Stored.of(last, object.size(), object.lastModified()));
        }
      }
      more = Boolean.TRUE.equals(answer.isTruncated()) && !answer.contents().isEmpty();
      if (last.startsWith(ASIDE)) {
        last = ASIDE + Character.toString(Character.MAX_CODE_POINT);
      }
    }
    return found;
  }

  private ListObjectsV2Response list(String after, int most) throws IOException {
    try {
      return client.listObjectsV2(
          list -> {
            list.bucket(location.bucket())
                .prefix(beneath())
                .maxKeys(most)
                .overrideConfiguration(S3Clients.SHORT);
            if (!after.isEmpty()) {
              list.startAfter(beneath() + after);
            }
          });
    } catch (SdkException e) {
      throw S3Failure.of("list", location, beneath(), e);
    }
  }

  private String beneath() {
    return location.prefix().isEmpty() ? "" : location.prefix() + "/";
  }

  Optional<Stored> stat(String path) throws IOException {
    String object = location.key(path);
    try {
      var head =
          client.headObject(
              ask ->
                  ask.bucket(location.bucket()).key(object).overrideConfiguration(S3Clients.SHORT));
      return Optional.of(Stored.of(path, head.contentLength(), head.lastModified()));
    } catch (S3Exception e) {
      if (isMissing(e)) {
        return Optional.empty();
      }
      throw S3Failure.of("look at", location, object, e);
    } catch (SdkException e) {
      throw S3Failure.of("look at", location, object, e);
    }
  }

  static boolean isMissing(S3Exception e) {
    var details = e.awsErrorDetails();
    return e.statusCode() == 404
        && (details == null || !"NoSuchBucket".equals(details.errorCode()));
  }
}
