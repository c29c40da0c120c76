package dev.aftercall.http.openapi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.http.odata.JsonSchemas;
import java.util.List;
import java.util.Map;

/** What the operations of a path answer, told from the path's last words as OData does. */
final class Answers {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** The entity type of each collection and function. */
  static final Map<String, String> TYPES =
      Map.of(
          "recordings", "microsoft.graph.callRecording",
          "getAllRecordings", "microsoft.graph.callRecording",
          "transcripts", "microsoft.graph.callTranscript",
          "getAllTranscripts", "microsoft.graph.callTranscript",
          "onlineMeetings", "microsoft.graph.onlineMeeting",
          "createOrGet", "microsoft.graph.onlineMeeting",
          "subscriptions", "microsoft.graph.subscription",
          "adhocCalls", "microsoft.graph.adhocCall");

  private Answers() {}

  /** Media type and schema of a successful answer. */
  record Body(String mediaType, ObjectNode schema) {}

  static Body of(Template template, String method) {
    return switch (template.last()) {
      case "content" -> binary("*/*");
      case "poster", "previews" -> binary("image/jpeg");
      case "metadataContent" -> text("text/vtt");
      case "$count" -> text("text/plain");
      case "$metadata" -> text("application/xml");
      default -> json(template, method);
    };
  }

  /** The query options that a read understands. */
  static List<String> options(Template template) {
    String last = template.last();
    if (!template.graph() || type(template.words()).isEmpty()) {
      return switch (last) {
        case "content" -> template.words().contains("transcripts") ? List.of("$format") : List.of();
        case "$count" -> List.of("$filter");
        default -> List.of();
      };
    }
    if (template.endsInKey()) {
      return List.of("$select");
    }
    return last.equals("delta")
        ? List.of("$select", "$filter", "$top", "$skiptoken", "$deltatoken")
        : List.of("$select", "$filter", "$orderby", "$top", "$count", "$skiptoken");
  }

  private static Body binary(String mediaType) {
    return new Body(mediaType, JSON.objectNode());
  }

  private static Body text(String mediaType) {
    return new Body(mediaType, JSON.objectNode().put("type", "string"));
  }

  private static Body json(Template template, String method) {
    String type = type(template.words());
    if (!template.graph() || type.isEmpty()) {
      return new Body("application/json", JSON.objectNode().put("type", "object"));
    }
    ObjectNode entity = JsonSchemas.reference(type);
    boolean one =
        template.endsInKey() || !method.equals("GET") || template.last().equals("createOrGet");
    return new Body("application/json", one ? entity : collection(entity));
  }

  /** The type of the last word that has one; {@code delta} is of what stands before it. */
  static String type(List<String> words) {
    String last = words.isEmpty() ? "" : words.getLast();
    return last.equals("delta")
        ? type(words.subList(0, words.size() - 1))
        : TYPES.getOrDefault(last, "");
  }

  private static ObjectNode collection(ObjectNode entity) {
    ObjectNode schema = JSON.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    for (String link : List.of("@odata.context", "@odata.nextLink", "@odata.deltaLink")) {
      properties.putObject(link).put("type", "string");
    }
    properties.putObject("@odata.count").put("type", "integer");
    ObjectNode value = properties.putObject("value").put("type", "array");
    value.set("items", entity);
    schema.putArray("required").add("value");
    return schema;
  }
}
