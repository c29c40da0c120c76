package dev.aftercall.content;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** Where the bytes of one recording or transcript lie, as far as delivery has to know. */
public sealed interface Content {
  /** Length in bytes. */
  long size();

  /** A file on this machine, never written again: it can be handed to {@code sendfile}. */
  record OnDisk(Path file, long size) implements Content {}

  /**
   * An object that a presigned URL reads; {@code redirect} says whether clients may be sent to it.
   */
  record AtUrl(long size, boolean redirect, Presigner presigner) implements Content {}

  /** Bytes that are made out of others while they are read. */
  record Made(long size) implements Content {}

  /** Signs a URL by which anyone may read one object for a while. */
  @FunctionalInterface
  interface Presigner {
    /**
     * An absolute URL that answers GET, with Range, until {@code life} is over.
     *
     * @param mediaType the Content-Type the object store shall answer with
     * @param disposition the Content-Disposition it shall answer with
     * @throws java.io.UncheckedIOException when there are no credentials to sign with
     */
    URI get(Duration life, String mediaType, String disposition);
  }
}
