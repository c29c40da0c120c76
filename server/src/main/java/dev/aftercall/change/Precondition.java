package dev.aftercall.change;

import java.util.OptionalLong;
import java.util.Set;

/**
 * What somebody who changes something believes to stand there. To be checked within the transaction
 * of the change and behind its lock: of two who read the same, one alone may change it.
 *
 * <p>Source: RFC 9110, 13.1; RFC 6585, 3 for what carries no precondition.
 */
public sealed interface Precondition {
  /** Change it however it stands. */
  record Always() implements Precondition {}

  /** Nothing was said, which is enough to make something and not to change it. */
  record Unsaid() implements Precondition {}

  /** It must be there ({@code If-Match: *}). */
  record Present() implements Precondition {}

  /** It must not be there ({@code If-None-Match: *}). */
  record Absent() implements Precondition {}

  /** It must stand as one of these. */
  record Version(Set<Long> any) implements Precondition {
    /** Copies the set. */
    public Version {
      any = Set.copyOf(any);
    }
  }

  /**
   * Checks what stands.
   *
   * @param current its version; empty when there is no such thing
   * @throws ChangeRefused when it does not hold
   */
  default void check(OptionalLong current) {
    switch (this) {
      case Always always -> {}
      case Unsaid unsaid -> {
        if (current.isPresent()) {
          throw new ChangeRefused(
              ChangeRefused.Reason.PRECONDITION_REQUIRED,
              "It exists, and the request does not say which state of it is to be changed.",
              "Get it, then send its ETag in If-Match; 'If-Match: *' changes it however it stands.");
        }
      }
      case Present present -> {
        if (current.isEmpty()) {
          throw stale("It does not exist, and If-Match asks for it.");
        }
      }
      case Absent absent -> {
        if (current.isPresent()) {
          throw stale("It exists already, and If-None-Match asks that it does not.");
        }
      }
      case Version version -> {
        if (current.isEmpty()) {
          throw stale("It does not exist any more.");
        }
        if (!version.any().contains(current.getAsLong())) {
          throw stale("Somebody else changed it meanwhile.");
        }
      }
    }
  }

  private static ChangeRefused stale(String message) {
    return new ChangeRefused(
        ChangeRefused.Reason.STALE,
        message,
        "Get it anew, look whether your change is still what you want, and send it with the new"
            + " ETag.");
  }
}
