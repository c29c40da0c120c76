package dev.aftercall.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.intake.IntakeException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Hand-overs and receipts as JSON, for the wire and for the catalogue. */
public final class IntakeJson {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private IntakeJson() {}

  /**
   * Reads a hand-over's metadata.
   *
   * @throws IntakeException INVALID, with the member that is wrong
   */
  public static JsonNode parse(byte[] json) throws IntakeException {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new IntakeException(
          Kind.INVALID,
          "The metadata is not JSON: " + String.valueOf(e.getMessage()).split("\n", 2)[0]);
    }
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A record of ours cannot be written.", e);
    }
  }

  static HandOver readHandOver(String text) throws IntakeException {
    return HandOverReader.read(parse(utf8(text)));
  }

  static Kept readKept(String text) {
    return read(text, Kept.class);
  }

  static Receipt readReceipt(String text) {
    return read(text, Receipt.class);
  }

  private static <T> T read(String text, Class<T> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The catalogue holds an upload that cannot be read.", e);
    }
  }
}
