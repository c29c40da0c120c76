package dev.aftercall.recorder;

import java.time.Duration;

/**
 * How files are taken out of a folder that is watched.
 *
 * @param settle how long size and time of a file must stay as they are before it is taken
 * @param afterwards what becomes of it once the archive has it
 */
public record Inbox(Duration settle, Afterwards afterwards) {
  /** As the settings have it by default. */
  public static final Inbox DEFAULT = new Inbox(Duration.ofSeconds(10), Afterwards.MOVE);

  /** What becomes of a file that is in the archive. */
  public enum Afterwards {
    /** It goes into the folder {@code done}. */
    MOVE,
    /** It is gone. */
    DELETE
  }
}
