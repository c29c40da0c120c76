package dev.aftercall.transcript;

/** A file that is no transcript; the message says what is wrong and where. */
public final class TranscriptFault extends Exception {
  private static final long serialVersionUID = 1L;

  TranscriptFault(String message) {
    super(message, null, false, false);
  }

  static TranscriptFault at(int line, String message) {
    return new TranscriptFault("Line " + line + ": " + message);
  }

  /** The text for people, never null. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
