package dev.aftercall.media;

import java.time.Duration;

/** What a probe found. */
public sealed interface ProbeResult {
  /**
   * A media file that plays.
   *
   * @param mediaType {@code video/mp4}, {@code audio/mp4}, {@code video/webm} or {@code audio/webm}
   * @param duration of the longest track
   * @param startsFast whether a player can begin before it holds the whole file
   */
  record Media(
      String mediaType, Duration duration, boolean hasVideo, boolean hasAudio, boolean startsFast)
      implements ProbeResult {}

  /**
   * A file that does not play.
   *
   * @param reason one sentence for people: what is wrong, where, and what would mend it
   */
  record Unplayable(Reason code, String reason) implements ProbeResult {}

  /** Why a file does not play. */
  enum Reason {
    /** No bytes. */
    EMPTY,
    /** Neither MP4 nor WebM. */
    NOT_MEDIA,
    /** The file ends before its own structure does. */
    TRUNCATED,
    /** MP4 without a movie box: the recorder did not finish the file. */
    NO_MOOV,
    /** No audio and no video in it, or no time passes. */
    NO_TRACKS,
    /** The structure contradicts itself or exceeds our limits. */
    MALFORMED
  }
}
