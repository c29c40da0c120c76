package dev.aftercall.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The operations of a PATCH, as Entra ID, Okta and Keycloak write them. */
public record PatchBody(List<Operation> operations) {
  private static final int MOST = 1_000;

  /** Copies the list. */
  public PatchBody {
    operations = List.copyOf(operations);
  }

  /** What is done to a value. */
  public enum Kind {
    /** Adds to it, or sets it. */
    ADD,
    /** Sets it. */
    REPLACE,
    /** Takes it away. */
    REMOVE
  }

  /** One operation; without a path, its value is an object of attributes. */
  public record Operation(Kind kind, Optional<String> path, JsonNode value) {}

  /**
   * Reads a body. Entra ID writes Add, Replace and Remove with a capital, and so may others.
   *
   * @throws ScimException invalidSyntax or invalidValue
   */
  public static PatchBody read(ObjectNode body) {
    JsonNode list = member(body, "Operations");
    if (!list.isArray() || list.isEmpty() || list.size() > MOST) {
      throw new ScimException(
          400, "invalidSyntax", "'Operations' must be a list of 1 to " + MOST + " operations.");
    }
    List<Operation> operations = new ArrayList<>();
    for (JsonNode each : list) {
      String op = member(each, "op").asText("").toUpperCase(Locale.ROOT);
      Kind kind =
          List.of(Kind.values()).stream()
              .filter(it -> it.name().equals(op))
              .findFirst()
              .orElseThrow(
                  () ->
                      new ScimException(
                          400, "invalidSyntax", "'op' must be add, replace or remove."));
      Optional<String> path =
          Optional.of(member(each, "path").asText("")).filter(text -> !text.isBlank());
      if (kind == Kind.REMOVE && path.isEmpty()) {
        throw new ScimException(400, "noTarget", "A remove names what in 'path'.");
      }
      operations.add(new Operation(kind, path, member(each, "value")));
    }
    return new PatchBody(operations);
  }

  /** One change of one attribute. */
  @FunctionalInterface
  interface Change {
    void of(Kind kind, String path, JsonNode value);
  }

  /**
   * Goes through the changes in their order, whether their attribute stands in the path or in the
   * value.
   *
   * @throws ScimException invalidValue
   */
  void each(Change change) {
    for (Operation operation : operations) {
      if (operation.path().isPresent()) {
        change.of(operation.kind(), operation.path().get(), operation.value());
      } else {
        if (!operation.value().isObject()) {
          throw ScimException.value("Without 'path', 'value' is an object of attributes.");
        }
        // Okta and Keycloak send {"active": false}; Entra ID sends {"name.givenName": "Ada"} too.
        for (Map.Entry<String, JsonNode> each : operation.value().properties()) {
          if (!each.getKey().equalsIgnoreCase("schemas")) {
            change.of(operation.kind(), each.getKey(), each.getValue());
          }
        }
      }
    }
  }

  /** A member whatever the case of its name. */
  static JsonNode member(JsonNode object, String name) {
    for (Map.Entry<String, JsonNode> each : object.properties()) {
      if (FilterReader.attribute(each.getKey()).equalsIgnoreCase(name)) {
        return each.getValue();
      }
    }
    return MissingNode.getInstance();
  }
}
