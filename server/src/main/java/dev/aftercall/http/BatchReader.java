package dev.aftercall.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.aftercall.http.BatchItem.Body;
import dev.aftercall.http.BatchItem.ItemId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a batch's body token by token; the body of an item is copied, never made a tree of. What is
 * wrong with it is wrong with the batch as a whole: 400, saying what and where.
 *
 * @see <a href="https://learn.microsoft.com/graph/json-batching">Combine requests</a>
 */
final class BatchReader {
  static final int MOST_ITEMS = 20;
  private static final int DEEPEST = 64;
  private static final int LONGEST_ID = 128;
  private static final int MOST_HEADERS = 64;

  /** What a lone request may have by default, too: readers of fields count on it. */
  private static final int LONGEST_HEADERS = 16 * 1024;

  private static final JsonFactory JSON =
      ((JsonFactoryBuilder) JsonFactory.builder())
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(Batch.LARGEST_BODY)
                  .maxNameLength(1_000)
                  .maxNumberLength(1_000)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final JsonParser json;
  private final Set<String> ids = new HashSet<>();

  private BatchReader(JsonParser json) {
    this.json = json;
  }

  static List<BatchItem> read(byte[] body) {
    try (JsonParser json = JSON.createParser(body)) {
      return new BatchReader(json).batch();
    } catch (JsonProcessingException e) {
      throw fault(
          "the body is not JSON: %s, at line %d, column %d"
              .formatted(
                  firstLine(e.getOriginalMessage()),
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 0 : e.getLocation().getColumnNr()));
    } catch (IOException e) {
      throw fault("the body is not JSON in UTF-8");
    }
  }

  static GraphException fault(String what) {
    return new GraphException(ErrorCode.BAD_REQUEST, "Invalid batch payload format: " + what + ".");
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "unreadable" : message.lines().findFirst().orElse("empty");
  }

  private List<BatchItem> batch() throws IOException {
    require(json.nextToken() == JsonToken.START_OBJECT, "the body must be a JSON object");
    Optional<List<BatchItem>> items = Optional.empty();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      if (name.equals("requests")) {
        items = Optional.of(items());
      } else {
        json.skipChildren();
      }
    }
    require(json.nextToken() == null, "something follows the JSON object");
    return items
        .filter(list -> !list.isEmpty())
        .orElseThrow(() -> fault("requests must be an array of one to 20 requests"));
  }

  private List<BatchItem> items() throws IOException {
    require(json.currentToken() == JsonToken.START_ARRAY, "requests must be an array");
    List<BatchItem> items = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      require(
          items.size() < MOST_ITEMS,
          "requests has more than " + MOST_ITEMS + " requests; send the others in another batch");
      items.add(item("requests[" + items.size() + "]"));
    }
    return items;
  }

  private BatchItem item(String where) throws IOException {
    require(json.currentToken() == JsonToken.START_OBJECT, where + " must be an object");
    ItemId id = null;
    String method = null;
    String url = null;
    Map<String, String> headers = Map.of();
    Optional<Body> body = Optional.empty();
    List<ItemId> dependsOn = List.of();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      String place = where + "." + name;
      json.nextToken();
      switch (name) {
        case "id" -> id = id(place);
        case "method" -> method = text(place).toUpperCase(Locale.ROOT);
        case "url" -> url = text(place);
        case "headers" -> headers = headers(place);
        case "body" -> body = body();
        case "dependsOn" -> dependsOn = dependsOn(place);
        case "atomicityGroup" -> throw fault(place + " is not supported");
        default -> json.skipChildren();
      }
    }
    if (id == null || method == null || url == null) {
      String missing = id == null ? "id" : method == null ? "method" : "url";
      throw fault(where + " has no " + missing);
    }
    require(
        ids.add(id.text().toLowerCase(Locale.ROOT)),
        where + ".id '" + id.text() + "' is not unique in the batch, whatever its case");
    return new BatchItem(id, method, url, headers, body, dependsOn);
  }

  private ItemId id(String place) throws IOException {
    JsonToken token = json.currentToken();
    boolean number = token.isNumeric();
    require(number || token == JsonToken.VALUE_STRING, place + " must be a string or a number");
    String text = json.getText();
    require(
        !text.isBlank() && text.length() <= LONGEST_ID,
        place + " must have one to " + LONGEST_ID + " characters");
    return new ItemId(text, number);
  }

  private String text(String place) throws IOException {
    require(json.currentToken() == JsonToken.VALUE_STRING, place + " must be a string");
    String text = json.getText();
    require(!text.isBlank(), place + " is empty");
    return text.strip();
  }

  private Map<String, String> headers(String place) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return Map.of();
    }
    require(json.currentToken() == JsonToken.START_OBJECT, place + " must be an object");
    Map<String, String> headers = new HashMap<>();
    int length = 0;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      require(token(name), place + " has a member that is no name of a header");
      json.nextToken();
      require(
          json.currentToken() == JsonToken.VALUE_STRING && printable(json.getText()),
          place + "." + name + " must be a string without control characters");
      length += name.length() + json.getText().length();
      require(
          length <= LONGEST_HEADERS,
          place + " has more than " + LONGEST_HEADERS + " characters, which no request may have");
      require(headers.size() < MOST_HEADERS, place + " has more than " + MOST_HEADERS + " members");
      require(
          headers.put(name.toLowerCase(Locale.ROOT), json.getText().strip()) == null,
          place + "." + name + " is there twice, whatever its case");
    }
    return headers;
  }

  /** RFC 9110, 5.6.2. */
  private static boolean token(String name) {
    return !name.isEmpty()
        && name.chars().allMatch(c -> c > 0x20 && c < 0x7f && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0);
  }

  private static boolean printable(String value) {
    return value.chars().noneMatch(c -> (c < 0x20 && c != '\t') || c == 0x7f);
  }

  private Optional<Body> body() throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return Optional.empty();
    }
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return Optional.of(new BatchItem.Text(json.getText()));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator copy = JSON.createGenerator(bytes)) {
      copy.copyCurrentStructureExact(json);
    }
    return Optional.of(new BatchItem.Json(bytes.toByteArray()));
  }

  private List<ItemId> dependsOn(String place) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return List.of();
    }
    require(json.currentToken() == JsonToken.START_ARRAY, place + " must be an array of ids");
    List<ItemId> dependsOn = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      require(dependsOn.size() < MOST_ITEMS, place + " has more ids than a batch has requests");
      dependsOn.add(id(place + "[" + dependsOn.size() + "]"));
    }
    return dependsOn;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw fault(otherwise);
    }
  }
}
