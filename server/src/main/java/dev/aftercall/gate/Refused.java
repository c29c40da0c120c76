package dev.aftercall.gate;

import dev.aftercall.access.Denial;

/** The gate's no. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Denial denial;

  Refused(Denial denial) {
    super(denial.message(), null, false, false);
    this.denial = denial;
  }

  /** Which rule failed and what would satisfy it. */
  public Denial denial() {
    return denial;
  }
}
