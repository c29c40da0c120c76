package dev.aftercall.http.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.http.Operation;
import dev.aftercall.http.json.Kind;
import dev.aftercall.http.json.Member;
import dev.aftercall.http.json.Shape;
import java.util.List;
import java.util.stream.Stream;

/** Operations whose bodies are {@link Shape}s: those of administrators and of directories. */
final class Operations {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String SCHEMAS = "#/components/schemas/";
  private static final String SCIM_ERROR = "scim.Error";

  private Operations() {}

  static void describe(Operation operation, String method, ObjectNode into) {
    into.put("summary", operation.summary());
    ArrayNode parameters = JSON.arrayNode();
    for (Operation.Option option : operation.options()) {
      parameter(parameters, option.name(), "query", option.description(), option.required());
    }
    if (operation.list()) {
      parameter(parameters, "$top", "query", "The most items of a page, 1 to 999.", false);
      parameter(parameters, "$skiptoken", "query", "As @odata.nextLink has it.", false);
    }
    if (!method.equals("GET") && !method.equals("POST")) {
      parameter(parameters, "If-Match", "header", "The ETag that is to be changed, or *.", false);
    }
    boolean scim = operation.dialect() == Operation.Dialect.SCIM;
    String mediaType = scim ? "application/scim+json" : "application/json";
    if (method.equals("PUT") && !scim) {
      parameter(parameters, "If-None-Match", "header", "*: make it, replace nothing.", false);
    }
    if (!parameters.isEmpty()) {
      into.set("parameters", parameters);
    }
    if (operation.body().isPresent()) {
      ObjectNode body = into.putObject("requestBody").put("required", true);
      Shape shape = operation.body().get();
      boolean partial = method.equals("PATCH") && !scim;
      content(body, mediaType, reference(shape, partial ? ".patch" : ""));
    }
    ObjectNode good = into.putObject("responses").putObject("2XX");
    boolean answers = operation.answer().isPresent() || operation.bytes();
    good.put("description", answers ? "What was asked for." : "Done.");
    if (operation.bytes()) {
      good.putObject("content").putObject("*/*").putObject("schema");
    }
    operation
        .answer()
        .map(shape -> operation.list() ? list(shape) : reference(shape, ""))
        .ifPresent(schema -> content(good, mediaType, schema));
  }

  private static void parameter(
      ArrayNode parameters, String name, String in, String description, boolean required) {
    parameters
        .addObject()
        .put("name", name)
        .put("in", in)
        .put("description", description)
        .put("required", required)
        .putObject("schema")
        .put("type", "string");
  }

  /** Adds why not, where that is not in Graph's words; gives whether it was. */
  static boolean refused(Operation operation, ObjectNode into) {
    if (operation.dialect() != Operation.Dialect.SCIM) {
      return false;
    }
    ObjectNode bad =
        into.withObject("/responses").putObject("default").put("description", "Why not.");
    content(bad, "application/scim+json", JSON.objectNode().put("$ref", SCHEMAS + SCIM_ERROR));
    return true;
  }

  private static ObjectNode scimError() {
    ObjectNode schema =
        JSON.objectNode().put("type", "object").put("description", "A refusal (RFC 7644, 3.12).");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("schemas").put("type", "array").putObject("items").put("type", "string");
    for (String name : List.of("status", "scimType", "detail")) {
      properties.putObject(name).put("type", "string");
    }
    schema.putArray("required").add("schemas").add("status");
    return schema;
  }

  private static void content(ObjectNode into, String mediaType, ObjectNode schema) {
    into.putObject("content").putObject(mediaType).set("schema", schema);
  }

  private static ObjectNode list(Shape shape) {
    ObjectNode schema = JSON.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("@odata.nextLink").put("type", "string");
    properties.putObject("value").put("type", "array").set("items", reference(shape, ""));
    schema.putArray("required").add("value");
    return schema;
  }

  private static ObjectNode reference(Shape shape, String suffix) {
    return JSON.objectNode().put("$ref", SCHEMAS + shape.name() + suffix);
  }

  /** Puts the schemas that the operation needs among the others. */
  static void schemas(Operation operation, ObjectNode schemas) {
    Stream.concat(operation.body().stream(), operation.answer().stream())
        .forEach(shape -> add(shape, schemas));
    if (operation.dialect() == Operation.Dialect.SCIM && !schemas.has(SCIM_ERROR)) {
      schemas.set(SCIM_ERROR, scimError());
    }
  }

  private static void add(Shape shape, ObjectNode schemas) {
    if (schemas.has(shape.name())) {
      return;
    }
    schemas.set(shape.name(), schema(shape, true));
    schemas.set(shape.name() + ".patch", schema(shape, false));
    shape.members().forEach(member -> nested(member.kind(), schemas));
  }

  private static void nested(Kind kind, ObjectNode schemas) {
    switch (kind) {
      case Kind.Nested nested -> add(nested.shape(), schemas);
      case Kind.ListOf list -> nested(list.item(), schemas);
      default -> {}
    }
  }

  private static ObjectNode schema(Shape shape, boolean whole) {
    ObjectNode schema =
        JSON.objectNode().put("type", "object").put("description", shape.description());
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = JSON.arrayNode();
    for (Member member : shape.members()) {
      ObjectNode property = schema(member.kind()).put("description", member.description());
      if (member.use() == Member.Use.READ_ONLY) {
        property.put("readOnly", true);
      }
      properties.set(member.name(), property);
      if (whole && member.use() == Member.Use.REQUIRED) {
        required.add(member.name());
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    return schema;
  }

  private static ObjectNode schema(Kind kind) {
    ObjectNode schema = JSON.objectNode();
    return switch (kind) {
      case Kind.Text text ->
          schema
              .put("type", "string")
              .put("minLength", text.shortest())
              .put("maxLength", text.longest());
      case Kind.Guid guid -> schema.put("type", "string").put("format", "uuid");
      case Kind.Whole number ->
          schema
              .put("type", "integer")
              .put("minimum", number.least())
              .put("maximum", number.most());
      case Kind.Flag flag -> schema.put("type", "boolean");
      case Kind.Instant instant -> schema.put("type", "string").put("format", "date-time");
      case Kind.OneOf oneOf -> {
        ArrayNode words = schema.put("type", "string").putArray("enum");
        oneOf.words().forEach(words::add);
        yield schema;
      }
      case Kind.ListOf list -> {
        schema.put("type", "array").put("maxItems", list.most()).set("items", schema(list.item()));
        yield schema;
      }
      case Kind.Nested nested -> reference(nested.shape(), "");
      case Kind.Any any -> schema;
    };
  }
}
