package dev.aftercall.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the bytes of recordings are kept. Implementations are safe for use by many threads; every
 * length and offset is in bytes.
 */
public interface ContentStore {
  /**
   * Takes a finished local file as the content of {@code key}. When this returns, the bytes are
   * durable (file and folder synced, or the multipart upload completed) and {@code file} is gone.
   * Atomic: before it returns {@link #open} shows nothing or everything. Repeating it for a key
   * that is kept already, with the file gone, changes nothing.
   *
   * @throws IOException when the bytes could not be made durable; {@code file} is still there
   */
  void keep(ContentKey key, Path file) throws IOException;

  /**
   * Finds the content of {@code key}.
   *
   * @return where the bytes lie, or empty when nothing is kept under the key
   */
  Optional<Content> open(ContentKey key) throws IOException;

  /**
   * Reads {@code length} bytes from {@code offset}. The caller closes the stream.
   *
   * @throws java.nio.file.NoSuchFileException when nothing is kept under the key
   */
  InputStream read(ContentKey key, long offset, long length) throws IOException;

  /**
   * Removes the content of {@code key}, durably.
   *
   * @return whether there was any
   */
  boolean delete(ContentKey key) throws IOException;

  /** Fails when the store cannot be written now; run by readiness checks. */
  void check() throws IOException;
}
