package dev.aftercall.http.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.http.Answer;
import dev.aftercall.http.Operation;
import dev.aftercall.http.Route;
import dev.aftercall.identity.Guids;
import dev.aftercall.meeting.GraphIds;
import dev.aftercall.scim.PatchBody;
import dev.aftercall.scim.ScimException;
import dev.aftercall.scim.ScimUser;
import dev.aftercall.scim.ScimUsers;
import dev.aftercall.scim.Stored;
import dev.aftercall.scim.UserPatch;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** {@code /scim/v2/Users}. */
public final class ScimUserRoutes {
  static final String SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User";
  private static final String KIND = "Users";
  private static final List<String> ATTRIBUTES =
      List.of("externalId", "userName", "active", "displayName", "name", "emails");

  private final ScimUsers users;
  private final InstantSource clock;

  /** Speaks for those people. */
  public ScimUserRoutes(ScimUsers users, InstantSource clock) {
    this.users = users;
    this.clock = clock;
  }

  /** The routes of this resource. */
  public List<Route> routes(ScimDoor door) {
    String one = "/Users/{id}";
    return List.of(
        door.route(
            "GET", "/Users", ScimShapes.listing("Lists people.", ScimShapes.USERS), this::list),
        door.route(
            "POST",
            "/Users",
            Operation.of("Makes a person.").taking(ScimShapes.USER).answering(ScimShapes.USER),
            this::create),
        door.route(
            "GET", one, Operation.of("Gets a person.").answering(ScimShapes.USER), this::get),
        door.route(
            "PUT",
            one,
            Operation.of("Replaces a person.").taking(ScimShapes.USER).answering(ScimShapes.USER),
            this::replace),
        door.route(
            "PATCH",
            one,
            Operation.of("Changes a person.").taking(ScimShapes.PATCH).answering(ScimShapes.USER),
            this::patch),
        door.route("DELETE", one, Operation.of("Removes a person."), this::delete));
  }

  private Answer list(ScimRequest request) {
    return ScimAnswers.list(
        request,
        users.list(request.tenant(), request.filter(), request.start(), request.count()),
        user -> json(request, user));
  }

  private Answer create(ScimRequest request) throws IOException {
    ScimUser user = ScimUser.read(request.body());
    Stored<ScimUser> made = users.create(request.tenant(), idOf(request, user), user, now());
    return ScimAnswers.resource(201, json(request, made));
  }

  /**
   * The id that tokens name the person by: the directory's object id, or what the issuer's subject
   * is turned into.
   */
  private static UUID idOf(ScimRequest request, ScimUser user) {
    Optional<UUID> guid = user.externalId().flatMap(GraphIds::guid);
    Optional<UUID> made =
        request
            .issuer()
            .map(issuer -> Guids.ofName(issuer, user.externalId().orElse(user.userName())));
    return guid.or(() -> made)
        .orElseThrow(
            () ->
                new ScimException(
                    400,
                    "invalidValue",
                    "'externalId' must be the person's object id, a GUID, for by that tokens and"
                        + " policies name them. In Entra ID map objectId to externalId; where ids"
                        + " are no GUIDs, make the token with 'aftercall scim token create"
                        + " --issuer URL'."));
  }

  private Answer get(ScimRequest request) {
    UUID id = request.id("user");
    return ScimAnswers.resource(
        200,
        json(
            request,
            users
                .find(request.tenant(), id)
                .orElseThrow(() -> ScimException.notFound("user", id.toString()))));
  }

  private Answer replace(ScimRequest request) throws IOException {
    ScimUser after = ScimUser.read(request.body());
    return changed(request, before -> after);
  }

  private Answer patch(ScimRequest request) throws IOException {
    PatchBody patch = PatchBody.read(request.body());
    return changed(request, before -> UserPatch.apply(before, patch));
  }

  private Answer changed(ScimRequest request, UnaryOperator<ScimUser> change) {
    UUID id = request.id("user");
    Stored<ScimUser> after =
        users.change(
            request.tenant(),
            id,
            request.version(),
            before -> sameId(id, change.apply(before)),
            now());
    return ScimAnswers.resource(200, json(request, after));
  }

  private static ScimUser sameId(UUID id, ScimUser user) {
    boolean another =
        user.externalId().flatMap(GraphIds::guid).filter(it -> !it.equals(id)).isPresent();
    if (another) {
      throw new ScimException(
          400,
          "mutability",
          "'externalId' is the person's object id and stays; delete the user and make another.");
    }
    return user;
  }

  private Answer delete(ScimRequest request) {
    users.delete(request.tenant(), request.id("user"), request.version());
    return Answer.empty(204);
  }

  private static ObjectNode json(ScimRequest request, Stored<ScimUser> user) {
    ObjectNode json = ScimAnswers.object(SCHEMA).put("id", user.id().toString());
    ObjectNode all = user.value().json();
    ATTRIBUTES.stream()
        .filter(name -> all.has(name) && (name.equals("userName") || request.wants(name)))
        .forEach(name -> json.set(name, all.get(name)));
    ScimAnswers.meta(json, "User", user, request.location(KIND, user.id()));
    return json;
  }

  private long now() {
    return Ticks.of(clock.instant());
  }
}
