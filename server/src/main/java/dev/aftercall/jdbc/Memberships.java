package dev.aftercall.jdbc;

import dev.aftercall.change.ChangeRefused;
import dev.aftercall.change.ChangeRefused.Reason;
import dev.aftercall.change.Versioned;
import dev.aftercall.ruling.GroupMember;
import dev.aftercall.ruling.Nesting;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The two tables of who is in a group: people and groups. */
final class Memberships {
  private Memberships() {}

  private static String table(GroupMember member) {
    return switch (member) {
      case GroupMember.Person person -> "group_member";
      case GroupMember.Nested nested -> "group_in_group";
    };
  }

  private static String column(GroupMember member) {
    return switch (member) {
      case GroupMember.Person person -> "person_id";
      case GroupMember.Nested nested -> "member_group_id";
    };
  }

  static Optional<Versioned<GroupMember>> find(
      Handle handle, UUID tenant, UUID group, GroupMember member) {
    return handle
        .createQuery(
            "select version from "
                + table(member)
                + " where tenant_id = :tenant and group_id = :group and "
                + column(member)
                + " = :id")
        .bind("tenant", tenant.toString())
        .bind("group", group.toString())
        .bind("id", member.id().toString())
        .mapTo(Long.class)
        .findOne()
        .map(version -> new Versioned<>(member, version));
  }

  static void insert(Handle handle, UUID tenant, UUID group, GroupMember member, long version) {
    handle.execute(
        "insert into "
            + table(member)
            + " (tenant_id, group_id, "
            + column(member)
            + ", version) values (?, ?, ?, ?)",
        tenant.toString(),
        group.toString(),
        member.id().toString(),
        version);
  }

  static void delete(Handle handle, UUID tenant, UUID group, GroupMember member) {
    handle.execute(
        "delete from "
            + table(member)
            + " where tenant_id = ? and group_id = ? and "
            + column(member)
            + " = ?",
        tenant.toString(),
        group.toString(),
        member.id().toString());
  }

  /** To be asked behind the lock of all changes of rules: two halves of a circle may not meet. */
  static void refuseCircle(Handle handle, UUID tenant, UUID group, UUID member) {
    Nesting nesting = nesting(handle, tenant);
    if (nesting.circleBy(group, member)) {
      throw new ChangeRefused(
          Reason.CONFLICT,
          group.equals(member)
              ? "A group cannot be in itself."
              : "Group "
                  + group
                  + " is already in group "
                  + member
                  + ", itself or by way of others; the other way round makes a circle.",
          "Take " + group + " out of " + member + " first, or choose another group.");
    }
    if (nesting.depthBy(group, member) > Nesting.DEEPEST) {
      throw new ChangeRefused(
          Reason.CONFLICT,
          "Groups would lie in groups deeper than " + Nesting.DEEPEST + " levels.",
          "Put the members in directly, or leave levels out.");
    }
  }

  private static Nesting nesting(Handle handle, UUID tenant) {
    Nesting nesting = new Nesting();
    handle
        .createQuery(
            "select group_id, member_group_id from group_in_group where tenant_id = :tenant")
        .bind("tenant", tenant.toString())
        .map((row, context) -> new String[] {row.getString(1), row.getString(2)})
        .forEach(edge -> nesting.add(UUID.fromString(edge[0]), UUID.fromString(edge[1])));
    return nesting;
  }
}
