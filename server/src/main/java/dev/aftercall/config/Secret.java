package dev.aftercall.config;

/**
 * A value that no log and no message may show: whatever prints a record that holds one prints
 * {@link #MASK}.
 *
 * @param value the secret itself
 */
public record Secret(String value) {
  /** What is shown instead. */
  static final String MASK = "****";

  @Override
  public String toString() {
    return MASK;
  }
}
