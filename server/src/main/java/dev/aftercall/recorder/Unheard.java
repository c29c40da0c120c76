package dev.aftercall.recorder;

/** A message that is not taken: who sent it cannot be told, or it cannot be read. */
public final class Unheard extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * A refusal.
   *
   * @param status 400, 401, 403, 404, 405 or 413
   * @param message what is wrong and what to do, without any secret
   */
  public Unheard(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  /** Whoever sent it is not who they say. */
  public static Unheard unproved(String message) {
    return new Unheard(401, message);
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** What is wrong, never null. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
