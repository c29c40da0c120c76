package dev.aftercall.notification;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.recording.Artifact;
import dev.aftercall.time.Ticks;
import java.util.UUID;

/**
 * One change as CloudEvents 1.0 writes it in structured JSON.
 *
 * @param id the same whenever it is told again
 * @param partition what belongs together, and is told in order where order is kept by partition
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">CloudEvents
 *     1.0.2</a>
 */
public record CloudEvent(String id, String partition, String json) {
  /** In which it travels. */
  public static final String MEDIA_TYPE = "application/cloudevents+json; charset=UTF-8";

  private static final String TYPES = "dev.aftercall.";

  static CloudEvent of(UUID tenant, Waiting waiting) {
    Told told = waiting.told().orElseThrow();
    // No dot in it: Standard Webhooks puts dots behind ids when it signs.
    String id = tenant + "-" + waiting.key().position();
    String partition = told.meeting().key().toString();
    String type = word(told.kind()) + "." + waiting.key().event().word();
    ObjectNode json = begun(tenant, id, type, told.visible());
    json.put("subject", GraphPayload.path(told.meeting().organizer(), told));
    json.put("datacontenttype", "application/json");
    json.put("partitionkey", partition);
    json.set("data", ResourceData.of(told, told.meeting().organizer()));
    return new CloudEvent(id, partition, json.toString());
  }

  /** An event that tells of nothing, to see whether it is taken. */
  public static CloudEvent test(UUID tenant, String id, long now) {
    return new CloudEvent(id, id, begun(tenant, id, "test", now).toString());
  }

  private static ObjectNode begun(UUID tenant, String id, String type, long time) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("specversion", "1.0");
    json.put("id", id);
    json.put("source", "/tenants/" + tenant);
    json.put("type", TYPES + type);
    json.put("time", Ticks.format(time));
    return json;
  }

  private static String word(Artifact.Kind kind) {
    return switch (kind) {
      case RECORDING -> "recording";
      case TRANSCRIPT -> "transcript";
    };
  }
}
