package dev.aftercall.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.aftercall.time.Ticks;
import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Types of CSDL as JSON carries them (OData JSON Format 4.01, 7.1). Everything is nullable, for
 * Graph's properties are; members that a structure does not name are kept as they came.
 */
sealed interface CsdlType {
  /**
   * A value of this type in our spelling: instants in UTC, names and enumeration members as the
   * CSDL writes them.
   *
   * @param path names the value in a refusal
   * @throws GraphException 400 when it is of another type
   */
  default JsonNode checked(JsonNode value, String path) {
    return value.isNull() ? NullNode.instance : present(value, path);
  }

  /** The same for what is not null. */
  JsonNode present(JsonNode value, String path);

  /** {@code Edm.String} */
  record Text() implements CsdlType {
    @Override
    public JsonNode present(JsonNode value, String path) {
      if (!value.isTextual()) {
        throw wrong(path, "a string");
      }
      return value;
    }
  }

  /** {@code Edm.Boolean} */
  record Flag() implements CsdlType {
    @Override
    public JsonNode present(JsonNode value, String path) {
      if (!value.isBoolean()) {
        throw wrong(path, "true or false");
      }
      return value;
    }
  }

  /** {@code Edm.DateTimeOffset}; years of four digits after 1970, which is what our ticks hold. */
  record Instant() implements CsdlType {
    private static final long LATEST = Ticks.parse("9900-01-01T00:00:00Z");

    @Override
    public JsonNode present(JsonNode value, String path) {
      return TextNode.valueOf(Ticks.format(ticks(value, path)));
    }

    /** Ticks of a value. */
    static long ticks(JsonNode value, String path) {
      try {
        long ticks = Ticks.parse(value.isTextual() ? value.textValue() : "");
        if (ticks >= 0 && ticks < LATEST) {
          return ticks;
        }
      } catch (DateTimeException | ArithmeticException e) {
        // Said below.
      }
      throw wrong(
          path, "a date-time with offset between 1970 and 9899, such as 2026-01-31T09:00:00Z");
    }
  }

  /** An enumeration. */
  record Words(List<String> members) implements CsdlType {
    @Override
    public JsonNode present(JsonNode value, String path) {
      return members.stream()
          .filter(member -> value.isTextual() && member.equalsIgnoreCase(value.textValue()))
          .findFirst()
          .map(TextNode::valueOf)
          .orElseThrow(() -> wrong(path, "one of " + String.join(", ", members)));
    }
  }

  /** A collection. */
  record ListOf(CsdlType item) implements CsdlType {
    @Override
    public JsonNode present(JsonNode value, String path) {
      if (!value.isArray()) {
        throw wrong(path, "an array");
      }
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      for (JsonNode one : value) {
        // A collection's items are not nullable here.
        list.add(item.present(one, path + "[" + list.size() + "]"));
      }
      return list;
    }
  }

  /** A complex or entity type; further members are welcome. */
  record Structure(Map<String, CsdlType> members) implements CsdlType {
    /** Names match whatever the case, as Graph's do. */
    public Structure {
      Map<String, CsdlType> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      byName.putAll(members);
      members = byName;
    }

    @Override
    public ObjectNode present(JsonNode value, String path) {
      if (!value.isObject()) {
        throw wrong(path, "an object");
      }
      String before = path.isEmpty() ? "" : path + ".";
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        String name = spelled(member.getKey());
        if (object.has(name)) {
          throw new GraphException(
              ErrorCode.BAD_REQUEST, "The member '" + before + name + "' is there twice.");
        }
        CsdlType type = members.get(name);
        object.set(
            name,
            type == null ? member.getValue() : type.checked(member.getValue(), before + name));
      }
      return object;
    }

    private String spelled(String name) {
      return members.containsKey(name)
          ? members.keySet().stream().filter(name::equalsIgnoreCase).findFirst().orElse(name)
          : name;
    }
  }

  /** The members of an enumeration. */
  static CsdlType words(String members) {
    return new Words(List.of(members.split(" ")));
  }

  /** A refusal that names the member. */
  static GraphException wrong(String path, String wanted) {
    String what = path.isEmpty() ? "the body" : "the member '" + path + "'";
    return new GraphException(
        ErrorCode.BAD_REQUEST, "Invalid value: " + what + " must be " + wanted + ".");
  }
}
