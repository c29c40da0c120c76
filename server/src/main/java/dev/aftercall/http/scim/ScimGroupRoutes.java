package dev.aftercall.http.scim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.http.Answer;
import dev.aftercall.http.Operation;
import dev.aftercall.http.Route;
import dev.aftercall.meeting.GraphIds;
import dev.aftercall.scim.GroupPatch;
import dev.aftercall.scim.GroupPatch.Change;
import dev.aftercall.scim.PatchBody;
import dev.aftercall.scim.ScimException;
import dev.aftercall.scim.ScimGroup;
import dev.aftercall.scim.ScimGroups;
import dev.aftercall.scim.Stored;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** {@code /scim/v2/Groups}. */
public final class ScimGroupRoutes {
  static final String SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Group";
  private static final String KIND = "Groups";

  private final ScimGroups groups;
  private final Ids ids;
  private final InstantSource clock;

  /** Speaks for those groups. */
  public ScimGroupRoutes(ScimGroups groups, Ids ids, InstantSource clock) {
    this.groups = groups;
    this.ids = ids;
    this.clock = clock;
  }

  /** The routes of this resource. */
  public List<Route> routes(ScimDoor door) {
    String one = "/Groups/{id}";
    return List.of(
        door.route(
            "GET", "/Groups", ScimShapes.listing("Lists groups.", ScimShapes.GROUPS), this::list),
        door.route(
            "POST",
            "/Groups",
            Operation.of("Makes a group.").taking(ScimShapes.GROUP).answering(ScimShapes.GROUP),
            this::create),
        door.route(
            "GET", one, Operation.of("Gets a group.").answering(ScimShapes.GROUP), this::get),
        door.route(
            "PUT",
            one,
            Operation.of("Replaces a group.").taking(ScimShapes.GROUP).answering(ScimShapes.GROUP),
            this::replace),
        door.route(
            "PATCH", one, Operation.of("Changes a group.").taking(ScimShapes.PATCH), this::patch),
        door.route("DELETE", one, Operation.of("Removes a group."), this::delete));
  }

  private Answer list(ScimRequest request) {
    return ScimAnswers.list(
        request,
        groups.list(
            request.tenant(),
            request.filter(),
            request.start(),
            request.count(),
            request.wants("members")),
        group -> json(request, group));
  }

  /** The id that policies are granted to: the directory's object id where it sends one. */
  private Answer create(ScimRequest request) throws IOException {
    ScimGroup group = ScimGroup.read(request.body());
    UUID id = group.externalId().flatMap(GraphIds::guid).orElseGet(ids::guid);
    Stored<ScimGroup> made = groups.create(request.tenant(), id, group, now());
    return ScimAnswers.resource(201, json(request, made));
  }

  private Answer get(ScimRequest request) {
    return ScimAnswers.resource(200, json(request, found(request, request.id("group"))));
  }

  private Stored<ScimGroup> found(ScimRequest request, UUID id) {
    return groups
        .find(request.tenant(), id, request.wants("members"))
        .orElseThrow(() -> ScimException.notFound("group", id.toString()));
  }

  private Answer replace(ScimRequest request) throws IOException {
    UUID id = request.id("group");
    ScimGroup group = ScimGroup.read(request.body());
    groups.change(
        request.tenant(),
        id,
        request.version(),
        new GroupPatch(
            List.of(
                new Change.Name(group.displayName()),
                new Change.ExternalId(group.externalId()),
                new Change.Replace(group.members()))),
        now());
    return ScimAnswers.resource(200, json(request, found(request, id)));
  }

  /** 204, as RFC 7644, 3.5.2 allows: nobody waits for the members of a large group. */
  private Answer patch(ScimRequest request) throws IOException {
    groups.change(
        request.tenant(),
        request.id("group"),
        request.version(),
        GroupPatch.read(PatchBody.read(request.body())),
        now());
    return Answer.empty(204);
  }

  private Answer delete(ScimRequest request) {
    groups.delete(request.tenant(), request.id("group"), request.version());
    return Answer.empty(204);
  }

  private static ObjectNode json(ScimRequest request, Stored<ScimGroup> group) {
    ObjectNode json = ScimAnswers.object(SCHEMA).put("id", group.id().toString());
    group.value().externalId().ifPresent(id -> json.put("externalId", id));
    json.put("displayName", group.value().displayName());
    if (request.wants("members")) {
      ArrayNode members = json.putArray("members");
      group
          .value()
          .members()
          .forEach(
              member ->
                  members
                      .addObject()
                      .put("value", member.toString())
                      .put("$ref", request.location("Users", member))
                      .put("type", "User"));
    }
    ScimAnswers.meta(json, "Group", group, request.location(KIND, group.id()));
    return json;
  }

  private long now() {
    return Ticks.of(clock.instant());
  }
}
