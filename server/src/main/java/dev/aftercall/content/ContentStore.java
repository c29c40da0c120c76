package dev.aftercall.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the bytes of recordings are kept. Implementations are safe for use by many threads, as long
 * as one key is kept by one caller at a time; every length and offset is in bytes.
 */
public interface ContentStore {
  /**
   * Takes a finished local file as the content of {@code key}. When this returns, the bytes are
   * durable (file and folder synced, or the multipart upload completed) and {@code file} is gone.
   * Atomic: before it returns {@link #open} shows nothing or everything.
   *
   * <p>It may be repeated after a crash at any instant: with the file gone and the key kept it
   * changes nothing; with both there it compares them, and equal bytes count as kept.
   *
   * @throws java.nio.file.NoSuchFileException when there is neither a file nor content of the key
   * @throws java.nio.file.FileAlreadyExistsException when other bytes are kept under the key; both
   *     stay as they are
   * @throws IOException when the bytes could not be made durable, or {@code file} is empty, a link
   *     or a folder; it is still there
   */
  void keep(ContentKey key, Path file) throws IOException;

  /**
   * Finds the content of {@code key}.
   *
   * @return where the bytes lie, or empty when nothing is kept under the key
   */
  Optional<Content> open(ContentKey key) throws IOException;

  /**
   * Reads {@code length} bytes from {@code offset}: exactly as many, never fewer. The caller closes
   * the stream, which may be done early at no cost.
   *
   * @throws java.nio.file.NoSuchFileException when nothing is kept under the key
   * @throws java.io.EOFException when the content ends before the range does, at once or, should it
   *     shrink meanwhile, from the stream
   */
  InputStream read(ContentKey key, long offset, long length) throws IOException;

  /**
   * Removes the content of {@code key}, durably.
   *
   * @return whether there was any
   */
  boolean delete(ContentKey key) throws IOException;

  /**
   * Puts a legal hold on the content of {@code key} in the store itself, so that nothing else that
   * reaches it, such as a lifecycle rule, can remove it; or lifts it.
   *
   * @return false, and nothing done, when this store has no such thing
   */
  default boolean hold(ContentKey key, boolean on) throws IOException {
    return false;
  }

  /**
   * Lists what lies in the store, in an order that stays: that of the keys' paths for content, and
   * with it everything else that lies there. Never what was set aside by {@link #quarantine}.
   *
   * @param after the path after which to go on, which need not be there any more; empty to begin
   * @param limit the most to give; fewer than that only at the end
   */
  List<Stored> list(String after, int limit) throws IOException;

  /** The content of {@code key} as the store has it this moment, remembering nothing. */
  Optional<Stored> stat(ContentKey key) throws IOException;

  /**
   * Sets the content of {@code key} aside, beneath {@code quarantine/}, where nothing but a person
   * finds it; what was set aside before stays.
   *
   * @return the path it has there, or empty when there was none
   */
  Optional<String> quarantine(ContentKey key) throws IOException;

  /**
   * Fails when the store cannot be written now; run by readiness checks.
   *
   * @throws IOException with a message for the operator: what happened, and what to do
   */
  void check() throws IOException;
}
