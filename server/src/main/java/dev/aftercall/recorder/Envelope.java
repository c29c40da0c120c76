package dev.aftercall.recorder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.regex.Pattern;

/** What recorders send, as JSON: read within bounds, and rid of credentials before it is kept. */
public final class Envelope {
  private static final ObjectMapper JSON =
      JsonMapper.builder(
              new com.fasterxml.jackson.core.JsonFactoryBuilder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(64).build())
                  .build())
          .build();

  /** Members that recorders put credentials in, whatever the case; the same with dashes or not. */
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i).*(password|passcode|secret|token|credential|access_?key|api_?key|app_?key"
              + "|authorization|signature|sas_?url|account_?key|private_?key).*");

  private Envelope() {}

  /**
   * Reads JSON.
   *
   * @throws IllegalArgumentException says where it is none
   */
  public static JsonNode read(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("it is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("it is not JSON", e);
    }
  }

  /** Reads what was kept. */
  public static JsonNode read(String kept) {
    try {
      return JSON.readTree(kept);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("it is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** The same without credentials, as text. */
  public static String withoutCredentials(JsonNode json) {
    JsonNode copy = json.deepCopy();
    strip(copy);
    return copy.toString();
  }

  private static void strip(JsonNode json) {
    if (json instanceof ObjectNode object) {
      object.properties().removeIf(member -> SECRET.matcher(member.getKey()).matches());
      object.forEach(Envelope::strip);
    } else if (json instanceof ArrayNode array) {
      array.forEach(Envelope::strip);
    }
  }
}
