package dev.aftercall.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.aftercall.http.odata.Select;
import dev.aftercall.recording.Inventory.Change;
import dev.aftercall.recording.Inventory.Item;
import dev.aftercall.recording.Inventory.Reason;
import dev.aftercall.recording.Shelf;
import dev.aftercall.time.Ticks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes pages of recordings or transcripts as Graph does. A page has 999 items at most. */
final class ArtifactListJson {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int ITEM_LENGTH = 2_048;

  private final ArtifactCollection collection;
  private final Shelf shelf;
  private final Select select;

  ArtifactListJson(ArtifactCollection collection, Shelf shelf, Select select) {
    this.collection = collection;
    this.shelf = shelf;
    this.select = select;
  }

  /**
   * One page.
   *
   * @param links {@code @odata.nextLink} or {@code @odata.deltaLink}, or neither
   * @param changes what is on it; of removals the reason in our own words, which are finer than
   *     OData's "deleted" and "changed" (JSON Format 4.01, 15.3)
   */
  byte[] page(Map<String, String> links, long count, List<Change> changes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream((changes.size() + 1) * ITEM_LENGTH);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("@odata.context", collection.context(select));
      for (Map.Entry<String, String> link : links.entrySet()) {
        json.writeStringField(link.getKey(), link.getValue());
      }
      json.writeNumberField("@odata.count", count);
      if (collection.tip().isPresent() && select.names().isEmpty()) {
        json.writeStringField("@microsoft.graph.tips", collection.tip().get());
      }
      json.writeArrayFieldStart("value");
      for (Change change : changes) {
        switch (change) {
          case Change.Added(long position, Item item) -> item(json, item);
          case Change.Removed(long position, String id, Reason reason) -> gone(json, id, reason);
        }
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private void item(JsonGenerator json, Item item) throws IOException {
    json.writeStartObject();
    if (collection.typed()) {
      json.writeStringField("@odata.type", "#" + collection.type().typeName());
    }
    field(json, "id", item.id());
    boolean call = shelf instanceof Shelf.OfCaller;
    if (!call) {
      field(json, "meetingId", item.place());
    }
    field(json, "callId", item.callId());
    field(json, "contentCorrelationId", item.contentCorrelationId());
    field(json, "createdDateTime", Ticks.format(item.created()));
    field(json, "endDateTime", Ticks.format(item.ended()));
    String kind = collection.type().name().toLowerCase(Locale.ROOT);
    field(
        json,
        collection.type().urlProperty(),
        collection.url()
            + (call ? "/adhocCalls/" : "/onlineMeetings/")
            + item.place()
            + "/"
            + kind
            + "s/"
            + item.id()
            + "/content");
    if (select.has("meetingOrganizer")) {
      ArtifactJson.organizer(json, shelf.organizer(), shelf.tenant());
    }
    json.writeEndObject();
  }

  private void field(JsonGenerator json, String name, String value) throws IOException {
    if (select.has(name)) {
      json.writeStringField(name, value);
    }
  }

  private static void gone(JsonGenerator json, String id, Reason reason) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("@removed");
    json.writeStringField(
        "reason",
        switch (reason) {
          case DELETED -> "deleted";
          case EXPIRED -> "expired";
          case ACCESS_REVOKED -> "accessRevoked";
        });
    json.writeEndObject();
    json.writeStringField("id", id);
    json.writeEndObject();
  }
}
