package dev.aftercall.scim;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Keeps people that a directory sent. Their ids are those that tokens and rules name them by. */
public interface ScimUsers {
  /** People by id. */
  Stored.Found<ScimUser> list(UUID tenant, Optional<ScimFilter> filter, int start, int count);

  /** One person. */
  Optional<Stored<ScimUser>> find(UUID tenant, UUID id);

  /**
   * Makes one.
   *
   * @throws ScimException uniqueness
   */
  Stored<ScimUser> create(UUID tenant, UUID id, ScimUser user, long now);

  /**
   * Changes one. Whoever becomes inactive is in no group until they become active again.
   *
   * @param version what it must be; empty for any
   * @throws ScimException 404, 412 or uniqueness
   */
  Stored<ScimUser> change(
      UUID tenant, UUID id, OptionalLong version, UnaryOperator<ScimUser> change, long now);

  /**
   * Removes one, with memberships.
   *
   * @throws ScimException 404 or 412
   */
  void delete(UUID tenant, UUID id, OptionalLong version);
}
