package dev.aftercall.scim;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Keeps groups that a directory sent; their members are those of the rules. */
public interface ScimGroups {
  /**
   * Groups by id.
   *
   * @param members whether to read them too
   */
  Stored.Found<ScimGroup> list(
      UUID tenant, Optional<ScimFilter> filter, int start, int count, boolean members);

  /** One group. */
  Optional<Stored<ScimGroup>> find(UUID tenant, UUID id, boolean members);

  /**
   * Makes one, with these members and no others.
   *
   * @throws ScimException uniqueness
   */
  Stored<ScimGroup> create(UUID tenant, UUID id, ScimGroup group, long now);

  /**
   * Changes one, in one transaction.
   *
   * @param version what it must be; empty for any
   * @throws ScimException 404, 412 or uniqueness
   */
  void change(UUID tenant, UUID id, OptionalLong version, GroupPatch patch, long now);

  /**
   * Removes one with its members; what was granted to it stays granted, to nobody.
   *
   * @throws ScimException 404 or 412
   */
  void delete(UUID tenant, UUID id, OptionalLong version);
}
