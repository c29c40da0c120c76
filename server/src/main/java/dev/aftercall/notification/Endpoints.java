package dev.aftercall.notification;

import java.util.List;

/** Where notifications go: asked once whether it wants them. */
public interface Endpoints {
  /**
   * Asks each address to repeat a token.
   *
   * @throws NotAnEndpoint when one does not
   */
  void validate(List<String> urls) throws NotAnEndpoint;

  /** An address that gets no notifications. */
  final class NotAnEndpoint extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says why, in words for the client. */
    public NotAnEndpoint(String message) {
      super(message, null, false, false);
    }

    /** Why, never null. */
    public String text() {
      return String.valueOf(getMessage());
    }
  }
}
