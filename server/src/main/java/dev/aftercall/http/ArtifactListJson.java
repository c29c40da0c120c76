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
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

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
   * What Graph says before the items and we, of a long page, behind them.
   *
   * @param links {@code @odata.nextLink} or {@code @odata.deltaLink}, or neither
   */
  record Tail(Map<String, String> links, long count) {}

  /**
   * One page that is here already.
   *
   * @param changes what is on it; of removals the reason in our own words, which are finer than
   *     OData's "deleted" and "changed" (JSON Format 4.01, 15.3)
   */
  byte[] page(Tail tail, List<Change> changes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream((changes.size() + 1) * ITEM_LENGTH);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("@odata.context", collection.context(select));
      tail(json, tail);
      tip(json);
      json.writeArrayFieldStart("value");
      items(json, changes);
      json.writeEndArray();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /** One page while its rows are read; {@code tail} is asked when they all have been. */
  void write(OutputStream out, List<Change> first, PageRows rest, Supplier<Tail> tail)
      throws IOException {
    // Left open when it fails: its end would make the rest look whole.
    JsonGenerator json = JSON.createGenerator(out);
    json.writeStartObject();
    json.writeStringField("@odata.context", collection.context(select));
    tip(json);
    json.writeArrayFieldStart("value");
    items(json, first);
    while (!rest.over()) {
      items(json, rest.next());
    }
    json.writeEndArray();
    tail(json, tail.get());
    json.writeEndObject();
    json.flush();
  }

  private static void tail(JsonGenerator json, Tail tail) throws IOException {
    for (Map.Entry<String, String> link : tail.links().entrySet()) {
      json.writeStringField(link.getKey(), link.getValue());
    }
    json.writeNumberField("@odata.count", tail.count());
  }

  private void tip(JsonGenerator json) throws IOException {
    if (collection.tip().isPresent() && select.names().isEmpty()) {
      json.writeStringField("@microsoft.graph.tips", collection.tip().get());
    }
  }

  private void items(JsonGenerator json, List<Change> changes) throws IOException {
    for (Change change : changes) {
      switch (change) {
        case Change.Added(long position, Item item) -> item(json, item);
        case Change.Removed(long position, String id, Reason reason) -> gone(json, id, reason);
      }
    }
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
