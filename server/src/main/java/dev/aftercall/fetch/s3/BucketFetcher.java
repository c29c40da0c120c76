package dev.aftercall.fetch.s3;

import dev.aftercall.fetch.Access;
import dev.aftercall.fetch.FetchException;
import dev.aftercall.fetch.FetchException.Kind;
import dev.aftercall.fetch.FetchLimits;
import dev.aftercall.fetch.Fetched;
import dev.aftercall.fetch.Fetcher;
import dev.aftercall.fetch.Location;
import dev.aftercall.fetch.web.WebFetcher;
import dev.aftercall.outbound.AddressRules;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Fetches objects: signs an address and GETs it as any other, with the same bounds and the same way
 * to go on where it broke off. The SDK makes the signature and no connection.
 */
public final class BucketFetcher implements Fetcher {
  /** Only the beginning of a fetch must fall into it. */
  private static final Duration SIGNED_FOR = Duration.ofMinutes(15);

  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
  private static final int LONGEST_KEY = 1_024;

  /** A signature leads to one place, whatever address the operator's store has; from there none. */
  private static final Access.Web NOTHING_BESIDES =
      new Access.Web(
          List.of(),
          List.of(),
          new AddressRules(any -> true, true),
          false,
          Optional.empty(),
          Optional.empty());

  private final Access.Buckets access;
  private final S3Presigner signer;
  private final WebFetcher web;

  /** Makes no connection yet. */
  public BucketFetcher(Access.Buckets access, FetchLimits limits) {
    this.access = access;
    AwsCredentialsProvider credentials =
        access
            .keys()
            .<AwsCredentialsProvider>map(
                keys ->
                    StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(keys.access(), keys.secret())))
            .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    S3Presigner.Builder builder =
        S3Presigner.builder()
            .region(Region.of(access.region()))
            .credentialsProvider(credentials)
            .serviceConfiguration(
                S3Configuration.builder().pathStyleAccessEnabled(access.pathStyle()).build());
    access.endpoint().ifPresent(builder::endpointOverride);
    this.signer = builder.build();
    this.web = new WebFetcher(NOTHING_BESIDES, limits);
  }

  @Override
  public Fetched open(Location at, long from, Optional<String> validator) throws FetchException {
    if (!(at instanceof Location.Bucket(String bucket, String key))) {
      throw FetchException.lasting(Kind.FORBIDDEN_ADDRESS, at + " is no object in a bucket.");
    }
    if (!access.buckets().contains(bucket)) {
      throw FetchException.lasting(
          Kind.FORBIDDEN_ADDRESS,
          at
              + " is not fetched: the source does not list this bucket. If it is right, add it to the"
              + " source's buckets, then retry.");
    }
    if (key.isEmpty() || key.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
      throw FetchException.lasting(
          Kind.GONE, at + " is no object: a key has 1 to " + LONGEST_KEY + " bytes.");
    }
    return web.open(signed(at, bucket, key), at.toString(), from, validator);
  }

  private URI signed(Location at, String bucket, String key) throws FetchException {
    try {
      return URI.create(
          signer
              .presignGetObject(
                  request ->
                      request
                          .signatureDuration(SIGNED_FOR)
                          .getObjectRequest(get -> get.bucket(bucket).key(key)))
              .url()
              .toString());
    } catch (SdkException | IllegalArgumentException e) {
      throw new FetchException(
          Kind.REFUSED,
          at
              + " cannot be asked for: no signature could be made. See that the source has keys, or"
              + " that this machine has a role or a profile.",
          e);
    }
  }

  @Override
  public void close() {
    signer.close();
    web.close();
  }
}
