package dev.aftercall.journal;

/** Nothing can be taken down now, and so nothing may be given out. */
public final class JournalUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says why. */
  public JournalUnavailable(String message) {
    super(message, null, false, false);
  }
}
