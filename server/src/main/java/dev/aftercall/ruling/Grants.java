package dev.aftercall.ruling;

import dev.aftercall.change.ChangeRefused;
import dev.aftercall.change.Precondition;
import dev.aftercall.change.Versioned;
import dev.aftercall.query.Page;
import dev.aftercall.query.Paging;
import java.util.Optional;
import java.util.UUID;

/** Where it is kept which policy is granted to whom: to each grantee one. */
public interface Grants {
  /**
   * The global grant, those of groups, then those of people, each by id.
   *
   * @param policy of that policy alone
   */
  Page<Versioned<Grant>> list(UUID tenant, Optional<String> policy, Paging paging);

  /** What a grant is found by in a list, for {@link Paging#after}. */
  static String key(Grant grant) {
    return switch (grant.grantee()) {
      case Grantee.User user -> "user " + user.id();
      case Grantee.Group group -> "group " + group.id();
      case Grantee.Everyone everyone -> "global ";
    };
  }

  /** What is granted to exactly that one. */
  Optional<Versioned<Grant>> find(UUID tenant, Grantee grantee);

  /**
   * The same.
   *
   * @throws ChangeRefused when nothing is
   */
  default Versioned<Grant> get(UUID tenant, Grantee grantee) {
    return find(tenant, grantee).orElseThrow(() -> none(grantee));
  }

  /** There is nothing granted. */
  static ChangeRefused none(Grantee grantee) {
    return ChangeRefused.notFound(
        "Nothing is granted to " + grantee.text() + " itself.",
        "See what is granted with GET /admin/v1/grants or 'aftercall policy list'.");
  }

  /** A grant as it stands now, and whether it was made by this. */
  record Saved(Versioned<Grant> grant, boolean created) {}

  /**
   * Grants a policy in place of the one granted before.
   *
   * @throws ChangeRefused when there is no such policy, another group has the rank, or the
   *     precondition does not hold
   */
  Saved put(UUID tenant, Grant grant, Precondition precondition);

  /**
   * Unassigns: whatever counts next counts then.
   *
   * @throws ChangeRefused when nothing is granted, or the precondition does not hold
   */
  void remove(UUID tenant, Grantee grantee, Precondition precondition);
}
