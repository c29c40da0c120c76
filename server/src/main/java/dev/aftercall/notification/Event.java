package dev.aftercall.notification;

/** What is told. */
public enum Event {
  /** An artifact came. */
  CREATED("created"),
  /** The subscription, or the token behind it, ends soon, or nothing more is told under it. */
  REAUTHORIZATION_REQUIRED("reauthorizationRequired"),
  /** An operator ended the subscription. */
  SUBSCRIPTION_REMOVED("subscriptionRemoved"),
  /** What nobody took for hours was given up. */
  MISSED("missed");

  private final String word;

  Event(String word) {
    this.word = word;
  }

  /** As Graph and the schema spell it. */
  public String word() {
    return word;
  }

  /** The event of that word. */
  public static Event of(String word) {
    for (Event event : values()) {
      if (event.word.equals(word)) {
        return event;
      }
    }
    throw new IllegalArgumentException("Unknown event: " + word);
  }
}
