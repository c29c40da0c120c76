package dev.aftercall.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.gate.MeetingAsk;
import dev.aftercall.gate.MeetingGate;
import dev.aftercall.http.odata.Select;
import dev.aftercall.meeting.CalendarQuery;
import dev.aftercall.meeting.OnlineMeeting;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * As much of Graph's calendar as clients need to find meetings: a person's events that are online
 * meetings, and new ones, which is the documented way to a meeting whose recordings the API serves.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/user-list-events">List events</a>
 */
public final class CalendarEvents {
  private final MeetingGate gate;
  private final PageTokens tokens;
  private final InstantSource clock;

  /**
   * Speaks for that gate.
   *
   * @param secret that signs page tokens; the same on all servers of one database
   */
  public CalendarEvents(MeetingGate gate, String secret, InstantSource clock) {
    this.gate = gate;
    this.tokens = new PageTokens(secret, clock, ListSettings.DEFAULT.tokenLifetime());
    this.clock = clock;
  }

  /**
   * The routes of this resource.
   *
   * @param versions {@code v1.0|beta}, or what the cloud offers of it; empty for none
   */
  public List<Route> routes(String versions) {
    List<Route> routes = new ArrayList<>();
    if (versions.isEmpty()) {
      return routes;
    }
    for (String person : List.of("/me", "/users/{userId}")) {
      for (String calendar : List.of("", "/calendar")) {
        String root = "/{version:" + versions + "}" + person + calendar;
        routes.add(token("GET", root + "/events", this::list));
        routes.add(token("POST", root + "/events", this::create));
        routes.add(token("GET", root + "/events/{eventId}", this::get));
        routes.add(token("GET", root + "/calendarView", this::view));
      }
    }
    return routes;
  }

  private static Route token(String method, String path, Route.Handler handler) {
    return Route.of(method, path, Route.Admission.TOKEN, handler);
  }

  private Answer list(Request request) throws Exception {
    return page(request, EventOptions.of(request, tokens), "/events");
  }

  private Answer view(Request request) throws Exception {
    return page(request, EventOptions.ofView(request, tokens), "/calendarView");
  }

  private Answer page(Request request, EventOptions options, String collection) throws Exception {
    MeetingAsk ask = OnlineMeetings.ask(request, collection.substring(1));
    return OnlineMeetings.asking(
        () -> {
          List<OnlineMeeting> found =
              gate.calendar(ask, person -> options.query(ask.caller().tenant(), person));
          ObjectNode json = JsonBody.JSON.createObjectNode();
          json.put(
              "@odata.context",
              context(request, ask.person(), collection) + options.select().inContext());
          ArrayNode value = JsonBody.JSON.createArrayNode();
          for (OnlineMeeting meeting : found.subList(0, Math.min(found.size(), options.top()))) {
            value.add(EventJson.tree(meeting, options.select()));
          }
          if (found.size() > options.top()) {
            json.put(
                "@odata.nextLink", options.nextLink(request, tokens, found.get(options.top() - 1)));
          }
          json.set("value", value);
          return OnlineMeetings.json(200, json);
        });
  }

  private Answer get(Request request) throws Exception {
    Select select = Select.of(request, EventJson.PROPERTIES, EventJson.TYPE);
    MeetingAsk ask = OnlineMeetings.ask(request, request.parameter("eventId"));
    String thread =
        EventJson.threadId(request.parameter("eventId")).orElseThrow(Refusals::notFound);
    return OnlineMeetings.asking(
        () -> {
          List<OnlineMeeting> found =
              gate.calendar(
                  ask,
                  person ->
                      new CalendarQuery(
                          ask.caller().tenant(),
                          person,
                          List.of(),
                          Optional.empty(),
                          Optional.of(thread),
                          Optional.empty(),
                          1));
          OnlineMeeting meeting = found.stream().findFirst().orElseThrow(Refusals::notFound);
          return entity(request, ask.person(), meeting, select, 200);
        });
  }

  private Answer create(Request request) throws Exception {
    Select.none(request);
    MeetingAsk ask = OnlineMeetings.ask(request, "events");
    OnlineMeetingBody body = EventBody.of(JsonBody.object(request));
    long now = Ticks.of(clock.instant());
    return OnlineMeetings.asking(
        () -> {
          OnlineMeeting made =
              gate.createEvent(ask, who -> body.draft(ask.caller(), who, now).inCalendar());
          Select all = Select.EVERYTHING;
          return entity(request, ask.person(), made, all, 201)
              .with(
                  "Location",
                  request.serviceRoot()
                      + "/users/"
                      + ask.person()
                      + "/events/"
                      + EventJson.id(made.meeting()));
        });
  }

  private static String context(Request request, UUID person, String collection) {
    return request.serviceRoot() + "/$metadata#users('" + person + "')" + collection;
  }

  private static Answer entity(
      Request request, UUID person, OnlineMeeting meeting, Select select, int status)
      throws IOException {
    ObjectNode json = JsonBody.JSON.createObjectNode();
    json.put(
        "@odata.context", context(request, person, "/events") + select.inContext() + "/$entity");
    json.setAll(EventJson.tree(meeting, select));
    return OnlineMeetings.json(status, json);
  }
}
