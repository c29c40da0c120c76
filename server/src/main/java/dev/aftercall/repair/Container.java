package dev.aftercall.repair;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A kind of file by ffmpeg's names. Both are always given: ffmpeg, left to guess, would take a
 * playlist for what it is and read the files that it names.
 */
enum Container {
  MP4("mov", "mp4"),
  WEBM("matroska", "webm"),
  MATROSKA("matroska", "matroska");

  private static final int HEAD = 64;

  private final String reads;
  private final String writes;

  Container(String reads, String writes) {
    this.reads = reads;
    this.writes = writes;
  }

  /** By its first bytes. The document type of EBML stands at its head (RFC 9559, 8). */
  static Container of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      String head = new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
      if (!head.startsWith("\u001aE\u00df\u00a3")) {
        return MP4;
      }
      return head.contains("webm") ? WEBM : MATROSKA;
    }
  }

  String reads() {
    return reads;
  }

  String writes() {
    return writes;
  }

  /** What makes a player able to begin at once. */
  List<String> toStartFast() {
    return this == MP4 ? List.of("-movflags", "+faststart") : List.of();
  }

  /** Encoders for when nothing can be copied: quick ones, for a meeting is long. */
  List<String> encoders() {
    return this == MP4
        ? List.of(
            "-c:v",
            "libx264",
            "-preset",
            "veryfast",
            "-crf",
            "23",
            "-pix_fmt",
            "yuv420p",
            "-c:a",
            "aac",
            "-threads",
            "2")
        : List.of(
            "-c:v",
            "libvpx",
            "-deadline",
            "realtime",
            "-cpu-used",
            "8",
            "-b:v",
            "1500k",
            "-c:a",
            "libopus",
            "-threads",
            "2");
  }
}
