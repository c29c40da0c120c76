package dev.aftercall.content.s3;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where the bucket is and how its server likes to be spoken to.
 *
 * @param endpoint the server, or null for AWS itself in {@code region}
 * @param region any name where the server knows no regions, such as {@code us-east-1}
 * @param prefix begins every key; empty, or a path without {@code /} at its ends
 * @param accessKey null together with {@code secretKey}: the SDK finds credentials (environment,
 *     profile, instance role)
 * @param pathStyle the bucket in the path instead of the host name; most servers other than AWS
 *     want it
 * @param chunkedEncoding signs uploads chunk by chunk; off for servers that answer 501 to it
 *     (Swift) or store the framing
 * @param redirect lets delivery send clients to presigned URLs of {@code endpoint}
 * @param partSize bytes; larger files are uploaded in parts of at least this size
 */
public record S3Location(
    @Nullable URI endpoint,
    String region,
    String bucket,
    String prefix,
    @Nullable String accessKey,
    @Nullable String secretKey,
    boolean pathStyle,
    boolean chunkedEncoding,
    boolean redirect,
    long partSize) {

  /** 16 MiB: 160 GB in 10,000 parts, and little to send again when one fails. */
  public static final long DEFAULT_PART_SIZE = 16L << 20;

  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
  static final long SMALLEST_PART = 5L << 20;
  static final long LARGEST_PART = 5L << 30;
  static final long MOST_PARTS = 10_000;

  /** Refuses what cannot work. */
  public S3Location {
    if (region.isBlank() || bucket.isBlank()) {
      throw new IllegalArgumentException("S3 needs a region and a bucket");
    }
    if (prefix.startsWith("/") || prefix.endsWith("/")) {
      throw new IllegalArgumentException("S3 prefix must not begin or end with '/': " + prefix);
    }
    if ((accessKey == null) != (secretKey == null)) {
      throw new IllegalArgumentException("S3 needs both an access key and a secret key, or none");
    }
    if (partSize < SMALLEST_PART || partSize > LARGEST_PART) {
      throw new IllegalArgumentException(
          "S3 part size must lie between 5 MiB and 5 GiB: " + partSize);
    }
  }

  /** The key of an object in the bucket. */
  String key(String path) {
    return prefix.isEmpty() ? path : prefix + "/" + path;
  }

  /** Bytes per part of a file: grows where the configured size would need too many parts. */
  long partSizeFor(long fileSize) {
    return Math.max(partSize, Math.ceilDiv(fileSize, MOST_PARTS));
  }

  @Override
  public String toString() {
    return "S3Location[endpoint="
        + (endpoint == null ? "AWS" : endpoint)
        + ", region="
        + region
        + ", bucket="
        + bucket
        + ", prefix="
        + prefix
        + ", accessKey="
        + accessKey
        + ", secretKey="
        + (secretKey == null ? null : "***")
        + ", pathStyle="
        + pathStyle
        + ", chunkedEncoding="
        + chunkedEncoding
        + ", redirect="
        + redirect
        + ", partSize="
        + partSize
        + "]";
  }
}
