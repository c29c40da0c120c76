package dev.aftercall.http.scim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.http.Answer;
import dev.aftercall.http.Operation;
import dev.aftercall.http.Route;
import dev.aftercall.scim.ScimException;
import java.util.List;

/** What this server says of itself (RFC 7643, 5 to 7). */
public final class ScimSelf {
  private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:";

  private static final Operation ONE =
      Operation.of("Says what this server can.").answering(ScimShapes.DOCUMENT);
  private static final Operation ALL =
      Operation.of("Lists what this server has.").answering(ScimShapes.DOCUMENTS);

  /** The routes of these resources. */
  public List<Route> routes(ScimDoor door) {
    return List.of(
        door.route(
            "GET",
            "/ServiceProviderConfig",
            ONE,
            request -> ScimAnswers.json(200, config(request))),
        door.route(
            "GET", "/ResourceTypes", ALL, request -> all(List.of(user(request), group(request)))),
        door.route(
            "GET",
            "/ResourceTypes/{id}",
            ONE,
            request -> one(request, List.of(user(request), group(request)))),
        door.route(
            "GET",
            "/Schemas",
            ALL,
            request -> all(List.of(userSchema(request), groupSchema(request)))),
        door.route(
            "GET",
            "/Schemas/{id}",
            ONE,
            request -> one(request, List.of(userSchema(request), groupSchema(request)))));
  }

  private static Answer all(List<ObjectNode> resources) {
    ObjectNode list =
        ScimAnswers.object("urn:ietf:params:scim:api:messages:2.0:ListResponse")
            .put("totalResults", resources.size())
            .put("startIndex", 1)
            .put("itemsPerPage", resources.size());
    list.putArray("Resources").addAll(resources);
    return ScimAnswers.json(200, list);
  }

  private static Answer one(ScimRequest request, List<ObjectNode> resources) {
    String id = request.request().parameter("id");
    return resources.stream()
        .filter(each -> each.path("id").asText().equalsIgnoreCase(id))
        .findFirst()
        .map(each -> ScimAnswers.json(200, each))
        .orElseThrow(() -> ScimException.notFound("such document", id));
  }

  private static ObjectNode config(ScimRequest request) {
    ObjectNode json = ScimAnswers.object(CORE + "ServiceProviderConfig");
    json.putObject("patch").put("supported", true);
    json.putObject("bulk").put("supported", false).put("maxOperations", 0).put("maxPayloadSize", 0);
    json.putObject("filter").put("supported", true).put("maxResults", ScimRequest.MOST);
    json.putObject("changePassword").put("supported", false);
    json.putObject("sort").put("supported", false);
    json.putObject("etag").put("supported", true);
    json.putArray("authenticationSchemes")
        .addObject()
        .put("type", "oauthbearertoken")
        .put("name", "Bearer token")
        .put(
            "description",
            "A provisioning token made by 'aftercall scim token create', or an access token with"
                + " Recordings.Manage.")
        .put("primary", true);
    meta(json, "ServiceProviderConfig", request, "ServiceProviderConfig");
    return json;
  }

  private static ObjectNode user(ScimRequest request) {
    return type(request, "User", "/Users", ScimUserRoutes.SCHEMA);
  }

  private static ObjectNode group(ScimRequest request) {
    return type(request, "Group", "/Groups", ScimGroupRoutes.SCHEMA);
  }

  private static ObjectNode type(ScimRequest request, String name, String endpoint, String schema) {
    ObjectNode json =
        ScimAnswers.object(CORE + "ResourceType")
            .put("id", name)
            .put("name", name)
            .put("endpoint", endpoint)
            .put("schema", schema);
    meta(json, "ResourceType", request, "ResourceTypes/" + name);
    return json;
  }

  private static ObjectNode userSchema(ScimRequest request) {
    ObjectNode json =
        ScimAnswers.object(CORE + "Schema").put("id", ScimUserRoutes.SCHEMA).put("name", "User");
    ArrayNode all = json.putArray("attributes");
    all.add(attribute("userName", "string", true, "server"));
    all.add(attribute("externalId", "string", false, "server").put("caseExact", true));
    all.add(attribute("active", "boolean", false, "none"));
    all.add(attribute("displayName", "string", false, "none"));
    ObjectNode name = attribute("name", "complex", false, "none");
    ArrayNode parts = name.putArray("subAttributes");
    for (String part : List.of("formatted", "familyName", "givenName")) {
      parts.add(attribute(part, "string", false, "none"));
    }
    all.add(name);
    ObjectNode emails = attribute("emails", "complex", false, "none").put("multiValued", true);
    emails
        .putArray("subAttributes")
        .add(attribute("value", "string", false, "none"))
        .add(attribute("type", "string", false, "none"))
        .add(attribute("primary", "boolean", false, "none"));
    all.add(emails);
    meta(json, "Schema", request, "Schemas/" + ScimUserRoutes.SCHEMA);
    return json;
  }

  private static ObjectNode groupSchema(ScimRequest request) {
    ObjectNode json =
        ScimAnswers.object(CORE + "Schema").put("id", ScimGroupRoutes.SCHEMA).put("name", "Group");
    ArrayNode all = json.putArray("attributes");
    all.add(attribute("displayName", "string", true, "none"));
    all.add(attribute("externalId", "string", false, "server").put("caseExact", true));
    ObjectNode members = attribute("members", "complex", false, "none").put("multiValued", true);
    members
        .putArray("subAttributes")
        .add(attribute("value", "string", true, "none").put("mutability", "immutable"))
        .add(attribute("type", "string", false, "none").put("mutability", "immutable"));
    all.add(members);
    meta(json, "Schema", request, "Schemas/" + ScimGroupRoutes.SCHEMA);
    return json;
  }

  private static ObjectNode attribute(
      String name, String type, boolean required, String uniqueness) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", name)
        .put("type", type)
        .put("multiValued", false)
        .put("required", required)
        .put("caseExact", false)
        .put("mutability", "readWrite")
        .put("returned", "default")
        .put("uniqueness", uniqueness);
  }

  private static void meta(ObjectNode json, String type, ScimRequest request, String path) {
    json.putObject("meta")
        .put("resourceType", type)
        .put("location", request.request().target().base() + "/scim/v2/" + path);
  }
}
