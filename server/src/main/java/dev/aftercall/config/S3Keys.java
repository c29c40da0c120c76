package dev.aftercall.config;

import static dev.aftercall.config.Quantity.duration;
import static dev.aftercall.config.Quantity.size;
import static dev.aftercall.config.ValueTypes.bool;
import static dev.aftercall.config.ValueTypes.oneOf;
import static dev.aftercall.config.ValueTypes.optional;
import static dev.aftercall.config.ValueTypes.secret;
import static dev.aftercall.config.ValueTypes.text;
import static dev.aftercall.config.ValueTypes.url;

import dev.aftercall.config.Key.Default;
import dev.aftercall.config.Settings.Delivery;
import dev.aftercall.config.Settings.S3;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The keys of the object store; they may be set only where it is used. */
final class S3Keys {
  private static final List<Key<S3, ?>> DECLARED = new ArrayList<>();

  static final Key<S3, Optional<URI>> ENDPOINT =
      key(
          "content.s3.endpoint",
          optional(url()),
          "",
          "URL of the object store; when empty, AWS itself.",
          S3::endpoint);

  static final Key<S3, String> REGION =
      key(
          "content.s3.region",
          text(),
          "us-east-1",
          "Region that requests are signed for.",
          S3::region);

  static final Key<S3, Optional<String>> BUCKET =
      key(
          "content.s3.bucket",
          optional(text()),
          "",
          "Bucket that holds the recordings; it must exist.",
          S3::bucket);

  static final Key<S3, String> PREFIX =
      key(
          "content.s3.prefix",
          text(),
          "",
          "What the key of every object begins with, such as aftercall/.",
          S3::prefix);

  static final Key<S3, Optional<String>> ACCESS_KEY =
      key(
          "content.s3.access-key",
          optional(text()),
          "",
          "Access key; when both keys are empty, AWS's default chain is asked.",
          S3::accessKey);

  static final Key<S3, Optional<Secret>> SECRET_KEY =
      declare(
          new Key<>(
              "content.s3.secret-key",
              optional(secret()),
              new Default(""),
              true,
              "Secret key of content.s3.access-key.",
              S3::secretKey));

  static final Key<S3, Boolean> PATH_STYLE =
      key(
          "content.s3.path-style",
          bool(),
          "true",
          "Whether the bucket stands in the path; AWS wants false.",
          S3::pathStyle);

  static final Key<S3, Boolean> CHUNKED_ENCODING =
      key(
          "content.s3.chunked-encoding",
          bool(),
          "true",
          "Whether uploads are signed chunk by chunk; false for stores that cannot.",
          S3::chunkedEncoding);

  // S3 refuses smaller and larger parts, except a smaller last one.
  static final Key<S3, Long> PART_SIZE =
      key(
          "content.s3.part-size",
          size("5MiB", "5GiB"),
          "16MiB",
          "Bytes in one part of an upload; S3 takes 10000 parts of one recording.",
          S3::partSize);

  static final Key<S3, Delivery> DELIVERY =
      key(
          "content.s3.delivery",
          oneOf(Delivery.class),
          "proxy",
          "Whether bytes come through this server or by a link to the store that expires.",
          S3::delivery);

  // A signature of version 4 holds for seven days at most.
  static final Key<S3, Duration> REDIRECT_LIFETIME =
      key(
          "content.s3.redirect-lifetime",
          duration("1s", "7d"),
          "5m",
          "How long such a link works.",
          S3::redirectLifetime);

  /** All of them, as declared. */
  static final List<Key<S3, ?>> ALL = List.copyOf(DECLARED);

  private S3Keys() {}

  private static <T> Key<S3, T> key(
      String name, ValueType<T> type, String fallback, String description, Function<S3, T> reader) {
    return declare(new Key<>(name, type, new Default(fallback), false, description, reader));
  }

  private static <T> Key<S3, T> declare(Key<S3, T> key) {
    DECLARED.add(key);
    return key;
  }
}
