package dev.aftercall.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.arrival.Announcement;
import dev.aftercall.arrival.Announcement.Kind;
import dev.aftercall.arrival.Message;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Notifications of a bucket that something was put into it: of AWS S3, MinIO, Ceph and others that
 * send {@code Records}; through SNS, and as EventBridge has them. What a recorder is behind them
 * does not matter; La Suite Meet hears of its own recordings so.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">
 *     Amazon S3, Event message structure</a>
 */
final class S3Notifications implements Recorder {
  private static final Set<String> MEDIA =
      Set.of("mp4", "m4v", "m4a", "mov", "webm", "mkv", "ogg", "ogv");
  private static final Set<String> TRANSCRIPTS = Set.of("vtt", "srt");

  private final String secret;
  private final SnsSignature sns;

  S3Notifications(Connection connection) {
    this(connection, SnsCertificates.ofAmazon());
  }

  /** The same with other certificates of SNS. */
  S3Notifications(Connection connection, SnsCertificates certificates) {
    this.secret = connection.secret().orElseThrow();
    this.sns = new SnsSignature(connection.topics(), certificates);
  }

  /** Something that was put into a bucket. */
  private record Put(
      String bucket, String key, String version, @Nullable Long size, @Nullable Long at) {
    /** What stands behind the last dot of the name; "" where there is none. */
    String ending() {
      String name = Members.fileName(key);
      int dot = name.lastIndexOf('.');
      return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Heard hear(Letter letter) throws Unheard {
    JsonNode json;
    if (sns.wanted() && letter.field("x-amz-sns-topic-arn").isPresent()) {
      json = Proof.json(letter); // what is signed has to be read first
      sns.prove(json, letter.at());
    } else {
      // SNS sends no bearer, but the user and password of its endpoint's address.
      Proof.authorization(letter, "", secret);
      json = Proof.json(letter);
    }
    boolean something =
        json.path("Records").isArray()
            || json.has("Type")
            || Members.text(json, "detail-type").equals("Object Created");
    // s3:TestEvent is sent when notifications are switched on, and has none of these.
    return something
        ? Heard.of(new Message(Envelope.withoutCredentials(json), Optional.empty()))
        : Heard.nothing();
  }

  @Override
  public List<Announcement> read(String envelope) {
    JsonNode json = Envelope.read(envelope);
    return switch (Members.text(json, "Type")) {
      case "Notification" -> announcements(Envelope.read(Members.text(json, "Message")));
      case "SubscriptionConfirmation" ->
          throw new IllegalArgumentException(
              "Amazon SNS asks whether its messages are wanted here. If they are, open this address"
                  + " once, or confirm it in AWS's console: "
                  + Members.text(json, "SubscribeURL"));
      default -> announcements(json);
    };
  }

  private static List<Announcement> announcements(JsonNode json) {
    List<Put> puts = new ArrayList<>();
    for (JsonNode record : json.path("Records")) {
      if (Members.text(record, "eventName").matches("(s3:)?ObjectCreated:.*")) {
        puts.add(put(record));
      }
    }
    if (Members.text(json, "detail-type").equals("Object Created")) {
      JsonNode object = json.path("detail").path("object");
      // Unlike in Records, its key is not encoded.
      puts.add(
          new Put(
              Members.text(json.path("detail").path("bucket"), "name"),
              object.path("key").asText(),
              Members.text(object, "version-id", "etag"),
              Members.whole(object, "size"),
              Members.time(json, "time")));
    }
    return puts.stream()
        .filter(put -> MEDIA.contains(put.ending()) || TRANSCRIPTS.contains(put.ending()))
        .map(S3Notifications::announcement)
        .toList();
  }

  private static Put put(JsonNode record) {
    JsonNode s3 = record.path("s3");
    JsonNode object = s3.path("object");
    String encoded = object.path("key").asText();
    try {
      return new Put(
          Members.text(s3.path("bucket"), "name"),
          URLDecoder.decode(encoded, StandardCharsets.UTF_8),
          version(object),
          Members.whole(object, "size"),
          Members.time(record, "eventTime"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the key '" + encoded + "' is not URL-encoded", e);
    }
  }

  /** What tells one content of a key from another; {@code null} is what a version is without. */
  private static String version(JsonNode object) {
    String version = Members.text(object, "versionId");
    return version.isEmpty() || version.equals("null")
        ? Members.text(object, "eTag", "sequencer").replace("\"", "")
        : version;
  }

  private static Announcement announcement(Put put) {
    if (put.bucket().isEmpty()) {
      throw new IllegalArgumentException("the name of the bucket is missing");
    }
    String withoutEnding = put.key().substring(0, put.key().lastIndexOf('.'));
    return new Announcement(
        Members.id(put.bucket(), put.key(), put.version()),
        TRANSCRIPTS.contains(put.ending()) ? Kind.TRANSCRIPT : Kind.RECORDING,
        new Announcement.Occasion(
            Members.id(put.bucket(), withoutEnding), room(withoutEnding), null, put.at()),
        new Announcement.File(
            Members.fileName(put.key()),
            null,
            put.size(),
            null,
            "s3://" + put.bucket() + "/" + put.key(),
            false),
        null);
  }

  /** The folder that the object lies in, or, where it lies in none, its name without the ending. */
  private static String room(String key) {
    int slash = key.lastIndexOf('/');
    return slash < 0 ? key : Members.fileName(key.substring(0, slash));
  }
}
