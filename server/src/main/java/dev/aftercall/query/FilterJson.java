package dev.aftercall.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.query.Filter.Value;
import java.util.ArrayList;
import java.util.List;

/** A condition as JSON, by names that outlive our enums' order: for conditions that are kept. */
public final class FilterJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private FilterJson() {}

  /** Writes it. */
  public static String write(Filter filter) {
    return node(filter).toString();
  }

  /**
   * Reads what was written.
   *
   * @throws IllegalArgumentException when it was not
   */
  public static Filter read(String json) {
    try {
      return filter(JSON.readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("This is no condition: " + json, e);
    }
  }

  private static ObjectNode node(Filter filter) {
    ObjectNode node = NODES.objectNode();
    switch (filter) {
      case Filter.Constant(boolean value) -> node.put("constant", value);
      case Filter.And(Filter left, Filter right) ->
          node.putArray("and").add(node(left)).add(node(right));
      case Filter.Or(Filter left, Filter right) ->
          node.putArray("or").add(node(left)).add(node(right));
      case Filter.Not(Filter inner) -> node.set("not", node(inner));
      case Filter.Compare(Property property, Filter.Relation relation, Value value) ->
          node.put("property", property.path())
              .put("relation", relation.name())
              .set("value", value(value));
      case Filter.In(Property property, List<Value> values) -> {
        ArrayNode all = node.put("property", property.path()).putArray("in");
        values.forEach(value -> all.add(value(value)));
      }
      case Filter.Match(Property property, Filter.Place place, String part) ->
          node.put("property", property.path()).put("place", place.name()).put("part", part);
    }
    return node;
  }

  private static JsonNode value(Value value) {
    return switch (value) {
      case Value.Null none -> NODES.nullNode();
      case Value.Text(String text) -> NODES.textNode(text);
      case Value.Instant(long ticks) -> NODES.numberNode(ticks);
    };
  }

  private static Filter filter(JsonNode node) {
    if (node.has("constant")) {
      return new Filter.Constant(node.get("constant").asBoolean());
    }
    if (node.has("and")) {
      return new Filter.And(filter(node.at("/and/0")), filter(node.at("/and/1")));
    }
    if (node.has("or")) {
      return new Filter.Or(filter(node.at("/or/0")), filter(node.at("/or/1")));
    }
    if (node.has("not")) {
      return new Filter.Not(filter(node.get("not")));
    }
    Property property = property(node.path("property").asText());
    if (node.has("in")) {
      List<Value> values = new ArrayList<>();
      node.get("in").forEach(each -> values.add(value(each)));
      return new Filter.In(property, values);
    }
    if (node.has("place")) {
      return new Filter.Match(
          property, Filter.Place.valueOf(node.get("place").asText()), node.path("part").asText());
    }
    return new Filter.Compare(
        property,
        Filter.Relation.valueOf(node.path("relation").asText()),
        value(node.path("value")));
  }

  private static Property property(String path) {
    for (Property property : Property.values()) {
      if (property.path().equals(path)) {
        return property;
      }
    }
    throw new IllegalArgumentException("There is no property " + path);
  }

  private static Value value(JsonNode node) {
    if (node.isNull()) {
      return new Value.Null();
    }
    return node.isNumber() ? new Value.Instant(node.asLong()) : new Value.Text(node.asText());
  }
}
