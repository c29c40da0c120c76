package dev.aftercall.gate;

/** Others changed the meeting time and again while this call tried to. */
public final class ChangedMeanwhile extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ChangedMeanwhile() {
    super("Changed by others meanwhile.", null, false, false);
  }
}
