package dev.aftercall.http.scim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.http.Answer;
import dev.aftercall.scim.ScimException;
import dev.aftercall.scim.Stored;
import dev.aftercall.time.Ticks;
import java.util.function.Function;

/** Answers in SCIM's JSON. */
final class ScimAnswers {
  static final String MEDIA_TYPE = "application/scim+json";
  private static final String MESSAGES = "urn:ietf:params:scim:api:messages:2.0:";
  private static final ObjectMapper JSON = new ObjectMapper();

  private ScimAnswers() {}

  static ObjectNode object(String schema) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("schemas").add(schema);
    return json;
  }

  static Answer json(int status, ObjectNode body) {
    try {
      return Answer.of(status, MEDIA_TYPE, JSON.writeValueAsBytes(body))
          .with("Cache-Control", "private, no-cache");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of JSON is written always.", e);
    }
  }

  /** A resource with its version and address. */
  static Answer resource(int status, ObjectNode resource) {
    return json(status, resource)
        .with("ETag", resource.at("/meta/version").asText())
        .with("Location", resource.at("/meta/location").asText());
  }

  static void meta(ObjectNode resource, String type, Stored<?> stored, String location) {
    resource
        .putObject("meta")
        .put("resourceType", type)
        .put("created", Ticks.toInstant(stored.created()).toString())
        .put("lastModified", Ticks.toInstant(stored.modified()).toString())
        .put("location", location)
        .put("version", "W/\"" + stored.version() + "\"");
  }

  static <T> Answer list(
      ScimRequest request, Stored.Found<T> found, Function<Stored<T>, ObjectNode> json) {
    ObjectNode list =
        object(MESSAGES + "ListResponse")
            .put("totalResults", found.total())
            .put("startIndex", request.start())
            .put("itemsPerPage", found.items().size());
    ArrayNode resources = list.putArray("Resources");
    found.items().forEach(item -> resources.add(json.apply(item)));
    return json(200, list);
  }

  /** RFC 7644, 3.12. */
  static Answer error(ScimException error) {
    return error(error.status(), error.type(), error.detail());
  }

  static Answer error(int status, String type, String detail) {
    ObjectNode json =
        object(MESSAGES + "Error").put("status", Integer.toString(status)).put("detail", detail);
    if (!type.isEmpty()) {
      json.put("scimType", type);
    }
    return json(status, json);
  }
}
