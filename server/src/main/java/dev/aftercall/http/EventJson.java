package dev.aftercall.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.http.odata.Select;
import dev.aftercall.meeting.JoinUrl;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.OnlineMeeting;
import dev.aftercall.time.Ticks;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Writes a meeting as the event that holds it in its people's calendars. */
final class EventJson {
  static final String TYPE = "microsoft.graph.event";

  static final List<String> PROPERTIES =
      List.of(
          "id",
          "createdDateTime",
          "iCalUId",
          "subject",
          "type",
          "isOnlineMeeting",
          "onlineMeetingProvider",
          "onlineMeetingUrl",
          "start",
          "end",
          "organizer",
          "attendees",
          "onlineMeeting");

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String START = "event*";
  private static final int WITHOUT_ZONE = "2026-01-31T09:00:00.0000000".length();

  private EventJson() {}

  /** Opaque to clients; we find the meeting by it. */
  static String id(Meeting meeting) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((START + meeting.threadId()).getBytes(StandardCharsets.UTF_8));
  }

  /** The thread of the meeting that an event's id names. */
  static Optional<String> threadId(String id) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(id), StandardCharsets.UTF_8);
      return plain.startsWith(START) && plain.chars().noneMatch(Character::isISOControl)
          ? Optional.of(plain.substring(START.length()))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static ObjectNode tree(OnlineMeeting online, Select select) throws JsonProcessingException {
    Meeting meeting = online.meeting();
    ObjectNode json = JSON.objectNode();
    json.put("id", id(meeting));
    json.put("createdDateTime", Ticks.format(online.created()));
    json.put("iCalUId", meeting.calendarId());
    json.put("subject", meeting.subject());
    json.put("type", "singleInstance");
    json.put("isOnlineMeeting", true);
    json.put("onlineMeetingProvider", "teamsForBusiness");
    json.putNull("onlineMeetingUrl");
    json.set("start", instant(meeting.start()));
    json.set("end", instant(meeting.end()));
    if (select.has("organizer") || select.has("attendees")) {
      people(json, online);
    }
    json.putObject("onlineMeeting").put("joinUrl", JoinUrl.of(meeting.tenant(), meeting.id()));
    if (!select.names().isEmpty()) {
      json.retain(select.names());
    }
    return json;
  }

  private static ObjectNode instant(long ticks) {
    return JSON.objectNode()
        .put("dateTime", Ticks.format(ticks).substring(0, WITHOUT_ZONE))
        .put("timeZone", "UTC");
  }

  private static void people(ObjectNode json, OnlineMeeting online) throws JsonProcessingException {
    JsonNode kept =
        new OnlineMeetingJson(JoinInformation.in(Optional.empty()), false)
            .tree(online)
            .path("participants");
    json.putObject("organizer").set("emailAddress", address(kept.path("organizer")));
    ArrayNode attendees = json.putArray("attendees");
    for (JsonNode person : kept.path("attendees")) {
      ObjectNode attendee = attendees.addObject().put("type", "required");
      attendee.putObject("status").put("response", "none").put("time", "0001-01-01T00:00:00Z");
      attendee.set("emailAddress", address(person));
    }
  }

  /** There is no directory here: what is known of an address is what a token or a client said. */
  private static ObjectNode address(JsonNode participant) {
    String address = participant.path("upn").textValue();
    String name = participant.path("identity").path("user").path("displayName").textValue();
    return JSON.objectNode().put("name", name == null ? address : name).put("address", address);
  }
}
