package dev.aftercall.http.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.change.Versioned;
import dev.aftercall.http.Answer;
import dev.aftercall.http.Operation;
import dev.aftercall.http.Route;
import dev.aftercall.http.json.Kind;
import dev.aftercall.http.json.Member;
import dev.aftercall.http.json.Shape;
import dev.aftercall.ruling.Group;
import dev.aftercall.ruling.GroupMember;
import dev.aftercall.ruling.Groups;
import dev.aftercall.ruling.Warnings;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** {@code /admin/v1/groups}: who is in which group, be it by way of groups within. */
public final class AdminGroups {
  private static final Shape GROUP =
      Shape.of(
          "admin.group",
          "A group.",
          Member.readOnly("id", new Kind.Guid(), "Its object id."),
          Member.optional("displayName", new Kind.Text(0, 256), "What people call it."),
          Member.readOnly(
              "peopleCount",
              new Kind.Whole(0, Integer.MAX_VALUE),
              "How many people are in it themselves."),
          Member.readOnly(
              "groupsCount",
              new Kind.Whole(0, Integer.MAX_VALUE),
              "How many groups are in it themselves."),
          Shapes.WARNINGS);

  private static final Shape MEMBER =
      Shape.of(
          "admin.member",
          "Who is in a group itself.",
          Member.readOnly("id", new Kind.Guid(), "The object id."),
          Member.readOnly(
              "type", new Kind.OneOf(List.of("user", "group")), "A person or another group."),
          Shapes.WARNINGS);

  private final Groups groups;
  private final Warnings warnings;

  /** Speaks for those groups. */
  public AdminGroups(Groups groups, Warnings warnings) {
    this.groups = groups;
    this.warnings = warnings;
  }

  /** The routes of this resource. */
  public List<Route> routes(AdminDoor door) {
    String all = "/admin/v1/groups";
    String one = all + "/{groupId}";
    String members = one + "/members";
    String member = members + "/{memberType:users|groups}/{memberId}";
    return List.of(
        door.look("GET", all, Operation.of("Lists groups by id.").listing(GROUP), this::list),
        door.look("GET", one, Operation.of("Gets a group.").answering(GROUP), this::get),
        door.change(
            "PUT",
            one,
            Operation.of("Makes a group or renames one; its members stay.")
                .taking(GROUP)
                .answering(GROUP),
            this::put),
        door.change(
            "DELETE",
            one,
            Operation.of("Removes a group; what is granted to it counts for nobody then."),
            this::delete),
        door.look(
            "GET",
            members,
            Operation.of("Lists who is in a group itself: groups, then people.").listing(MEMBER),
            this::members),
        door.look(
            "GET",
            member,
            Operation.of("Gets a member, if it is one.").answering(MEMBER),
            this::member),
        door.change("PUT", member, Operation.of("Puts somebody in.").answering(MEMBER), this::join),
        door.change("DELETE", member, Operation.of("Takes somebody out."), this::leave));
  }

  private Answer list(AdminRequest request) {
    return AdminAnswers.list(
        request,
        groups.list(request.tenant(), request.paging()),
        group -> group.value().id().toString(),
        group -> AdminAnswers.item(json(group)));
  }

  private Answer get(AdminRequest request) {
    return AdminAnswers.ok(json(groups.get(request.tenant(), request.guid("groupId"))));
  }

  private Answer put(AdminRequest request) throws IOException {
    Groups.Saved saved =
        groups.put(
            request.tenant(),
            request.guid("groupId"),
            request.body().text("displayName").orElse(""),
            request.precondition());
    return AdminAnswers.saved(request, json(saved.group()), saved.created(), List.of());
  }

  private Answer delete(AdminRequest request) {
    groups.remove(request.tenant(), request.guid("groupId"), request.precondition());
    return AdminAnswers.gone();
  }

  private Answer members(AdminRequest request) {
    return AdminAnswers.list(
        request,
        groups.members(request.tenant(), request.guid("groupId"), request.paging()),
        member -> Groups.key(member.value()),
        member -> AdminAnswers.item(memberJson(member)));
  }

  private Answer member(AdminRequest request) {
    UUID group = groups.get(request.tenant(), request.guid("groupId")).value().id();
    GroupMember wanted = named(request);
    return AdminAnswers.ok(
        memberJson(
            groups
                .member(request.tenant(), group, wanted)
                .orElseThrow(() -> Groups.noMember(group, wanted))));
  }

  private static GroupMember named(AdminRequest request) {
    UUID id = request.guid("memberId");
    return request.parameter("memberType").equals("groups")
        ? new GroupMember.Nested(id)
        : new GroupMember.Person(id);
  }

  private Answer join(AdminRequest request) {
    GroupMember member = named(request);
    Groups.Joined joined =
        groups.join(request.tenant(), request.guid("groupId"), member, request.precondition());
    return AdminAnswers.saved(
        request,
        memberJson(joined.member()),
        joined.created(),
        warnings.of(request.tenant(), member));
  }

  private Answer leave(AdminRequest request) {
    groups.leave(request.tenant(), request.guid("groupId"), named(request), request.precondition());
    return AdminAnswers.gone();
  }

  private static Versioned<ObjectNode> json(Versioned<Group> group) {
    return new Versioned<>(
        AdminAnswers.object()
            .put("id", group.value().id().toString())
            .put("displayName", group.value().displayName())
            .put("peopleCount", group.value().people())
            .put("groupsCount", group.value().groups()),
        group.version());
  }

  private static Versioned<ObjectNode> memberJson(Versioned<GroupMember> member) {
    return new Versioned<>(
        AdminAnswers.object()
            .put("id", member.value().id().toString())
            .put("type", member.value() instanceof GroupMember.Nested ? "group" : "user"),
        member.version());
  }
}
