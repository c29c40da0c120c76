package dev.aftercall.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** Reads a request's JSON object within bounds, and writes such objects as they were read. */
public final class JsonBody {
  static final int LARGEST = 1024 * 1024;
  private static final int DEEPEST = 32;
  private static final int MOST_VALUES = 50_000;

  /** Numbers keep their digits: what is ours to keep comes back as it was. */
  static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxNumberLength(400)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private JsonBody() {}

  /**
   * The object in a request's body; an empty body is an empty object.
   *
   * @throws GraphException 400, 413 or 415
   */
  public static ObjectNode object(Request request) throws IOException {
    return object(request, "application/json");
  }

  /** The same of a further media type that is JSON. */
  public static ObjectNode object(Request request, String mediaType) throws IOException {
    String type = request.header("Content-Type").orElse("application/json");
    String plain = type.strip().toLowerCase(Locale.ROOT);
    if (!plain.startsWith("application/json") && !plain.startsWith(mediaType)) {
      throw new GraphException(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE,
          "The body must be application/json; its Content-Type is '" + type + "'.");
    }
    byte[] body =
        SmallBody.read(request, LARGEST, SmallBody.TIME, read -> {})
            .orElseThrow(JsonBody::tooLarge);
    if (body.length == 0) {
      return JSON.createObjectNode();
    }
    JsonNode tree = parse(body);
    bounded(tree);
    if (tree instanceof ObjectNode object) {
      return object;
    }
    throw unreadable("It is not a JSON object.");
  }

  private static JsonNode parse(byte[] body) throws IOException {
    try {
      return JSON.readTree(body);
    } catch (StreamConstraintsException e) {
      throw unreadable("It nests deeper than " + DEEPEST + " levels or has an endless number.");
    } catch (MismatchedInputException e) {
      throw unreadable("It has a member twice, or more behind its end.");
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String place =
          at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
      throw unreadable("It is not JSON" + place + ": " + e.getOriginalMessage() + ".");
    }
  }

  /** Refuses what no text can keep, and more values than one meeting has. */
  static void bounded(JsonNode tree) {
    if (count(tree, StandardCharsets.UTF_8.newEncoder()) > MOST_VALUES) {
      throw unreadable("It has more than " + MOST_VALUES + " values.");
    }
  }

  private static int count(JsonNode tree, CharsetEncoder utf8) {
    int values = 1;
    if (tree.isTextual() && !utf8.canEncode(tree.textValue())) {
      throw unreadable("A string in it has half of a surrogate pair.");
    }
    for (Map.Entry<String, JsonNode> member : tree.properties()) {
      if (!utf8.canEncode(member.getKey())) {
        throw unreadable("A member's name in it has half of a surrogate pair.");
      }
      values += count(member.getValue(), utf8);
    }
    if (tree.isArray()) {
      for (JsonNode item : tree) {
        values += count(item, utf8);
      }
    }
    return values;
  }

  /** As text to be kept; still within the bounds. */
  static String kept(ObjectNode document) throws JsonProcessingException {
    bounded(document);
    String text = JSON.writeValueAsString(document);
    if (text.length() > LARGEST) {
      throw tooLarge();
    }
    return text;
  }

  /** What {@link #kept} wrote. */
  static ObjectNode read(String text) throws JsonProcessingException {
    return (ObjectNode) JSON.readTree(text);
  }

  private static GraphException tooLarge() {
    return new GraphException(ErrorCode.REQUEST_TOO_LARGE, "The body is larger than 1 MiB.");
  }

  private static GraphException unreadable(String why) {
    return new GraphException(
        ErrorCode.BAD_REQUEST,
        "Unable to read JSON request payload. Please ensure Content-Type header is set and payload"
            + " is of valid JSON format. "
            + why);
  }
}
