package dev.aftercall.repair;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A job gave no file. The message says what happened, why, and what to do. */
public final class RepairException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** What stood in the way. */
  public enum Kind {
    /** Nothing in the file can be played without what is missing. */
    BEYOND_REPAIR,
    /** ffmpeg gave up, or what it made does not play. */
    FAILED,
    /** It was still running at the deadline, and was killed. */
    TIMED_OUT,
    /** It wrote more than it may. */
    TOO_LARGE,
    /** ffmpeg could not be run. */
    MISSING
  }

  RepairException(Kind kind, String message) {
    this(kind, message, null);
  }

  RepairException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
