package dev.aftercall.fetch.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.aftercall.fetch.Access;
import dev.aftercall.fetch.FetchException;
import dev.aftercall.fetch.FetchException.Kind;
import dev.aftercall.fetch.FetchLimits;
import dev.aftercall.fetch.Fetched;
import dev.aftercall.fetch.Location;
import dev.aftercall.fetch.source.SourceFetcher;
import dev.aftercall.testing.S3ProxyServer;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Against an S3 server that verifies signatures, in memory. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class BucketFetcherTest {
  private static final byte[] FILE = new byte[300_000];

  static {
    new Random(3).nextBytes(FILE);
  }

  private final FailingStore objects = new FailingStore();
  private S3ProxyServer server;
  private SourceFetcher fetcher;

  @BeforeEach
  void start() {
    server = S3ProxyServer.start(objects);
    fetcher = fetcher(server.secretKey(), 1 << 20);
  }

  @AfterEach
  void stop() {
    fetcher.close();
    server.close();
  }

  private SourceFetcher fetcher(String secret, long maximum) {
    var access =
        new Access(
            Optional.empty(),
            Optional.of(
                new Access.Buckets(
                    Optional.of(server.endpoint()),
                    "us-east-1",
                    Set.of(server.bucket(), "missing"),
                    Optional.of(new Access.Keys(server.accessKey(), secret)),
                    true)),
            Optional.empty());
    assertThat(access.toString()).doesNotContain(secret);
    return SourceFetcher.of(access, FetchLimits.usual(maximum));
  }

  private Location put(String key, byte[] bytes) {
    objects.putBlob(
        PutObjectRequest.builder()
            .bucket(server.bucket())
            .key(key)
            .contentType("video/mp4")
            .contentLength((long) bytes.length)
            .build(),
        new ByteArrayInputStream(bytes));
    return new Location.Bucket(server.bucket(), key);
  }

  private static byte[] all(Fetched fetched) throws IOException {
    try (fetched) {
      return fetched.bytes().readAllBytes();
    }
  }

  private static FetchException failure(SourceFetcher fetcher, Location at) {
    var failure =
        catchThrowableOfType(
            FetchException.class, () -> all(fetcher.open(at, 0, Optional.empty())));
    assertThat(failure).isNotNull();
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain("X-Amz-Signature").doesNotContain("not-the-secret");
    return failure;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rec/weekly.mp4",
        "rec/weekly call + notes.mp4",
        "a%20b#c?d=e&f.mp4",
        "café/ü.mp4"
      })
  void fetchesAnObject(String key) throws IOException {
    var fetched = fetcher.open(put(key, FILE), 0, Optional.empty());
    assertThat(fetched.total()).hasValue(FILE.length);
    assertThat(fetched.validator()).isPresent();
    assertThat(fetched.mediaType()).hasValue("video/mp4");
    assertThat(all(fetched)).isEqualTo(FILE);
  }

  @Test
  void goesOnAfterHalfABody() throws IOException {
    Location at = put("a.mp4", FILE);
    objects.breakAfter = 100_000;
    Optional<String> validator;
    try (var fetched = fetcher.open(at, 0, Optional.empty())) {
      validator = fetched.validator();
      var broken = catchThrowableOfType(FetchException.class, () -> fetched.bytes().readAllBytes());
      assertThat(broken.kind()).isEqualTo(Kind.BROKEN);
    }
    objects.breakAfter = Long.MAX_VALUE;
    var further = fetcher.open(at, 50_000, validator);
    assertThat(further.from()).isEqualTo(50_000);
    assertThat(all(further)).isEqualTo(Arrays.copyOfRange(FILE, 50_000, FILE.length));
  }

  @Test
  void beginsAnewWhenTheObjectIsAnother() throws IOException {
    Location at = put("a.mp4", FILE);
    Optional<String> validator;
    try (var fetched = fetcher.open(at, 0, Optional.empty())) {
      validator = fetched.validator();
    }
    byte[] next = Arrays.copyOf(FILE, 200_000);
    next[0]++;
    put("a.mp4", next);
    var further = fetcher.open(at, 50_000, validator);
    assertThat(further.from()).isZero();
    assertThat(all(further)).isEqualTo(next);
  }

  @Test
  void asksForNoOtherBucket() {
    var failure = failure(fetcher, new Location.Bucket("payroll", "a.mp4"));
    assertThat(failure.kind()).isEqualTo(Kind.FORBIDDEN_ADDRESS);
    assertThat(failure.lasting()).isTrue();
    assertThat(failure(fetcher, new Location.File("/etc/passwd")).kind())
        .isEqualTo(Kind.FORBIDDEN_ADDRESS);
  }

  @Test
  void saysWhatTheStoreSays() {
    Location at = put("a.mp4", FILE);
    assertThat(failure(fetcher, new Location.Bucket(server.bucket(), "b.mp4")))
        .hasMessageContaining("s3://recordings/b.mp4 answered 404 NoSuchKey")
        .extracting(FetchException::kind)
        .isEqualTo(Kind.GONE);
    assertThat(failure(fetcher, new Location.Bucket("missing", "b.mp4")).kind())
        .isEqualTo(Kind.GONE);
    try (var wrong = fetcher("not-the-secret", 1 << 20);
        var small = fetcher(server.secretKey(), 1_000)) {
      assertThat(failure(wrong, at))
          .hasMessageContaining("403 SignatureDoesNotMatch")
          .extracting(FetchException::kind)
          .isEqualTo(Kind.REFUSED);
      assertThat(failure(small, at).kind()).isEqualTo(Kind.TOO_LARGE);
    }
    objects.status = 503;
    assertThat(failure(fetcher, at).kind()).isEqualTo(Kind.BUSY);
    objects.status = 500;
    assertThat(failure(fetcher, at).kind()).isEqualTo(Kind.BROKEN);
  }

  /** Objects in memory, with the faults a test asks for. */
  private static final class FailingStore extends ForwardingBlobStore {
    volatile long breakAfter = Long.MAX_VALUE;
    volatile int status;

    FailingStore() {
      super(new TransientNio2BlobStore());
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
      if (status != 0) {
        var details = AwsErrorDetails.builder().errorCode("SlowDown").errorMessage("No.").build();
        throw S3Exception.builder()
            .statusCode(status)
            .awsErrorDetails(details)
            .message("No.")
            .build();
      }
      var found = super.getBlob(request);
      return breakAfter == Long.MAX_VALUE
          ? found
          : new ResponseInputStream<>(found.response(), breaking(found, breakAfter));
    }

    private static InputStream breaking(InputStream in, long after) {
      return new FilterInputStream(in) {
        private long left = after;

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
          if (left == 0) {
            throw new IOException("the disk of the store broke");
          }
          int read = super.read(target, offset, (int) Math.min(length, left));
          left -= Math.max(read, 0);
          return read;
        }
      };
    }
  }
}
