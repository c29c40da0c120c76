package dev.aftercall.ruling;

import java.util.UUID;

/** Who is in a group itself. */
public sealed interface GroupMember {
  /** The object id. */
  UUID id();

  /** A person. */
  record Person(UUID id) implements GroupMember {}

  /** Another group, and with it whoever is in that. */
  record Nested(UUID id) implements GroupMember {}
}
