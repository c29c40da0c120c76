package dev.aftercall.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.http.CsdlType.ListOf;
import dev.aftercall.http.CsdlType.Structure;
import dev.aftercall.time.Ticks;
import java.util.Map;

/** Reads an event that is to be an online meeting. */
final class EventBody {
  private static final CsdlType TEXT = new CsdlType.Text();
  private static final CsdlType TIME = new Structure(Map.of("dateTime", TEXT, "timeZone", TEXT));

  private static final Structure TYPE =
      new Structure(
          Map.of(
              "subject",
              TEXT,
              "start",
              TIME,
              "end",
              TIME,
              "isOnlineMeeting",
              new CsdlType.Flag(),
              "onlineMeetingProvider",
              CsdlType.words("unknown teamsForBusiness skypeForBusiness skypeForConsumer"),
              "attendees",
              new ListOf(
                  new Structure(
                      Map.of(
                          "type",
                          CsdlType.words("required optional resource"),
                          "emailAddress",
                          new Structure(Map.of("name", TEXT, "address", TEXT)))))));

  private EventBody() {}

  /**
   * The event as the meeting it makes.
   *
   * @throws GraphException 400 that names the member
   */
  static OnlineMeetingBody of(ObjectNode body) {
    ObjectNode event = TYPE.present(body, "");
    if (!event.path("isOnlineMeeting").asBoolean(false)) {
      throw CsdlType.wrong(
          "isOnlineMeeting", "true: events are kept here for the meetings they hold");
    }
    if (!event
        .path("onlineMeetingProvider")
        .asText("teamsForBusiness")
        .equals("teamsForBusiness")) {
      throw CsdlType.wrong("onlineMeetingProvider", "teamsForBusiness");
    }
    ObjectNode meeting = JsonBody.JSON.createObjectNode();
    meeting.set("subject", event.path("subject").isTextual() ? event.get("subject") : null);
    meeting.put("startDateTime", instant(event, "start"));
    meeting.put("endDateTime", instant(event, "end"));
    ArrayNode people = meeting.putObject("participants").putArray("attendees");
    for (JsonNode attendee : event.path("attendees")) {
      ObjectNode person = people.addObject();
      person.put("upn", attendee.path("emailAddress").path("address").textValue());
      person.put("role", "attendee");
      String name = attendee.path("emailAddress").path("name").textValue();
      person.putObject("identity").putObject("user").put("displayName", name);
    }
    return OnlineMeetingBody.of(meeting);
  }

  private static String instant(ObjectNode event, String name) {
    JsonNode time = event.path(name);
    String text = time.path("dateTime").asText("");
    String zone = time.path("timeZone").asText("UTC");
    return Ticks.format(CalendarTime.parse(text, CalendarTime.zone(zone), name + ".dateTime"));
  }
}
