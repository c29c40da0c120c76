package dev.aftercall.media;

import java.time.Duration;

/**
 * How much work one file may cause.
 *
 * <p>22 hours in fragments of one second need about 80,000 headers, hence the quarter million reads
 * of one page; a file of 2 GB in such fragments needs a tenth of that.
 *
 * @param pageBytes what one read fetches
 * @param bytes all that is read of a file
 * @param elements boxes or EBML elements visited
 * @param walkedBlocks blocks of a WebM file followed one by one before its tail is looked at
 * @param tailBytes how far from the end the last cluster of a WebM file is searched
 */
record Limits(int pageBytes, long bytes, int elements, int walkedBlocks, int tailBytes) {
  static final Limits USUAL = new Limits(1024, 256L << 20, 2_000_000, 20_000, 16 << 20);

  /** Longer than any meeting; a file that claims more is lying, and dates would overflow on it. */
  static final Duration LONGEST = Duration.ofDays(366);
}
