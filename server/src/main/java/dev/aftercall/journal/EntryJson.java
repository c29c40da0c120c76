package dev.aftercall.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.journal.Journal.Entry;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.time.format.DateTimeParseException;
import java.util.UUID;

/** An entry in its place as JSON; nothing that is hashed is lost in it. */
public final class EntryJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private EntryJson() {}

  /** As an object. */
  public static ObjectNode object(Chain.Link link) {
    Entry entry = link.written().entry();
    Delivery delivery = entry.delivery();
    return JSON.createObjectNode()
        .put("sequence", link.sequence())
        .put("id", link.written().id())
        .put("dateTime", Ticks.format(entry.at()))
        .put("tenant", entry.tenant().toString())
        .put("requestId", entry.requestId())
        .put("caller", entry.caller())
        .put("appId", entry.appId())
        .put("action", entry.action())
        .put("target", entry.target())
        .put("rule", entry.rule())
        .put("allowed", entry.allowed())
        .put("status", delivery.status())
        .put("bytes", delivery.bytes())
        .put("whole", delivery.whole())
        .put("ranges", delivery.ranges().toString())
        .put("minutes", delivery.minutes())
        .put("hash", link.hash());
  }

  /** As a line without its end. */
  public static String line(Chain.Link link) {
    return object(link).toString();
  }

  /**
   * Reads a line.
   *
   * @throws IOException when it is no entry
   */
  static Chain.Link read(String line) throws IOException {
    try {
      JsonNode json = JSON.readTree(line);
      return new Chain.Link(
          json.path("sequence").asLong(),
          new Written(
              json.path("id").asText(),
              new Entry(
                  Ticks.parse(json.path("dateTime").asText()),
                  json.path("requestId").asText(),
                  UUID.fromString(json.path("tenant").asText()),
                  json.path("caller").asText(),
                  json.path("appId").asText(),
                  json.path("action").asText(),
                  json.path("target").asText(),
                  json.path("rule").asText(),
                  json.path("allowed").asBoolean(),
                  new Delivery(
                      json.path("status").asInt(),
                      json.path("bytes").asLong(),
                      json.path("whole").asBoolean(),
                      Ranges.parse(json.path("ranges").asText()),
                      json.path("minutes").asLong()))),
          json.path("hash").asText());
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new IOException("The line is no journal entry.", e);
    }
  }
}
