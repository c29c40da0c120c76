package dev.aftercall.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the Range field of RFC 9110, 14. A field that is malformed, of another unit, or asks for
 * more than is reasonable is ignored, as the RFC has it; a server need not cut a file into crumbs.
 */
final class RangeField {
  private static final int MOST_RANGES = 32;

  private RangeField() {}

  /** What to do about the field. */
  sealed interface Wanted {}

  /** Send it whole. */
  record Whole() implements Wanted {}

  /** Send these parts, in the order asked for. */
  record Parts(List<ByteRange> ranges) implements Wanted {}

  /** None of them exists: 416. */
  record Unsatisfiable() implements Wanted {}

  static Wanted read(Optional<String> field, long size) {
    if (field.isEmpty()) {
      return new Whole();
    }
    String text = field.get().strip();
    if (!text.toLowerCase(Locale.ROOT).startsWith("bytes=")) {
      return new Whole();
    }
    String[] specs = text.substring("bytes=".length()).split(",", MOST_RANGES + 2);
    List<ByteRange> ranges = new ArrayList<>();
    int asked = 0;
    for (String spec : specs) {
      String trimmed = spec.strip();
      if (!trimmed.isEmpty()) {
        asked++;
        Optional<Spec> parsed = Spec.parse(trimmed);
        if (parsed.isEmpty()) {
          return new Whole();
        }
        parsed.get().within(size).ifPresent(ranges::add);
      }
    }
    if (asked == 0 || asked > MOST_RANGES) {
      return new Whole();
    }
    if (ranges.isEmpty()) {
      return new Unsatisfiable();
    }
    long sum = ranges.stream().mapToLong(ByteRange::length).sum();
    return ranges.size() > 1 && sum > size ? new Whole() : new Parts(ranges);
  }

  /** {@code first-last}, {@code first-} or {@code -suffix}; -1 stands for what is left out. */
  private record Spec(long first, long last) {
    private static final int MOST_DIGITS = 18;

    static Optional<Spec> parse(String text) {
      int dash = text.indexOf('-');
      if (dash < 0) {
        return Optional.empty();
      }
      Optional<Long> first = number(text.substring(0, dash));
      Optional<Long> last = number(text.substring(dash + 1));
      boolean absent = dash == 0 && dash == text.length() - 1;
      if (absent || first.isEmpty() || last.isEmpty()) {
        return Optional.empty();
      }
      boolean reversed = first.get() >= 0 && last.get() >= 0 && last.get() < first.get();
      return reversed ? Optional.empty() : Optional.of(new Spec(first.get(), last.get()));
    }

    private static Optional<Long> number(String digits) {
      if (digits.isEmpty()) {
        return Optional.of(-1L);
      }
      if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return Optional.empty();
      }
      // More digits than any file has bytes: as good as the largest number.
      String significant = digits.replaceFirst("^0+(?=.)", "");
      return Optional.of(
          significant.length() > MOST_DIGITS ? Long.MAX_VALUE : Long.parseLong(significant));
    }

    Optional<ByteRange> within(long size) {
      if (first < 0) {
        long length = Math.min(last, size);
        return length == 0 ? Optional.empty() : Optional.of(new ByteRange(size - length, length));
      }
      if (first >= size) {
        return Optional.empty();
      }
      long end = last < 0 ? size - 1 : Math.min(last, size - 1);
      return Optional.of(new ByteRange(first, end - first + 1));
    }
  }
}
