package dev.aftercall.ruling;

import java.util.UUID;

/** Whom a policy is granted to. */
public sealed interface Grantee {
  /** One person. */
  record User(UUID id) implements Grantee {}

  /** The members of a group. */
  record Group(UUID id) implements Grantee {}

  /** Everybody who has no other. */
  record Everyone() implements Grantee {}

  /** As people read it. */
  default String text() {
    return switch (this) {
      case User user -> "user " + user.id();
      case Group group -> "group " + group.id();
      case Everyone everyone -> "everybody";
    };
  }
}
