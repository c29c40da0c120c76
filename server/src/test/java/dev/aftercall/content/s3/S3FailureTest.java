package dev.aftercall.content.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aftercall.content.ContentKey;
import dev.aftercall.testing.S3ProxyServer;
import dev.aftercall.time.Ids;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** What happens when the object store does not do what it should. */
final class S3FailureTest {
  private static final int TWO_PARTS = (5 << 20) + 1;

  private final Ids ids = Ids.repeatable(4);
  private final ContentKey key = new ContentKey(ids.guid(), ids.guid());
  private final FailingStore objects = new FailingStore();

  @TempDir Path spool;
  private Path file;
  private S3ProxyServer server;

  @BeforeEach
  void start() throws IOException {
    file = spool.resolve("recording.mp4");
    server = S3ProxyServer.start(objects);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void abortsAnUploadThatFailsHalfWay() throws IOException {
    Files.write(file, new byte[TWO_PARTS]);
    objects.failPart = 2;
    try (var store = new S3ContentStore(server.location())) {
      assertThatThrownBy(() -> store.keep(key, file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot keep s3://recordings/")
          .hasMessageContaining(key.path())
          .hasMessageContaining("403");

      assertThat(file).hasSize(TWO_PARTS);
      assertThat(store.open(key)).isEmpty();
      assertThat(objects.listMultipartUploads(server.bucket())).isEmpty();
    }
  }

  @Test
  void believesTheObjectWhenTheLastAnswerWasLost() throws IOException {
    Files.write(file, new byte[TWO_PARTS]);
    objects.loseCompletion = true;
    try (var store = new S3ContentStore(server.location())) {
      store.keep(key, file);

      assertThat(file).doesNotExist();
      assertThat(store.open(key))
          .hasValueSatisfying(c -> assertThat(c.size()).isEqualTo(TWO_PARTS));
    }
  }

  @Test
  void keepsTheFileWhenLessArrived() throws IOException {
    Files.write(file, new byte[TWO_PARTS]);
    objects.shorten = true;
    try (var store = new S3ContentStore(server.location())) {
      assertThatThrownBy(() -> store.keep(key, file))
          .hasMessageContaining("has %d bytes of %d".formatted(TWO_PARTS - 1, TWO_PARTS));

      assertThat(file).hasSize(TWO_PARTS);
      objects.shorten = false;
      assertThat(store.open(key)).isEmpty();
      store.keep(key, file);
      assertThat(file).doesNotExist();
    }
  }

  @Test
  void asksForASizeOnce() throws IOException {
    Files.write(file, new byte[10]);
    var location = server.location();
    try (var store = new S3ContentStore(location)) {
      store.keep(key, file);
    }
    try (var store = new S3ContentStore(location)) {
      int before = objects.heads.get();
      store.open(key);
      store.open(key);

      assertThat(objects.heads.get() - before).isEqualTo(1);
    }
  }

  @Test
  void namesBucketKeyAndStatusButNoSecret() throws IOException {
    Files.write(file, new byte[10]);
    var right = server.location();
    var wrong =
        new S3Location(
            right.endpoint(),
            right.region(),
            right.bucket(),
            "",
            right.accessKey(),
            "not-the-secret",
            true,
            true,
            false,
            S3Location.DEFAULT_PART_SIZE);
    try (var store = new S3ContentStore(wrong)) {
      assertThatThrownBy(() -> store.keep(key, file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("s3://recordings/" + key.path())
          .hasMessageContaining("403")
          .satisfies(e -> assertThat(trace(e)).doesNotContain("not-the-secret"));
      assertThatThrownBy(store::check)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot reach s3://recordings at " + right.endpoint() + ": 403")
          .hasMessageContaining("clock");
    }
    assertThat(file).exists();
  }

  @Test
  void saysThatTheBucketIsMissing() throws IOException {
    Files.write(file, new byte[10]);
    var right = server.location();
    var wrong =
        new S3Location(
            right.endpoint(),
            right.region(),
            "elsewhere",
            "",
            right.accessKey(),
            right.secretKey(),
            true,
            true,
            false,
            S3Location.DEFAULT_PART_SIZE);
    try (var store = new S3ContentStore(wrong)) {
      assertThatThrownBy(() -> store.keep(key, file)).hasMessageContaining("bucket exists");
      assertThatThrownBy(store::check).hasMessageContaining("s3://elsewhere");
    }
    assertThat(file).exists();
  }

  @Test
  void saysThatNobodyAnswers() throws IOException {
    int port;
    try (ServerSocket taken = new ServerSocket(0)) {
      port = taken.getLocalPort();
    }
    URI nobody = URI.create("http://127.0.0.1:" + port);
    var location =
        new S3Location(nobody, "us-east-1", "recordings", "", "a", "b", true, true, false, 5 << 20);
    try (var store = new S3ContentStore(location)) {
      assertThatThrownBy(store::check)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("at " + nobody + ": no answer: ");
    }
  }

  private static String trace(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  /** Objects in memory, with the faults a test asks for. */
  private static final class FailingStore extends ForwardingBlobStore {
    final AtomicInteger heads = new AtomicInteger();
    volatile int failPart;
    volatile boolean loseCompletion;
    volatile boolean shorten;

    FailingStore() {
      super(new TransientNio2BlobStore());
    }

    @Override
    public UploadPartResponse uploadMultipartPart(
        MultipartUpload upload, UploadPartRequest request, InputStream body) {
      if (request.partNumber() == failPart) {
        throw refusal();
      }
      return super.uploadMultipartPart(upload, request, body);
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
        MultipartUpload upload, CompleteMultipartUploadRequest request) {
      var done = super.completeMultipartUpload(upload, request);
      if (loseCompletion) {
        throw refusal();
      }
      return done;
    }

    @Override
    public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
      heads.incrementAndGet();
      var head = super.blobMetadata(request);
      return shorten ? head.toBuilder().contentLength(head.contentLength() - 1).build() : head;
    }

    private static S3Exception refusal() {
      var details = AwsErrorDetails.builder().errorCode("AccessDenied").errorMessage("No.").build();
      return (S3Exception)
          S3Exception.builder().statusCode(403).awsErrorDetails(details).message("No.").build();
    }
  }
}
