package dev.aftercall.http.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.meeting.GraphIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;

/** An object that has been found to have its {@link Shape}; null counts as absent. */
public record Body(ObjectNode object) {
  /** Whether the member is there, be it null. */
  public boolean has(String name) {
    return object.has(name);
  }

  /** Text; a word of {@link Kind.OneOf} as the client spelt it. */
  public Optional<String> text(String name) {
    return value(name, JsonNode::textValue);
  }

  /** A word of {@link Kind.OneOf} in lower case. */
  public Optional<String> word(String name) {
    return text(name).map(word -> word.toLowerCase(Locale.ROOT));
  }

  /** A GUID. */
  public Optional<UUID> guid(String name) {
    return value(name, node -> GraphIds.guid(node.textValue()).orElseThrow());
  }

  /** A whole number. */
  public OptionalLong whole(String name) {
    return value(name, JsonNode::longValue).map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  /** True or false. */
  public Optional<Boolean> flag(String name) {
    return value(name, JsonNode::booleanValue);
  }

  /** An instant in ticks. */
  public OptionalLong ticks(String name) {
    return value(name, node -> ShapeCheck.ticks(node.textValue()).orElseThrow())
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  /** A list of text; empty when it is absent. */
  public List<String> texts(String name) {
    return list(name, JsonNode::textValue);
  }

  /** A list of GUIDs; empty when it is absent. */
  public List<UUID> guids(String name) {
    return list(name, node -> GraphIds.guid(node.textValue()).orElseThrow());
  }

  /** An object within. */
  public Optional<Body> object(String name) {
    return value(name, node -> new Body((ObjectNode) node));
  }

  /** Objects within; empty when they are absent. */
  public List<Body> objects(String name) {
    return list(name, node -> new Body((ObjectNode) node));
  }

  private <T> Optional<T> value(String name, Function<JsonNode, T> reader) {
    JsonNode node = object.path(name);
    return node.isMissingNode() || node.isNull()
        ? Optional.empty()
        : Optional.of(reader.apply(node));
  }

  private <T> List<T> list(String name, Function<JsonNode, T> reader) {
    List<T> items = new ArrayList<>();
    object.path(name).forEach(node -> items.add(reader.apply(node)));
    return items;
  }
}
