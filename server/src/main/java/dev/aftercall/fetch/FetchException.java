package dev.aftercall.fetch;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file could not be fetched. The message says what happened, why, and what to do; it holds
 * neither credentials nor a query.
 */
public final class FetchException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final boolean lasting;
  private final @Nullable Duration retryAfter;

  /** What stood in the way. */
  public enum Kind {
    /** Not there, or no longer. */
    GONE,
    /** The other side does not let us (401, 403). */
    REFUSED,
    /** Not in what the source may reach, or no public address. */
    FORBIDDEN_ADDRESS,
    /** Something else came than media: a page to log in, an error as JSON. */
    NOT_MEDIA,
    /** More than is taken. */
    TOO_LARGE,
    /** The other side asks for patience (429, 503). */
    BUSY,
    /** Broke off, took too long, or was answered by an error. */
    BROKEN
  }

  /** A failure that the same fetch need not meet again later. */
  public FetchException(Kind kind, String message) {
    this(kind, message, false, null, null);
  }

  /** The same with what caused it. */
  public FetchException(Kind kind, String message, @Nullable Throwable cause) {
    this(kind, message, false, null, cause);
  }

  private FetchException(
      Kind kind,
      String message,
      boolean lasting,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.lasting = lasting;
    this.retryAfter = retryAfter;
  }

  /** A failure that no waiting mends: somebody must change settings or the announcement. */
  public static FetchException lasting(Kind kind, String message) {
    return new FetchException(kind, message, true, null, null);
  }

  /** Too many requests for the other side. */
  public static FetchException busy(String message, Optional<Duration> retryAfter) {
    return new FetchException(Kind.BUSY, message, false, retryAfter.orElse(null), null);
  }

  public Kind kind() {
    return kind;
  }

  /**
   * Whether trying again is useless. What is missing may yet be uploaded, and what refuses may yet
   * be given the right credentials: neither lasts.
   */
  public boolean lasting() {
    return lasting;
  }

  /** How long the other side asked to be left alone; a day at most. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
