package dev.aftercall.change;

/** A change that was not made: why, and what to do. */
public final class ChangeRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final String remedy;

  /** Why. */
  public enum Reason {
    /** 400: what is wanted cannot be. */
    INVALID,
    /** 404: there is nothing of that name. */
    NOT_FOUND,
    /** 409: it contradicts something else that stands. */
    CONFLICT,
    /** 412: it stands otherwise than was believed. */
    STALE,
    /** 428: it must be said which state is to be changed. */
    PRECONDITION_REQUIRED
  }

  /**
   * A refusal.
   *
   * @param message what is wrong, as a sentence
   * @param remedy what to do, as a sentence
   */
  public ChangeRefused(Reason reason, String message, String remedy) {
    super(message, null, false, false);
    this.reason = reason;
    this.remedy = remedy;
  }

  /** Nothing is there under that name. */
  public static ChangeRefused notFound(String message, String remedy) {
    return new ChangeRefused(Reason.NOT_FOUND, message, remedy);
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** What is wrong, never null. */
  public String text() {
    return String.valueOf(getMessage());
  }

  /** What to do. */
  public String remedy() {
    return remedy;
  }
}
