package dev.aftercall.fetch;

import dev.aftercall.fetch.FetchException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file that is being fetched.
 *
 * @param bytes from {@code from} to the end; reading throws {@link FetchException}, also when the
 *     end comes early; for one thread
 * @param from where the stream begins in the file
 * @param total bytes of the whole file, if the other side says so
 * @param validator names this version of the file; without one a broken fetch begins anew
 * @param mediaType as the other side says, without parameters
 */
public record Fetched(
    InputStream bytes,
    long from,
    OptionalLong total,
    Optional<String> validator,
    Optional<String> mediaType)
    implements AutoCloseable {

  /**
   * Holds the file to the size that was announced: at once if the other side tells it, else at the
   * end of the stream.
   *
   * @throws FetchException for another size; this is closed then
   */
  public Fetched expecting(long size) throws FetchException {
    if (total.isEmpty()) {
      return new Fetched(new ExpectedSize(bytes, from, size), from, total, validator, mediaType);
    }
    if (total.getAsLong() == size) {
      return this;
    }
    FetchException other = otherSize(size, total.getAsLong());
    try {
      close();
    } catch (IOException e) {
      other.addSuppressed(e);
    }
    throw other;
  }

  static FetchException otherSize(long announced, long found) {
    return new FetchException(
        Kind.BROKEN,
        "The recorder announced "
            + announced
            + " bytes and the file has "
            + found
            + ": it is still being written, or another was put in its place. It is tried again;"
            + " look at the file if that stays so.");
  }

  /** Drops the connection; nothing more is read. */
  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
