package dev.aftercall.transcript;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A transcript as it was handed over, proved readable.
 *
 * @param bytes WebVTT: what was handed over, to the byte, or made of SubRip
 * @param durationMillis from the start of the call to the end of the last cue
 */
public record TranscriptFile(byte[] bytes, long durationMillis) {
  /**
   * Reads WebVTT or SubRip.
   *
   * @throws TranscriptFault when it is neither, with the line that is wrong
   */
  public static TranscriptFile read(byte[] handedOver) throws TranscriptFault {
    if (handedOver.length > WebVtt.LARGEST) {
      throw new TranscriptFault(
          "The file is larger than the " + WebVtt.LARGEST + " bytes allowed.");
    }
    try {
      return SubRip.looksLike(handedOver)
          ? proved(SubRip.toWebVtt(handedOver).getBytes(StandardCharsets.UTF_8))
          : proved(handedOver);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory was read.", e);
    }
  }

  private static TranscriptFile proved(byte[] bytes) throws TranscriptFault, IOException {
    if (bytes.length > WebVtt.LARGEST) {
      throw new TranscriptFault(
          "As WebVTT the file is larger than the " + WebVtt.LARGEST + " bytes allowed.");
    }
    WebVtt transcript = WebVtt.open(new ByteArrayInputStream(bytes));
    long end = 0;
    for (Cue cue = transcript.next(); cue != null; cue = transcript.next()) {
      end = Math.max(end, cue.endMillis());
    }
    return new TranscriptFile(bytes, end);
  }
}
