package dev.aftercall.gate;

/** The organizer has a meeting under that external id already. */
public final class ExternalIdTaken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ExternalIdTaken() {
    super("The external id is taken.", null, false, false);
  }
}
