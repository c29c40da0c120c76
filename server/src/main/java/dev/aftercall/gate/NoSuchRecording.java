package dev.aftercall.gate;

/** There is no such meeting or recording in the caller's tenant. */
public final class NoSuchRecording extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoSuchRecording() {
    super("No such recording.", null, false, false);
  }
}
