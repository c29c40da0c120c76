package dev.aftercall.http.odata;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.olingo.commons.api.edm.Edm;
import org.apache.olingo.commons.api.edm.EdmEnumType;
import org.apache.olingo.commons.api.edm.EdmProperty;
import org.apache.olingo.commons.api.edm.EdmStructuredType;
import org.apache.olingo.commons.api.edm.EdmType;
import org.apache.olingo.commons.api.edm.FullQualifiedName;
import org.apache.olingo.commons.api.edm.constants.EdmTypeKind;

/** The model's types as JSON Schema, as OpenAPI 3.1 wants them. */
public final class JsonSchemas {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String REFERENCE = "#/components/schemas/";

  private final Edm edm = GraphModel.model().edm();
  private final Map<String, ObjectNode> made = new TreeMap<>();
  private final Deque<EdmType> asked = new ArrayDeque<>();

  private JsonSchemas() {}

  /**
   * Schemas of those types and of every type they speak of, by full name.
   *
   * @param names with namespace, such as {@code microsoft.graph.callRecording}
   */
  public static Map<String, ObjectNode> of(List<String> names) {
    JsonSchemas schemas = new JsonSchemas();
    names.forEach(name -> schemas.ask(schemas.edm.getEntityType(new FullQualifiedName(name))));
    while (!schemas.asked.isEmpty()) {
      EdmType type = schemas.asked.pop();
      schemas.made.put(name(type), schemas.schema(type));
    }
    return schemas.made;
  }

  /** A reference to one of them. */
  public static ObjectNode reference(String name) {
    return JSON.objectNode().put("$ref", REFERENCE + name);
  }

  private void ask(EdmType type) {
    if (!made.containsKey(name(type))) {
      made.put(name(type), JSON.objectNode());
      asked.push(type);
    }
  }

  private ObjectNode schema(EdmType type) {
    return type instanceof EdmEnumType words ? words(words) : structured((EdmStructuredType) type);
  }

  private static ObjectNode words(EdmEnumType type) {
    ObjectNode schema = JSON.objectNode().put("type", "string");
    ArrayNode words = schema.putArray("enum");
    type.getMemberNames().forEach(words::add);
    return schema;
  }

  private ObjectNode structured(EdmStructuredType type) {
    ObjectNode schema = JSON.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    for (String name : type.getPropertyNames()) {
      EdmProperty property = (EdmProperty) type.getProperty(name);
      // A stream has an address of its own and no place in JSON.
      if (!name(property.getType()).equals("Edm.Stream")) {
        properties.set(name, property(property));
      }
    }
    return schema;
  }

  private ObjectNode property(EdmProperty property) {
    ObjectNode single = single(property.getType());
    if (property.isCollection()) {
      ObjectNode list = JSON.objectNode().put("type", "array");
      list.set("items", single);
      return list;
    }
    if (!property.isNullable()) {
      return single;
    }
    ObjectNode nullable = JSON.objectNode();
    nullable.putArray("anyOf").add(single).add(JSON.objectNode().put("type", "null"));
    return nullable;
  }

  private ObjectNode single(EdmType type) {
    if (type.getKind() != EdmTypeKind.PRIMITIVE) {
      ask(type);
      return reference(name(type));
    }
    return switch (name(type)) {
      case "Edm.Boolean" -> JSON.objectNode().put("type", "boolean");
      case "Edm.DateTimeOffset" ->
          JSON.objectNode().put("type", "string").put("format", "date-time");
      case "Edm.Int32", "Edm.Int64" -> JSON.objectNode().put("type", "integer");
      default -> JSON.objectNode().put("type", "string");
    };
  }

  private static String name(EdmType type) {
    return type.getFullQualifiedName().getFullQualifiedNameAsString();
  }
}
