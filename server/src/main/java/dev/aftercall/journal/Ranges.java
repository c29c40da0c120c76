package dev.aftercall.journal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Parts of a content, merged: ascending, with gaps between.
 *
 * @param exact false when there were so many that the smallest gaps were given up
 */
public record Ranges(List<Part> parts, boolean exact) {
  /** No bytes. */
  public static final Ranges NONE = new Ranges(List.of(), true);

  /** So many are kept; a player that jumps about makes a few dozen. */
  static final int MOST = 100;

  /** From the first byte to the last, both included. */
  public record Part(long first, long last) {
    long length() {
      return last - first + 1;
    }

    @Override
    public String toString() {
      return first + "-" + last;
    }
  }

  /** Copies the parts. */
  public Ranges {
    parts = List.copyOf(parts);
  }

  /** One part; none where the length is 0. */
  public static Ranges of(long offset, long length) {
    return length == 0 ? NONE : new Ranges(List.of(new Part(offset, offset + length - 1)), true);
  }

  /**
   * What arrived when parts were sent one after the other and {@code sent} bytes of them in all.
   */
  public static Ranges sent(List<Part> promised, long sent) {
    Ranges all = NONE;
    long left = sent;
    for (Part part : promised) {
      long length = Math.min(left, part.length());
      all = all.with(of(part.first(), length));
      left -= length;
    }
    return all;
  }

  /** Reads what {@link #toString} writes. */
  public static Ranges parse(String text) {
    boolean exact = !text.startsWith("~");
    List<Part> parts = new ArrayList<>();
    for (String part : (exact ? text : text.substring(1)).split(",", -1)) {
      int dash = part.indexOf('-');
      if (dash > 0) {
        parts.add(
            new Part(
                Long.parseLong(part.substring(0, dash)), Long.parseLong(part.substring(dash + 1))));
      }
    }
    return new Ranges(parts, exact);
  }

  /** Both together. */
  public Ranges with(Ranges more) {
    if (more.parts.isEmpty() || parts.isEmpty()) {
      return parts.isEmpty() ? more : this;
    }
    List<Part> all = new ArrayList<>(parts);
    all.addAll(more.parts);
    all.sort(Comparator.comparingLong(Part::first));
    List<Part> merged = new ArrayList<>();
    for (Part part : all) {
      Part before = merged.isEmpty() ? null : merged.getLast();
      if (before != null && part.first() <= before.last() + 1) {
        merged.set(
            merged.size() - 1, new Part(before.first(), Math.max(before.last(), part.last())));
      } else {
        merged.add(part);
      }
    }
    return new Ranges(merged, exact && more.exact).bounded();
  }

  private Ranges bounded() {
    if (parts.size() <= MOST) {
      return this;
    }
    List<Part> fewer = new ArrayList<>(parts);
    while (fewer.size() > MOST) {
      int smallest = 1;
      for (int i = 2; i < fewer.size(); i++) {
        if (gap(fewer, i) < gap(fewer, smallest)) {
          smallest = i;
        }
      }
      Part right = fewer.remove(smallest);
      fewer.set(smallest - 1, new Part(fewer.get(smallest - 1).first(), right.last()));
    }
    return new Ranges(fewer, false);
  }

  private static long gap(List<Part> parts, int index) {
    return parts.get(index).first() - parts.get(index - 1).last();
  }

  /** {@code 0-99,200-299}; with {@code ~} before it when not exact. */
  @Override
  public String toString() {
    if (parts.isEmpty() && exact) {
      return ""; // As of every request that sends no content.
    }
    return (exact ? "" : "~") + parts.stream().map(Part::toString).collect(Collectors.joining(","));
  }
}
