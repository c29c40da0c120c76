package dev.aftercall.fetch;

import java.util.Optional;

/** Opens what was announced, where it may be reached. Safe for use by many threads. */
@FunctionalInterface
public interface Fetcher extends AutoCloseable {
  /**
   * Opens a file from its beginning, or further from where an earlier fetch broke off.
   *
   * @param from how many bytes the caller holds already; 0 for all
   * @param validator what {@link Fetched#validator} said of those bytes; without it, or when the
   *     file is no longer the same, the stream begins at 0 again
   * @return the stream, which begins at {@link Fetched#from}, 0 or what was asked for; the caller
   *     closes it
   * @throws FetchException for whatever goes wrong; reading the stream throws it too
   */
  Fetched open(Location at, long from, Optional<String> validator) throws FetchException;

  @Override
  default void close() {}
}
