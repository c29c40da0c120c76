package dev.aftercall.gate;

/** There is no such meeting in the caller's tenant. */
public final class NoSuchMeeting extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoSuchMeeting() {
    super("No such meeting.", null, false, false);
  }
}
