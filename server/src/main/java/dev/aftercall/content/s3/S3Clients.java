package dev.aftercall.content.s3;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The SDK's objects for one location, with every wait bounded. */
final class S3Clients {
  /** For requests without a body; somebody waits for them. */
  static final AwsRequestOverrideConfiguration SHORT =
      AwsRequestOverrideConfiguration.builder()
          .apiCallAttemptTimeout(Duration.ofSeconds(10))
          .apiCallTimeout(Duration.ofSeconds(30))
          .build();

  /** Only a server that stopped taking bytes needs so long for one part. */
  private static final Duration UPLOAD = Duration.ofMinutes(30);

  private static final int CONNECTIONS = 128;

  private S3Clients() {}

  static S3Client client(S3Location location, AwsCredentialsProvider credentials) {
    var builder =
        S3Client.builder()
            .region(Region.of(location.region()))
            .credentialsProvider(credentials)
            .serviceConfiguration(configuration(location))
            // Ceph 16 answers 400 to the checksum trailers the SDK sends by itself; keep() sends a
            // Content-MD5 instead, which every server understands.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(o -> o.retryStrategy(RetryMode.STANDARD).apiCallTimeout(UPLOAD))
            .httpClientBuilder(
                Apache5HttpClient.builder()
                    .connectionTimeout(Duration.ofSeconds(5))
                    .socketTimeout(Duration.ofSeconds(60))
                    .connectionAcquisitionTimeout(Duration.ofSeconds(10))
                    .maxConnections(CONNECTIONS));
    if (location.endpoint() != null) {
      builder.endpointOverride(location.endpoint());
    }
    return builder.build();
  }

  static S3Presigner presigner(S3Location location, AwsCredentialsProvider credentials) {
    var builder =
        S3Presigner.builder()
            .region(Region.of(location.region()))
            .credentialsProvider(credentials)
            .serviceConfiguration(configuration(location));
    if (location.endpoint() != null) {
      builder.endpointOverride(location.endpoint());
    }
    return builder.build();
  }

  static AwsCredentialsProvider credentials(S3Location location) {
    return location.accessKey() == null || location.secretKey() == null
        ? DefaultCredentialsProvider.builder().build()
        : StaticCredentialsProvider.create(
            AwsBasicCredentials.create(location.accessKey(), location.secretKey()));
  }

  private static S3Configuration configuration(S3Location location) {
    return S3Configuration.builder()
        .pathStyleAccessEnabled(location.pathStyle())
        .chunkedEncodingEnabled(location.chunkedEncoding())
        .build();
  }
}
