package dev.aftercall.config;

import static dev.aftercall.config.Quantity.duration;
import static dev.aftercall.config.Quantity.size;

import dev.aftercall.config.Key.Default;
import dev.aftercall.config.Settings.Storage;
import dev.aftercall.storage.Hashing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How the server checks catalogue and content store against each other. */
final class StorageKeys {
  private static final String NEVER = "never";

  static final Key<Storage, Optional<Duration>> VERIFY_EVERY =
      key(
          "verify-every",
          orNever(duration("1h", "365d")),
          "7d",
          "How long after one check of catalogue and content store the next begins.",
          Storage::verifyEvery);

  static final Key<Storage, Hashing> VERIFY_HASH =
      key(
          "verify-hash",
          hashing(),
          "sample=1%",
          "How much of the content such a check reads and hashes.",
          Storage::hashing);

  static final Key<Storage, Long> VERIFY_RATE =
      key(
          "verify-rate",
          size("64KiB", "1TiB"),
          "32MiB",
          "Most bytes a second that a check in the server reads.",
          Storage::bytesPerSecond);

  static final Key<Storage, Duration> ORPHAN_GRACE =
      key(
          "orphan-grace",
          duration("1m", "365d"),
          "1d",
          "How old content that the catalogue does not know must be to count as an orphan.",
          Storage::grace);

  /** All of them. */
  static final List<Key<Storage, ?>> ALL =
      List.of(VERIFY_EVERY, VERIFY_HASH, VERIFY_RATE, ORPHAN_GRACE);

  private StorageKeys() {}

  private static ValueType<Optional<Duration>> orNever(ValueType<Duration> type) {
    return new ValueType<>(
        NEVER + ", or " + type.allowed(),
        text -> text.equals(NEVER) ? Optional.empty() : Optional.of(type.parse(text)),
        value -> value.map(type::format).orElse(NEVER));
  }

  private static ValueType<Hashing> hashing() {
    String allowed = "none, sample=N% with N from 1 to 99, or full";
    return new ValueType<>(
        allowed,
        text ->
            Hashing.parse(text)
                .orElseThrow(
                    () -> new IllegalArgumentException("'" + text + "' is not " + allowed)),
        Hashing::text);
  }

  private static <T> Key<Storage, T> key(
      String name,
      ValueType<T> type,
      String fallback,
      String description,
      Function<Storage, T> reader) {
    return new Key<>("storage." + name, type, new Default(fallback), false, description, reader);
  }
}
