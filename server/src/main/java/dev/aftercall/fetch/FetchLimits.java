package dev.aftercall.fetch;

import java.time.Duration;

/**
 * How long and how much one fetch may take.
 *
 * @param connect to reach the other side
 * @param firstByte from there until its answer begins
 * @param idle how long it may be waited for {@code leastBytes}
 * @param leastBytes that must come within {@code idle}: silence ends a fetch, and so does a byte
 *     now and then
 * @param redirects that are followed
 * @param maximum bytes of a file
 */
public record FetchLimits(
    Duration connect,
    Duration firstByte,
    Duration idle,
    long leastBytes,
    int redirects,
    long maximum) {
  /** What suits recorders on the internet: a link of 1 KiB/s is still taken for one that works. */
  public static FetchLimits usual(long maximum) {
    return new FetchLimits(
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
        64 << 10,
        5,
        maximum);
  }
}
