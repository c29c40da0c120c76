package dev.aftercall.media;

import dev.aftercall.media.ProbeResult.Reason;
import dev.aftercall.media.ProbeResult.Unplayable;

/** Ends a probe early: the bytes say something that no playable file says. */
final class ContainerFault extends Exception {
  private static final long serialVersionUID = 1L;

  private static final String REMUX =
      "rewrite it with 'ffmpeg -i in -c copy out' and hand it over again";

  private final Reason code;

  private ContainerFault(Reason code, String message) {
    // A verdict on a file, not a defect of ours: nobody wants its stack.
    super(message, null, false, false);
    this.code = code;
  }

  Unplayable verdict() {
    return new Unplayable(code, String.valueOf(getMessage()));
  }

  static ContainerFault of(Reason code, String sentence) {
    return new ContainerFault(code, sentence);
  }

  /**
   * Something promises bytes that the file does not hold.
   *
   * @param promisedEnd where it should end, or -1 if it only goes on
   */
  static ContainerFault truncated(String what, long offset, long promisedEnd, long size) {
    String gap =
        promisedEnd < 0
            ? " goes on past the end of the file at " + size
            : " should end at " + promisedEnd + ", but the file ends at " + size;
    return new ContainerFault(
        Reason.TRUNCATED,
        "The file breaks off: "
            + what
            + " at offset "
            + offset
            + gap
            + "; send the whole file again, or save what is there with 'ffmpeg -i in -c copy out'.");
  }

  static ContainerFault malformed(String what, long offset) {
    return new ContainerFault(
        Reason.MALFORMED,
        "The structure is damaged: " + what + " at offset " + offset + "; " + REMUX + ".");
  }

  static ContainerFault tooMuch(String what, long offset) {
    return new ContainerFault(
        Reason.MALFORMED,
        "The file exceeds what we read of a container: "
            + what
            + ", reached at offset "
            + offset
            + "; "
            + REMUX
            + ".");
  }

  static ContainerFault noTime(String what) {
    return new ContainerFault(
        Reason.NO_TRACKS,
        "There is nothing to play: "
            + what
            + "; check that the recorder received sound or picture before it stopped.");
  }
}
