package dev.aftercall.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.aftercall.arrival.Announcement.Kind;
import dev.aftercall.arrival.Arrival;
import dev.aftercall.arrival.Arrival.State;
import dev.aftercall.arrival.Sources;
import dev.aftercall.fetch.Access;
import dev.aftercall.testing.Media;
import dev.aftercall.testing.S3ProxyServer;
import dev.aftercall.time.Ticks;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A bucket's notifications, and the bucket itself, which has bad days. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class S3NotificationsTest {
  private static final String ENDED = "2026-11-23T09:25:00.123Z";

  private final Objects objects = new Objects();
  private S3ProxyServer s3;
  private Stage stage;

  @BeforeEach
  void start() {
    s3 = S3ProxyServer.start(objects);
    stage =
        Stage.with(
            RecorderType.S3,
            Optional.empty(),
            host ->
                new Access(
                    Optional.empty(),
                    Optional.of(
                        new Access.Buckets(
                            Optional.of(s3.endpoint()),
                            "us-east-1",
                            Set.of(s3.bucket()),
                            Optional.of(new Access.Keys(s3.accessKey(), s3.secretKey())),
                            true)),
                    Optional.empty()));
  }

  @AfterEach
  void stop() {
    objects.gate.countDown();
    stage.close();
    s3.close();
  }

  private void put(String key, byte[] bytes) {
    objects.putBlob(
        PutObjectRequest.builder()
            .bucket(s3.bucket())
            .key(key)
            .contentType("video/mp4")
            .contentLength((long) bytes.length)
            .build(),
        new ByteArrayInputStream(bytes));
  }

  private HttpResponse<byte[]> tell(String body) {
    return stage.tell(body, "Authorization", "Bearer " + Sources.SECRET);
  }

  /** As MinIO sends it. */
  private static String minio(String name, String key, long size, String tag) {
    return """
    {"EventName":"s3:%s","Key":"recordings/%s","Records":[{"eventVersion":"2.0",
     "eventSource":"minio:s3","awsRegion":"","eventTime":"%s","eventName":"s3:%s",
     "userIdentity":{"principalId":"minio"},"s3":{"s3SchemaVersion":"1.0","configurationId":"Config",
     "bucket":{"name":"recordings","ownerIdentity":{"principalId":"minio"},"arn":"arn:aws:s3:::recordings"},
     "object":{"key":"%s","size":%d,"eTag":"%s","contentType":"video/mp4","versionId":"null",
      "sequencer":"17A3F5B2C8D9E1F0"}},"source":{"host":"10.0.0.5"}}]}
    """
        .formatted(name, key, ENDED, name, key, size, tag);
  }

  /** As AWS has it: no prefix before the event's name, no content type. */
  private static String aws(String key, long size, String tag) {
    return """
    {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"eu-west-1","eventTime":"%s",
     "eventName":"ObjectCreated:CompleteMultipartUpload","s3":{"s3SchemaVersion":"1.0",
     "bucket":{"name":"recordings","arn":"arn:aws:s3:::recordings"},"object":{"key":"%s","size":%d,
     "eTag":"%s","sequencer":"0A1B"}}}]}
    """
        .formatted(ENDED, key, size, tag);
  }

  @Test
  void whatIsPutIsThere() {
    byte[] bytes = Media.mp4();
    put("recordings/Weekly call/2026-11-23 + ü.mp4", bytes);
    String key = "recordings%2FWeekly+call%2F2026-11-23+%2B+%C3%BC.mp4";
    assertThat(tell(minio("ObjectCreated:Put", key, bytes.length, "aa")).statusCode())
        .isEqualTo(200);
    Arrival ready = stage.over();
    assertThat(ready.state()).as(ready.reason()).isEqualTo(State.READY);
    assertThat(ready.announcement().sourceId())
        .isEqualTo("recordings/recordings/Weekly call/2026-11-23 + ü.mp4/aa");
    assertThat(ready.announcement().occasion().room()).isEqualTo("Weekly call");
    assertThat(ready.announcement().file().name()).isEqualTo("2026-11-23 + ü.mp4");
    // The end is told; the start is its duration before.
    Long start = ready.announcement().occasion().start();
    assertThat(ready.announcement().occasion().end()).isEqualTo(Ticks.parse(ENDED));
    assertThat(Ticks.parse(ENDED) - java.util.Objects.requireNonNull(start))
        .isBetween(Ticks.of(Duration.ofSeconds(1)), Ticks.of(Duration.ofMinutes(1)));
  }

  @Test
  void theSameAgainIsTheSameAndAnotherContentIsAnother() {
    byte[] bytes = Media.mp4();
    put("Weekly/a.mp4", bytes);
    tell(minio("ObjectCreated:Put", "Weekly%2Fa.mp4", bytes.length, "aa"));
    stage.over();
    tell(aws("Weekly/a.mp4", bytes.length, "aa"));
    tell(minio("ObjectCreated:CompleteMultipartUpload", "Weekly%2Fa.mp4", bytes.length, "aa"));
    assertThat(stage.over().state()).isEqualTo(State.READY);
    byte[] next = Media.mp4(bytes.length + 99);
    put("Weekly/a.mp4", next);
    tell(minio("ObjectCreated:Put", "Weekly%2Fa.mp4", next.length, "bb"));
    assertThat(stage.over(2)).allMatch(it -> it.state() == State.READY);
    assertThat(stage.recordings()).isEqualTo(2);
    assertThat(stage.meetings()).isEqualTo(1);
  }

  @Test
  void aTranscriptOfTheSameNameBelongsToIt() {
    byte[] vtt =
        "WEBVTT\n\n00:00.000 --> 00:01.000\nGood morning.\n".getBytes(StandardCharsets.UTF_8);
    put("Weekly/a.mp4", Media.mp4());
    put("Weekly/a.vtt", vtt);
    put("Weekly/b.mp4", Media.mp4(Media.mp4().length + 77));
    tell(aws("Weekly/a.vtt", vtt.length, "vv"));
    tell(aws("Weekly/a.mp4", Media.mp4().length, "aa"));
    tell(aws("Weekly/b.mp4", Media.mp4().length + 77, "bb"));
    assertThat(stage.over(3))
        .allSatisfy(it -> assertThat(it.state()).as(it.reason()).isEqualTo(State.READY))
        .anyMatch(it -> it.announcement().kind() == Kind.TRANSCRIPT);
    assertThat(stage.meetings()).isEqualTo(2);
  }

  @Test
  void envelopesOfAwsAreOpened() {
    put("a.mp4", Media.mp4());
    put("b c%20.mp4", Media.mp4(Media.mp4().length + 50));
    String sns =
        JsonNodeFactory.instance
            .objectNode()
            .put("Type", "Notification")
            .put("MessageId", "1")
            .put("Message", aws("a.mp4", Media.mp4().length, "aa"))
            .put("Signature", "SEEKRIT")
            .toString();
    String basic =
        Base64.getEncoder()
            .encodeToString(("aftercall:" + Sources.SECRET).getBytes(StandardCharsets.UTF_8));
    assertThat(stage.tell(sns, "Authorization", "Basic " + basic).statusCode()).isEqualTo(200);
    tell(
        """
        {"version":"0","detail-type":"Object Created","source":"aws.s3","time":"2026-11-23T09:25:00Z",
         "detail":{"bucket":{"name":"recordings"},"object":{"key":"b c%%20.mp4","size":%d,"etag":"bb",
         "sequencer":"00617F08299329D189"},"reason":"PutObject"}}
        """
            .formatted(Media.mp4().length + 50));
    assertThat(stage.over(2))
        .allSatisfy(it -> assertThat(it.state()).as(it.reason()).isEqualTo(State.READY))
        .noneMatch(it -> it.envelope().contains("SEEKRIT"));
  }

  @Test
  void tellsWhatSnsAsks() {
    tell(
        "{\"Type\":\"SubscriptionConfirmation\",\"Token\":\"t\","
            + "\"SubscribeURL\":\"https://sns.eu-west-1.amazonaws.com/?Action=Confirm\"}");
    assertThat(stage.over().state()).isEqualTo(State.REJECTED);
    assertThat(stage.only().reason()).contains("https://sns.eu-west-1.amazonaws.com/");
  }

  @Test
  void answersWhatIsOfNoInterest() {
    for (String body :
        List.of(
            "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"recordings\"}",
            "{}",
            "{\"Records\":[]}",
            minio("ObjectRemoved:Delete", "Weekly%2Fa.mp4", 5, "aa"),
            minio("ObjectAccessed:Get", "Weekly%2Fa.mp4", 5, "aa"),
            aws("Weekly/a.json", 5, "aa"),
            aws("Weekly/mp4", 5, "aa"),
            aws("Weekly.mp4/thumbnail", 5, "aa"))) {
      assertThat(tell(body).statusCode()).as(body).isEqualTo(200);
    }
    assertThat(stage.all()).isEmpty();
  }

  @Test
  void keepsWhatItCannotRead() {
    assertThat(tell(aws("Weekly%2", 5, "aa").replace("Weekly%2", "Weekly%zz.mp4")).statusCode())
        .isEqualTo(200);
    assertThat(stage.over().state()).isEqualTo(State.REJECTED);
    assertThat(stage.only().reason()).contains("URL-encoded");
  }

  @Test
  void readsNoOtherBucket() {
    tell(aws("a.mp4", 5, "aa").replace("\"name\":\"recordings\"", "\"name\":\"payroll\""));
    assertThat(stage.over().state()).isEqualTo(State.QUARANTINED);
    assertThat(stage.only().reason()).contains("does not list this bucket");
  }

  @Test
  void waitsWhileTheStoreIsBusyAndGoesOnAfterHalfABody() {
    byte[] bytes = Media.mp4(600_000);
    put("Weekly/a.mp4", bytes);
    objects.status = 503;
    tell(aws("Weekly/a.mp4", bytes.length, "aa"));
    assertThat(stage.tried(1).reason()).contains("503");
    objects.status = 0;
    objects.breakAfter = 400_000;
    stage.server().clock().advance(Duration.ofHours(1));
    assertThat(stage.tried(2).state()).isEqualTo(State.FETCHING);
    objects.breakAfter = Long.MAX_VALUE;
    stage.server().clock().advance(Duration.ofHours(1));
    Arrival ready = stage.over();
    assertThat(ready.state()).as(ready.reason()).isEqualTo(State.READY);
    assertThat(ready.facts().orElseThrow().size()).isEqualTo(bytes.length);
    assertThat(objects.lastRange).isNotNull().startsWith("bytes=").doesNotStartWith("bytes=0");
  }

  @Test
  void waitsForASlowStore() throws Exception {
    byte[] bytes = Media.mp4(600_000);
    put("Weekly/a.mp4", bytes);
    objects.slowAfter = 300_000;
    tell(aws("Weekly/a.mp4", bytes.length, "aa"));
    assertThat(objects.slow.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(stage.only().state().over()).isFalse();
    objects.gate.countDown();
    assertThat(stage.over().state()).isEqualTo(State.READY);
  }

  @Test
  void believesNobodyWithoutTheToken() {
    String body = aws("a.mp4", 5, "aa");
    HttpResponse<byte[]> unproved = stage.tell(body);
    assertThat(unproved.statusCode()).isEqualTo(401);
    assertThat(unproved.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic ");
    assertThat(stage.tell(body, "Authorization", "Bearer no").statusCode()).isEqualTo(401);
    assertThat(stage.tell(body, "Authorization", Sources.SECRET).statusCode()).isEqualTo(401);
    assertThat(stage.all()).isEmpty();
    assertThat(tell("{").statusCode()).isEqualTo(400);
    assertThat(tell("x".repeat(1_100_000)).statusCode()).isEqualTo(413);
    assertThat(stage.server().get("/intake/v1/sources/stage", Sources.SECRET).statusCode())
        .isEqualTo(400);
  }

  /** Objects in memory, with the faults a test asks for. */
  private static final class Objects extends ForwardingBlobStore {
    final CountDownLatch slow = new CountDownLatch(1);
    final CountDownLatch gate = new CountDownLatch(1);
    volatile long breakAfter = Long.MAX_VALUE;
    volatile long slowAfter = Long.MAX_VALUE;
    volatile int status;
    volatile String lastRange = "";

    Objects() {
      super(new TransientNio2BlobStore());
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
      lastRange = String.valueOf(request.range());
      if (status != 0) {
        var details = AwsErrorDetails.builder().errorCode("SlowDown").errorMessage("No.").build();
        throw S3Exception.builder()
            .statusCode(status)
            .awsErrorDetails(details)
            .message("No.")
            .build();
      }
      var found = super.getBlob(request);
      return new ResponseInputStream<>(found.response(), faulty(found));
    }

    private InputStream faulty(InputStream in) {
      return new FilterInputStream(in) {
        private long at;

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
          if (at >= breakAfter) {
            throw new IOException("the disk of the store broke");
          }
          if (at >= slowAfter) {
            slow.countDown();
            try {
              gate.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          }
          long until = Math.min(breakAfter, at < slowAfter ? slowAfter : Long.MAX_VALUE);
          int read = super.read(target, offset, (int) Math.min(length, until - at));
          at += Math.max(read, 0);
          return read;
        }
      };
    }
  }
}
