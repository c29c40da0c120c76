package dev.aftercall.config;

import static dev.aftercall.config.Quantity.duration;
import static dev.aftercall.config.ValueTypes.bool;
import static dev.aftercall.config.ValueTypes.cidr;
import static dev.aftercall.config.ValueTypes.guid;
import static dev.aftercall.config.ValueTypes.hosts;
import static dev.aftercall.config.ValueTypes.listOf;
import static dev.aftercall.config.ValueTypes.oneOf;
import static dev.aftercall.config.ValueTypes.optional;
import static dev.aftercall.config.ValueTypes.origin;
import static dev.aftercall.config.ValueTypes.path;
import static dev.aftercall.config.ValueTypes.secret;
import static dev.aftercall.config.ValueTypes.text;
import static dev.aftercall.config.ValueTypes.url;
import static dev.aftercall.config.ValueTypes.zone;

import dev.aftercall.config.Key.Default;
import dev.aftercall.config.Key.Fallback;
import dev.aftercall.config.Key.Required;
import dev.aftercall.fetch.HostPattern;
import dev.aftercall.recorder.Inbox;
import dev.aftercall.recorder.RecorderType;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** The keys that every recorder has under its own name. */
final class SourceKeys {
  private static final List<Key<IntakeSource, ?>> DECLARED = new ArrayList<>();

  static final Key<IntakeSource, RecorderType> TYPE =
      key(
          "type",
          oneOf(RecorderType.class),
          new Required(),
          "What kind of recorder it is.",
          IntakeSource::type);

  static final Key<IntakeSource, UUID> TENANT =
      key(
          "tenant",
          guid(),
          new Required(),
          "The tenant whose archive it fills.",
          IntakeSource::tenant);

  static final Key<IntakeSource, Optional<String>> KEY =
      key(
          "key",
          optional(text()),
          new Default(""),
          "The public half of its credentials, such as LiveKit's API key.",
          IntakeSource::key);

  static final Key<IntakeSource, Optional<Secret>> SECRET =
      hidden(
          "secret",
          optional(secret()),
          "By which its messages are proved: signing secret, API secret, or bearer token.",
          IntakeSource::secret);

  static final Key<IntakeSource, Boolean> ASSERTS =
      key(
          "asserts-organizer",
          bool(),
          new Default("false"),
          "Whether it is believed when it says whose a recording is; else rules alone say it.",
          IntakeSource::asserts);

  static final Key<IntakeSource, Duration> DELAY =
      key(
          "delay",
          duration("0s", "1d"),
          new Default("0s"),
          "How long after its announcement a file is fetched.",
          IntakeSource::delay);

  static final Key<IntakeSource, Duration> GAP =
      key(
          "meeting-gap",
          duration("0s", "1d"),
          new Default("15m"),
          "Where the recorder has no ids of meetings: files of one room that follow each other"
              + " within it belong to one meeting. 0s: each to its own.",
          IntakeSource::gap);

  static final Key<IntakeSource, ZoneId> ZONE =
      key(
          "zone",
          zone(),
          new Default("UTC"),
          "Time zone of times that come without one, such as in Jibri's file names.",
          IntakeSource::zone);

  static final Key<IntakeSource, Optional<URI>> URL =
      key(
          "url",
          optional(url()),
          new Default(""),
          "Where the recorder's own API is, for those whose files come from there; its host and port"
              + " need not be listed in hosts.",
          IntakeSource::url);

  static final Key<IntakeSource, List<HostPattern>> HOSTS =
      key(
          "hosts",
          listOf(hosts()),
          new Default(""),
          "Hosts that files may be fetched from: names, or *.example.org. They get the credentials.",
          source -> source.reach().hosts());

  static final Key<IntakeSource, List<HostPattern>> REDIRECT_HOSTS =
      key(
          "redirect-hosts",
          listOf(hosts()),
          new Default(""),
          "Hosts to which those may send on besides; they get no credentials.",
          source -> source.reach().redirectHosts());

  static final Key<IntakeSource, List<CidrRange>> NETWORKS =
      key(
          "networks",
          listOf(cidr()),
          new Default(""),
          "Addresses that may be called although they are not public.",
          source -> source.reach().networks());

  static final Key<IntakeSource, Boolean> PLAIN_HTTP =
      key(
          "plain-http",
          bool(),
          new Default("false"),
          "Whether files may be fetched without TLS.",
          source -> source.reach().plainHttp());

  static final Key<IntakeSource, Optional<Secret>> QUERY =
      hidden(
          "query",
          optional(secret()),
          "Appended to each address that is fetched, such as Azure's shared access signature.",
          source -> source.reach().query());

