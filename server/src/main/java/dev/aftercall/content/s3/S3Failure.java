package dev.aftercall.content.s3;

import java.io.IOException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Turns the SDK's exceptions into ones that say which object, what happened and what to do. */
final class S3Failure {
  private S3Failure() {}

  /** Says {@code deed s3://bucket/key: status code (message). advice}; never names credentials. */
  static IOException of(String deed, S3Location location, String key, SdkException e) {
    String where = "s3://" + location.bucket() + (key.isEmpty() ? "" : "/" + key);
    String at = location.endpoint() == null ? "" : " at " + location.endpoint();
    if (!(e instanceof AwsServiceException answered)) {
      return new IOException(
          "cannot " + deed + " " + where + at + ": no answer: " + e.getMessage(), e);
    }
    var details = answered.awsErrorDetails();
    String code = details == null || details.errorCode() == null ? "" : " " + details.errorCode();
    return new IOException(
        "cannot "
            + deed
            + " "
            + where
            + at
            + ": "
            + answered.statusCode()
            + code
            + advice(answered.statusCode()),
        e);
  }

  private static String advice(int status) {
    return switch (status) {
      case 301, 307 -> ". The bucket lies in another region or behind another endpoint.";
      case 403 ->
          ". See that the access key and the secret belong together, that they may read, write and"
              + " delete in the bucket, and that this machine's clock is right.";
      case 404 -> ". See that the bucket exists.";
      case 501 -> ". If uploads fail so, switch chunked encoding off.";
      case 507 -> ". The server has no room left.";
      default -> "";
    };
  }
}
