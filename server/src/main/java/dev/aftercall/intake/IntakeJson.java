package dev.aftercall.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.digest.Sha256;
import dev.aftercall.intake.IntakeException.Kind;
import dev.aftercall.recording.Original;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Hand-overs and receipts as JSON, for the wire and for the catalogue. */
public final class IntakeJson {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private static final Pattern HASHED = Pattern.compile("sha256:[0-9a-f]{64}");

  /** What is left of a request whose artifact was purged. */
  private static final String FORGOTTEN = "{}";

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

  /**
   * What is kept of a request once it is done: enough to know it again. A transcript that came in
   * it is an artifact now, and when that is deleted its words must not stay here.
   */
  static String remembered(String request) {
    try {
      JsonNode json = JSON.readTree(request);
      String transcript = json.path("transcript").asText();
      if (json instanceof ObjectNode object && !HASHED.matcher(transcript).matches()) {
        if (object.has("transcript")) {
          object.put("transcript", "sha256:" + Sha256.hex(utf8(transcript)));
        }
      }
      return json.toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A request that was kept cannot be read.", e);
    }
  }

  /** Whether both are the same, as far as the first is still known. */
  static boolean same(String stands, String comes) throws IntakeException {
    // Compared as JSON: a recorder need not write its members in the same order again.
    return stands.equals(FORGOTTEN)
        || parse(utf8(remembered(stands))).equals(parse(utf8(remembered(comes))));
  }

  static ObjectNode object(String text) throws IntakeException {
    return (ObjectNode) parse(utf8(text));
  }

  static HandOver readHandOver(String text) throws IntakeException {
    return HandOverReader.kept(object(text));
  }

  static Original readOriginal(JsonNode json) {
    return read(json.toString(), Original.class);
  }

  static JsonNode tree(Original original) {
    return JSON.valueToTree(original);
  }

  static Kept readKept(String text) {
    return read(text, Kept.class);
  }

  /** The hash in a receipt. */
  public static String sha256(String receipt) {
    return readReceipt(receipt).sha256();
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
