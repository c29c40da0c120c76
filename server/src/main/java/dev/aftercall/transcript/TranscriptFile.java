package dev.aftercall.transcript;

import java.nio.charset.StandardCharsets;

/**
 * A transcript as it was handed over, proved readable.
 *
 * @param bytes WebVTT: what was handed over, to the byte, or made of SubRip
 */
public record TranscriptFile(byte[] bytes, WebVtt cues) {
  /**
   * Reads WebVTT or SubRip.
   *
   * @throws TranscriptFault when it is neither, with the line that is wrong
   */
  public static TranscriptFile read(byte[] handedOver) throws TranscriptFault {
    if (handedOver.length > WebVtt.LARGEST || !SubRip.looksLike(handedOver)) {
      return new TranscriptFile(handedOver, WebVtt.parse(handedOver));
    }
    byte[] made = SubRip.toWebVtt(handedOver).getBytes(StandardCharsets.UTF_8);
    return new TranscriptFile(made, WebVtt.parse(made));
  }
}
