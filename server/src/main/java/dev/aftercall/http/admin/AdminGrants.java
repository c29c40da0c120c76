package dev.aftercall.http.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.change.Versioned;
import dev.aftercall.http.Answer;
import dev.aftercall.http.Operation;
import dev.aftercall.http.Route;
import dev.aftercall.http.json.Body;
import dev.aftercall.http.json.Kind;
import dev.aftercall.http.json.Member;
import dev.aftercall.http.json.Shape;
import dev.aftercall.ruling.Grant;
import dev.aftercall.ruling.Grantee;
import dev.aftercall.ruling.Grants;
import dev.aftercall.ruling.Policy;
import dev.aftercall.ruling.Warnings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** {@code /admin/v1/grants}: which policy counts for whom. */
public final class AdminGrants {
  private static final Member TYPE =
      Member.readOnly(
          "granteeType",
          new Kind.OneOf(List.of("user", "group", "global")),
          "What kind of grantee it is.");
  private static final Member ID =
      Member.readOnly("granteeId", new Kind.Guid(), "The object id; none of global.");
  private static final Member POLICY =
      Member.required(
          "policyName", new Kind.Text(1, Policy.LONGEST_NAME), "The policy that is granted.");

  private static final Shape GRANT =
      Shape.of(
          "admin.grant",
          "A policy granted to a person or to everybody.",
          TYPE,
          ID,
          POLICY,
          Member.readOnly("rank", new Kind.Whole(1, Integer.MAX_VALUE), "Of a group's alone."),
          Shapes.WARNINGS);

  private static final Shape GROUP_GRANT =
      Shape.of(
          "admin.groupGrant",
          "A policy granted to a group.",
          TYPE,
          ID,
          POLICY,
          Member.required(
              "rank",
              new Kind.Whole(1, Integer.MAX_VALUE),
              "Of several groups that a person is in, the one with the lowest rank counts; no two"
                  + " have the same."),
          Shapes.WARNINGS);

  private final Grants grants;
  private final Warnings warnings;

  /** Speaks for those grants. */
  public AdminGrants(Grants grants, Warnings warnings) {
    this.grants = grants;
    this.warnings = warnings;
  }

  /** The routes of this resource. */
  public List<Route> routes(AdminDoor door) {
    String all = "/admin/v1/grants";
    List<Route> routes = new ArrayList<>();
    routes.add(
        door.look(
            "GET",
            all,
            Operation.of("Lists grants: the global one, those of groups, those of people.")
                .listing(GRANT)
                .option("policyName", "Those of that policy alone."),
            this::list));
    one(
        routes,
        door,
        all + "/users/{userId}",
        GRANT,
        "a person",
        request -> new Grantee.User(request.guid("userId")));
    one(
        routes,
        door,
        all + "/groups/{groupId}",
        GROUP_GRANT,
        "a group",
        request -> new Grantee.Group(request.guid("groupId")));
    one(routes, door, all + "/global", GRANT, "everybody", request -> new Grantee.Everyone());
    return routes;
  }

  private void one(
      List<Route> routes,
      AdminDoor door,
      String path,
      Shape shape,
      String whom,
      Function<AdminRequest, Grantee> grantee) {
    routes.add(
        door.look(
            "GET",
            path,
            Operation.of("Gets what is granted to " + whom + ".").answering(shape),
            request ->
                AdminAnswers.ok(json(grants.get(request.tenant(), grantee.apply(request))))));
    routes.add(
        door.change(
            "PUT",
            path,
            Operation.of("Grants a policy to " + whom + ", in place of another.")
                .taking(shape)
                .answering(shape),
            request -> put(request, grantee.apply(request))));
    routes.add(
        door.change(
            "DELETE",
            path,
            Operation.of("Unassigns from " + whom + ": what counts next counts then."),
            request -> {
              grants.remove(request.tenant(), grantee.apply(request), request.precondition());
              return AdminAnswers.gone();
            }));
  }

  private Answer list(AdminRequest request) {
    return AdminAnswers.list(
        request,
        grants.list(request.tenant(), request.option("policyName"), request.paging()),
        grant -> Grants.key(grant.value()),
        grant -> AdminAnswers.item(json(grant)));
  }

  private Answer put(AdminRequest request, Grantee grantee) throws IOException {
    Body body = request.body();
    Grant grant =
        new Grant(
            grantee,
            body.text("policyName").orElseThrow(),
            grantee instanceof Grantee.Group ? (int) body.whole("rank").orElseThrow() : 0);
    Grants.Saved saved = grants.put(request.tenant(), grant, request.precondition());
    return AdminAnswers.saved(
        request, json(saved.grant()), saved.created(), warnings.of(request.tenant(), grant));
  }

  private static Versioned<ObjectNode> json(Versioned<Grant> grant) {
    ObjectNode json = AdminAnswers.object();
    switch (grant.value().grantee()) {
      case Grantee.User user ->
          json.put("granteeType", "user").put("granteeId", user.id().toString());
      case Grantee.Group group ->
          json.put("granteeType", "group").put("granteeId", group.id().toString());
      case Grantee.Everyone everyone -> json.put("granteeType", "global");
    }
    json.put("policyName", grant.value().policy());
    if (grant.value().grantee() instanceof Grantee.Group) {
      json.put("rank", grant.value().rank());
    }
    return new Versioned<>(json, grant.version());
  }
}
