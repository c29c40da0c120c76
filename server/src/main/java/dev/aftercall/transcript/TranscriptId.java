package dev.aftercall.transcript;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/** A transcript's id as Graph encodes it: base64 of {@code 1##0##{artifact}}. */
public final class TranscriptId {
  private TranscriptId() {}

  /** The id of a transcript. */
  public static String encode(UUID artifact) {
    String plain = "1##0##" + artifact;
    return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
  }
}
