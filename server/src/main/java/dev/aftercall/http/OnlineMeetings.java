package dev.aftercall.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.gate.ChangedMeanwhile;
import dev.aftercall.gate.ExternalIdTaken;
import dev.aftercall.gate.MeetingAsk;
import dev.aftercall.gate.MeetingGate;
import dev.aftercall.gate.NoSuchMeeting;
import dev.aftercall.gate.Refused;
import dev.aftercall.http.odata.Select;
import dev.aftercall.meeting.MeetingId;
import dev.aftercall.meeting.OnlineMeeting;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Graph's onlineMeeting: create, createOrGet, get, change, delete; look-ups are {@link
 * OnlineMeetingLookups}.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/resources/onlinemeeting">onlineMeeting</a>
 */
public final class OnlineMeetings {
  private final MeetingGate gate;
  private final InstantSource clock;

  /** Speaks for that gate. */
  public OnlineMeetings(MeetingGate gate, InstantSource clock) {
    this.gate = gate;
    this.clock = clock;
  }

  /**
   * The routes of this resource. Those of functions under {@code onlineMeetings} come before them,
   * for a function's name could be a meeting's id.
   *
   * @param versions {@code v1.0|beta}, or what the cloud offers of it; empty for none
   */
  public List<Route> routes(String versions) {
    List<Route> routes = new ArrayList<>();
    if (versions.isEmpty()) {
      return routes;
    }
    OnlineMeetingLookups lookups = new OnlineMeetingLookups(gate);
    for (String person : List.of("/me", "/users/{userId}")) {
      String meetings = "/{version:" + versions + "}" + person + "/onlineMeetings";
      String meeting = meetings + "/{meetingId}";
      routes.add(token("POST", meetings, this::create));
      routes.add(token("GET", meetings, lookups::find));
      routes.add(token("POST", meetings + "/createOrGet", this::createOrGet));
      routes.add(token("POST", meetings + "/microsoft.graph.createOrGet", this::createOrGet));
      routes.add(token("GET", meeting, this::get));
      routes.add(token("PATCH", meeting, this::change));
      routes.add(token("DELETE", meeting, this::delete));
    }
    String tenantWide = "/{version:" + versions + "}/communications/onlineMeetings";
    routes.add(token("GET", tenantWide, lookups::findTenantWide));
    return routes;
  }

  private static Route token(String method, String path, Route.Handler handler) {
    return Route.of(method, path, Route.Admission.TOKEN, handler);
  }

  private Answer create(Request request) throws Exception {
    Select.none(request);
    MeetingAsk ask = ask(request, "onlineMeetings");
    OnlineMeetingBody body = OnlineMeetingBody.of(JsonBody.object(request));
    long now = Ticks.of(clock.instant());
    return asking(
        () -> made(request, ask, gate.create(ask, who -> body.draft(ask.caller(), who, now)), 201));
  }

  private Answer createOrGet(Request request) throws Exception {
    Select.none(request);
    MeetingAsk ask = ask(request, "onlineMeetings/createOrGet");
    OnlineMeetingBody body = OnlineMeetingBody.of(JsonBody.object(request)).requireExternalId();
    long now = Ticks.of(clock.instant());
    return asking(
        () -> {
          MeetingGate.Made made = gate.createOrGet(ask, who -> body.draft(ask.caller(), who, now));
          return made(request, ask, made.meeting(), made.created() ? 201 : 200);
        });
  }

  private static Answer made(Request request, MeetingAsk ask, OnlineMeeting meeting, int status)
      throws IOException {
    Answer answer = entity(request, ask, meeting, Select.EVERYTHING, status);
    return status == 201 ? answer.with("Location", location(request, ask, meeting)) : answer;
  }

  private static String location(Request request, MeetingAsk ask, OnlineMeeting meeting) {
    String id = meeting.meeting().id().encoded().replace("=", "%3D");
    return request.serviceRoot() + "/users/" + ask.person() + "/onlineMeetings/" + id;
  }

  private Answer get(Request request) throws Exception {
    Select select =
        Select.of(request, OnlineMeetingType.properties(request), OnlineMeetingType.NAME);
    MeetingAsk ask = ask(request, request.parameter("meetingId"));
    MeetingId id = Refusals.meetingId(request);
    return asking(() -> entity(request, ask, gate.get(ask, id), select, 200));
  }

  private Answer change(Request request) throws Exception {
    Select.none(request);
    MeetingAsk ask = ask(request, request.parameter("meetingId"));
    MeetingId id = Refusals.meetingId(request);
    OnlineMeetingBody body = OnlineMeetingBody.of(JsonBody.object(request));
    OnlineMeetingJson json = OnlineMeetingJson.of(request);
    return asking(
        () -> {
          OnlineMeeting changed =
              gate.change(
                  ask,
                  id,
                  before -> {
                    try {
                      return body.change(before, json.tree(before));
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  });
          return entity(request, ask, changed, Select.EVERYTHING, 200);
        });
  }

  private Answer delete(Request request) throws Exception {
    Select.none(request);
    MeetingAsk ask = ask(request, request.parameter("meetingId"));
    MeetingId id = Refusals.meetingId(request);
    return asking(
        () -> {
          gate.delete(ask, id);
          return Answer.empty(204);
        });
  }

  static MeetingAsk ask(Request request, String target) {
    return new MeetingAsk(
        request.trace().requestId(), request.requireCaller(), Refusals.path(request), target);
  }

  private static Answer entity(
      Request request, MeetingAsk ask, OnlineMeeting meeting, Select select, int status)
      throws IOException {
    UUID person = ask.person();
    ObjectNode json = JsonBody.JSON.createObjectNode();
    json.put(
        "@odata.context",
        OnlineMeetingJson.context(request.serviceRoot(), person, select) + "/$entity");
    json.setAll(OnlineMeetingJson.of(request).tree(meeting, select));
    return json(status, json);
  }

  static Answer json(int status, ObjectNode json) throws IOException {
    return new Answer.Whole(status, Answer.GRAPH_FIELDS, JsonBody.JSON.writeValueAsBytes(json));
  }

  /** A conversation with the gate. */
  @FunctionalInterface
  interface Asking {
    Answer answer() throws IOException;
  }

  static Answer asking(Asking asking) throws IOException {
    try {
      return asking.answer();
    } catch (Refused e) {
      throw Refusals.error(e.denial());
    } catch (NoSuchMeeting e) {
      throw Refusals.notFound();
    } catch (ChangedMeanwhile e) {
      throw new GraphException(
          ErrorCode.CONFLICT, "The meeting is being changed by others at this moment; try again.");
    } catch (ExternalIdTaken e) {
      throw new GraphException(
          ErrorCode.CONFLICT,
          "The organizer has another meeting with this externalId; call createOrGet to get it.");
    }
  }
}