  static final Key<IntakeSource, Optional<URI>> S3_ENDPOINT =
      key(
          "s3.endpoint",
          optional(origin()),
          new Default(""),
          "The object store it uploads to; empty for AWS. Google: https://storage.googleapis.com.",
          source -> source.store().endpoint());

  static final Key<IntakeSource, String> S3_REGION =
      key(
          "s3.region",
          text(),
          new Default("us-east-1"),
          "Its region.",
          source -> source.store().region());

  static final Key<IntakeSource, List<String>> S3_BUCKETS =
      key(
          "s3.buckets",
          listOf(text()),
          new Default(""),
          "Buckets that may be read.",
          source -> source.store().buckets());

  static final Key<IntakeSource, Optional<String>> S3_ACCESS_KEY =
      key(
          "s3.access-key",
          optional(text()),
          new Default(""),
          "Access key; empty to ask the machine, as AWS's tools do.",
          source -> source.store().accessKey());

  static final Key<IntakeSource, Optional<Secret>> S3_SECRET_KEY =
      hidden(
          "s3.secret-key",
          optional(secret()),
          "Its secret half.",
          source -> source.store().secretKey());

  static final Key<IntakeSource, Boolean> S3_PATH_STYLE =
      key(
          "s3.path-style",
          bool(),
          new Default("false"),
          "Whether buckets stand in the path; most stores that are not AWS want it.",
          source -> source.store().pathStyle());

  static final Key<IntakeSource, List<String>> S3_SNS_TOPICS =
      key(
          "s3.sns-topics",
          listOf(topic()),
          new Default(""),
          "Topics of Amazon SNS that its notifications come through: they are proved by Amazon's"
              + " signature, in place of the secret.",
          source -> source.store().topics());

  static final Key<IntakeSource, Optional<Path>> FOLDER =
      key(
          "folder",
          optional(path()),
          new Default(""),
          "Folder that it shares with this server, absolute.",
          source -> source.folder().path());

  static final Key<IntakeSource, Optional<String>> FOLDER_SEEN_AS =
      key(
          "folder-seen-as",
          optional(text()),
          new Default(""),
          "The same folder as the recorder sees it, where it is mounted elsewhere there.",
          source -> source.folder().seenAs());

  static final Key<IntakeSource, Duration> FOLDER_SETTLE =
      key(
          "folder-settle",
          duration("0s", "1d"),
          new Default("10s"),
          "Where the folder is watched: how long size and time of a file must stay as they are"
              + " before it is taken. 0s where files are renamed into the folder when complete.",
          source -> source.folder().inbox().settle());

  static final Key<IntakeSource, Inbox.Afterwards> FOLDER_AFTERWARDS =
      key(
          "folder-afterwards",
          oneOf(Inbox.Afterwards.class),
          new Default("move"),
          "Where the folder is watched: whether a file that is in the archive is moved to done, or"
              + " deleted.",
          source -> source.folder().inbox().afterwards());

  static final Key<IntakeSource, Boolean> FOLLOW_DELETIONS =
      key(
          "follow-deletions",
          bool(),
          new Default("false"),
          "Whether what the recorder deletes or unpublishes goes to the trash here (bigbluebutton,"
              + " by bbb-webhooks).",
          IntakeSource::followsDeletions);

  /** All of them, as declared; those of one kind of source behind those of all. */
  static final List<Key<IntakeSource, ?>> ALL =
      Stream.concat(DECLARED.stream(), GraphKeys.ALL.stream()).toList();

  private SourceKeys() {}

  private static ValueType<String> topic() {
    String allowed = "an ARN such as arn:aws:sns:eu-central-1:123456789012:recordings";
    return new ValueType<>(
        allowed,
        text -> {
          if (!text.matches("arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_.-]{1,256}")) {
            throw new IllegalArgumentException("'" + text + "' is not " + allowed);
          }
          return text;
        },
        text -> text);
  }

  private static <T> Key<IntakeSource, T> key(
      String name,
      ValueType<T> type,
      Fallback fallback,
      String description,
      Function<IntakeSource, T> reader) {
    return declare(name, type, fallback, false, description, reader);
  }

  private static <T> Key<IntakeSource, Optional<T>> hidden(
      String name,
      ValueType<Optional<T>> type,
      String description,
      Function<IntakeSource, Optional<T>> reader) {
    return declare(name, type, new Default(""), true, description, reader);
  }

  private static <T> Key<IntakeSource, T> declare(
      String name,
      ValueType<T> type,
      Fallback fallback,
      boolean hidden,
      String description,
      Function<IntakeSource, T> reader) {
    Key<IntakeSource, T> key =
        new Key<>(Family.INTAKE_SOURCE.template(name), type, fallback, hidden, description, reader);
    DECLARED.add(key);
    return key;
  }
}
