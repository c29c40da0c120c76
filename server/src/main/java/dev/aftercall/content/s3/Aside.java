package dev.aftercall.content.s3;

import dev.aftercall.content.Stored;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Copies an object to the quarantine within the bucket; the bytes never come here. */
final class Aside {
  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html: up to 5 GB at once.
  static final long LARGEST_COPY = 5L << 30;

  private final S3Client client;
  private final S3Location location;
  private final Listing listing;
  private final long largestCopy;

  Aside(S3Client client, S3Location location, Listing listing, long largestCopy) {
    this.client = client;
    this.location = location;
    this.listing = listing;
    this.largestCopy = largestCopy;
  }

  /** Copies; when it returns, the copy is there with every byte. */
  String copy(String path, long size) throws IOException {
    String free = free(path);
    try {
      if (size > largestCopy) {
        copyInParts(path, free, size);
      } else {
        client.copyObject(
            copy ->
                copy.sourceBucket(location.bucket())
                    .sourceKey(location.key(path))
                    .destinationBucket(location.bucket())
                    .destinationKey(location.key(free)));
      }
    } catch (SdkException e) {
      throw S3Failure.of("set aside", location, location.key(path), e);
    }
    long arrived = listing.stat(free).map(Stored::size).orElse(-1L);
    if (arrived != size) {
      throw new IOException(
          "s3://%s/%s has %d bytes of %d; the original stays where it is"
              .formatted(location.bucket(), location.key(free), arrived, size));
    }
    return free;
  }

  private String free(String path) throws IOException {
    String free = Listing.ASIDE + path;
    for (int number = 2; listing.stat(free).isPresent(); number++) {
      free = Listing.ASIDE + path + "." + number;
    }
    return free;
  }

  private void copyInParts(String from, String to, long size) {
    String target = location.key(to);
    String id =
        client
            .createMultipartUpload(create -> create.bucket(location.bucket()).key(target))
            .uploadId();
    try {
      List<CompletedPart> parts = new ArrayList<>();
      for (long offset = 0; offset < size; offset += largestCopy) {
        int number = parts.size() + 1;
        String range = "bytes=" + offset + "-" + (Math.min(size, offset + largestCopy) - 1);
        String etag =
            client
                .uploadPartCopy(
                    part ->
                        part.sourceBucket(location.bucket())
                            .sourceKey(location.key(from))
                            .destinationBucket(location.bucket())
                            .destinationKey(target)
                            .uploadId(id)
                            .partNumber(number)
                            .copySourceRange(range))
                .copyPartResult()
                .eTag();
        parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
      }
      client.completeMultipartUpload(
          complete ->
              complete
                  .bucket(location.bucket())
                  .key(target)
                  .uploadId(id)
                  .multipartUpload(upload -> upload.parts(parts)));
    } catch (SdkException e) {
      abort(target, id).ifPresent(e::addSuppressed);
      throw e;
    }
  }

  private Optional<SdkException> abort(String target, String id) {
    try {
      client.abortMultipartUpload(
          abort -> abort.bucket(location.bucket()).key(target).uploadId(id));
      return Optional.empty();
    } catch (SdkException e) {
      return Optional.of(e);
    }
  }
}
