package dev.aftercall.arrival;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.recording.Original;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a recorder says of one file, in words that are the same for all recorders. Adapters make it;
 * it is kept as JSON with these member names.
 *
 * @param sourceId what the recorder calls the file; the same again is the same file
 * @param asserted members of a hand-over that say whose it is; believed from a source that is
 *     trusted to say it
 * @param original what it is called where it is copied from; believed as asserted is
 */
public record Announcement(
    String sourceId,
    Kind kind,
    Occasion occasion,
    File file,
    @Nullable ObjectNode asserted,
    @Nullable Original original) {
  private static final int LONGEST = 255;

  /** What the bytes are. */
  public enum Kind {
    /** MP4 or WebM. */
    RECORDING,
    /** WebVTT or SubRip. */
    TRANSCRIPT;

    /** As a hand-over has it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What was recorded.
   *
   * @param meeting the recorder's id of the meeting; files with the same go into one meeting. Null
   *     where it has none: files of the same room shortly after each other do then
   * @param room its name, by which rules say whose it is; "" where there is none
   * @param start ticks; null for its duration before its end, or before it came
   * @param end ticks, as far as the recorder says it
   */
  public record Occasion(
      @Nullable String meeting, String room, @Nullable Long start, @Nullable Long end) {
    /** Cuts names that nobody can read anyhow. */
    public Occasion {
      meeting = meeting == null || meeting.isBlank() ? null : readable(meeting);
      room = readable(room);
    }
  }

  /**
   * The file.
   *
   * @param name what a download shall be called; never used as a path
   * @param mediaType what the recorder says it is
   * @param size in bytes
   * @param sha256 64 lower-case hexadecimal digits
   * @param location where it is to be fetched: a URL, {@code s3://bucket/key}, or a path below the
   *     source's folder. Null where the recorder sends the bytes itself
   * @param suspect whether the recorder itself doubts that it is whole, or there
   */
  public record File(
      String name,
      @Nullable String mediaType,
      @Nullable Long size,
      @Nullable String sha256,
      @Nullable String location,
      boolean suspect) {
    /** Cuts a name that nobody can read anyhow. */
    public File {
      name = readable(name);
    }
  }

  /** An id that is too long is no id. */
  @JsonCreator
  public Announcement {
    if (sourceId.isBlank() || sourceId.length() > LONGEST) {
      throw new IllegalArgumentException("The recorder's id of a file has 1 to 255 characters.");
    }
  }

  /** One that is no copy of what was elsewhere before. */
  public Announcement(
      String sourceId, Kind kind, Occasion occasion, File file, @Nullable ObjectNode asserted) {
    this(sourceId, kind, occasion, file, asserted, null);
  }

  private static String readable(String text) {
    String plain = text.replaceAll("\\p{Cntrl}", " ").strip();
    return plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
  }

  /** The same, in what is now known to be its meeting and time. */
  Announcement on(Occasion known) {
    return new Announcement(sourceId, kind, known, file, asserted, original);
  }
}
