package dev.aftercall.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The recordings under src/test/resources/media; make.sh beside them says how they were made. */
final class Samples {
  static final List<String> ALL =
      List.of(
          "moov-end.mp4",
          "faststart.mp4",
          "fragmented.mp4",
          "fragmented-live.mp4",
          "fragmented-moov-samples.mp4",
          "dash.mp4",
          "dash-global.mp4",
          "audio.m4a",
          "quicktime.mov",
          "duration.webm",
          "live.webm",
          "audio.webm",
          "matroska.mkv");

  private Samples() {}

  static byte[] bytes(String name) {
    try (var in = Samples.class.getResourceAsStream("/media/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where {@code wanted} occurs for the first time at or after {@code from}. */
  static int find(byte[] bytes, byte[] wanted, int from) {
    for (int i = from; i <= bytes.length - wanted.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }
}
