package dev.aftercall.ruling;

import dev.aftercall.change.ChangeRefused;
import dev.aftercall.change.Precondition;
import dev.aftercall.change.Versioned;
import dev.aftercall.query.Page;
import dev.aftercall.query.Paging;
import java.util.Optional;
import java.util.UUID;

/**
 * Where groups and their members are kept. Groups may hold groups, never in a circle and no deeper
 * than {@link Nesting#DEEPEST}; whoever is in a group is in all that hold it. A group's version
 * moves on with its members too.
 */
public interface Groups {
  /** Groups by id; {@link Paging#after} is one. */
  Page<Versioned<Group>> list(UUID tenant, Paging paging);

  /** The group of that id. */
  Optional<Versioned<Group>> find(UUID tenant, UUID id);

  /**
   * The group of that id.
   *
   * @throws ChangeRefused when there is none
   */
  default Versioned<Group> get(UUID tenant, UUID id) {
    return find(tenant, id).orElseThrow(() -> none(id));
  }

  /** There is no such group. */
  static ChangeRefused none(UUID id) {
    return ChangeRefused.notFound(
        "There is no group " + id + ".",
        "See them with GET /admin/v1/groups or 'aftercall group list'.");
  }

  /** They are not in that group. */
  static ChangeRefused noMember(UUID group, GroupMember member) {
    return ChangeRefused.notFound(
        member.id() + " is not in group " + group + " itself.",
        "See who is with GET /admin/v1/groups/" + group + "/members.");
  }

  /** A group as it stands now, and whether it was made by this. */
  record Saved(Versioned<Group> group, boolean created) {}

  /**
   * Makes a group or renames one; its members stay.
   *
   * @throws ChangeRefused when the precondition does not hold
   */
  Saved put(UUID tenant, UUID id, String displayName, Precondition precondition);

  /**
   * Removes a group with its members and its places in other groups. What is granted to it stays
   * and counts for nobody.
   *
   * @throws ChangeRefused when there is none, or the precondition does not hold
   */
  void remove(UUID tenant, UUID id, Precondition precondition);

  /** Groups that are members, then people, each by id; {@link Paging#after} is {@link #key}. */
  Page<Versioned<GroupMember>> members(UUID tenant, UUID group, Paging paging);

  /** What a member is found by in a list. */
  static String key(GroupMember member) {
    return switch (member) {
      case GroupMember.Nested nested -> "group " + nested.id();
      case GroupMember.Person person -> "user " + person.id();
    };
  }

  /** The version of a membership, if it is one. */
  Optional<Versioned<GroupMember>> member(UUID tenant, UUID group, GroupMember member);

  /** A membership as it stands now, and whether it was made by this. */
  record Joined(Versioned<GroupMember> member, boolean created) {}

  /**
   * Puts somebody in; nothing changes when they are in already.
   *
   * @throws ChangeRefused when there is no such group, it would be in itself, the nesting would be
   *     too deep, or the precondition does not hold
   */
  Joined join(UUID tenant, UUID group, GroupMember member, Precondition precondition);

  /**
   * Takes somebody out.
   *
   * @throws ChangeRefused when they are not in, or the precondition does not hold
   */
  void leave(UUID tenant, UUID group, GroupMember member, Precondition precondition);
}
