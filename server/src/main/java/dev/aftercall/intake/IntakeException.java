package dev.aftercall.intake;

/** A hand-over that cannot go on. The message is for the recorder's operator. */
public final class IntakeException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** What went wrong. */
  public enum Kind {
    /** What was said about the recording is wrong. */
    INVALID,
    /** No such upload, or its secret does not fit. */
    UNKNOWN,
    /** The same key with other metadata, or two senders at once. */
    CONFLICT,
    /** A fragment that does not begin where the last one ended. */
    OUT_OF_TURN,
    /** Hash or size are not what was declared; the bytes are in quarantine. */
    MISMATCH,
    /** The bytes are no media that plays; they are in quarantine. */
    UNPLAYABLE,
    /** Larger than this server takes. */
    TOO_LARGE,
    /** No room to keep it. */
    STORAGE_FULL
  }

  IntakeException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** Also with what was behind it. */
  IntakeException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What went wrong. */
  public Kind kind() {
    return kind;
  }

  /** The text for people, never null. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
