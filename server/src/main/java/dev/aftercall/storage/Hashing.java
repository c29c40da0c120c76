package dev.aftercall.storage;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much of what is there is read and hashed.
 *
 * @param percent 0 for nothing, 100 for everything
 */
public record Hashing(int percent) {
  /** Sizes alone. */
  public static final Hashing NONE = new Hashing(0);

  /** Every byte. */
  public static final Hashing FULL = new Hashing(100);

  private static final Pattern SAMPLE = Pattern.compile("sample=([1-9][0-9]?)%");

  /** Refuses what is no share. */
  public Hashing {
    if (percent < 0 || percent > 100) {
      throw new IllegalArgumentException(percent + " is not from 0 to 100");
    }
  }

  /** Reads {@code none}, {@code sample=5%} or {@code full}. */
  public static Optional<Hashing> parse(String text) {
    Matcher sample = SAMPLE.matcher(text);
    return switch (text) {
      case "none" -> Optional.of(NONE);
      case "full" -> Optional.of(FULL);
      default ->
          sample.matches()
              ? Optional.of(new Hashing(Integer.parseInt(sample.group(1))))
              : Optional.empty();
    };
  }

  /** As {@link #parse} reads it. */
  public String text() {
    return switch (percent) {
      case 0 -> "none";
      case 100 -> "full";
      default -> "sample=" + percent + "%";
    };
  }

  /** Whether a run takes that artifact: by chance from run to run, the same again when resumed. */
  boolean takes(UUID run, UUID artifact) {
    // Random GUIDs mix to something as random; the low bits of one alone hold its variant.
    long mixed =
        (run.getMostSignificantBits() ^ artifact.getMostSignificantBits()) * 0x9E3779B97F4A7C15L
            + artifact.getLeastSignificantBits();
    return Long.remainderUnsigned(mixed >>> 16, 100) < percent;
  }
}
