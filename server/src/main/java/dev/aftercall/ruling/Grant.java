package dev.aftercall.ruling;

/**
 * A policy that is granted.
 *
 * @param rank of a group's grant: of several that a person is in, the lowest counts; 0 otherwise
 */
public record Grant(Grantee grantee, String policy, int rank) {
  /** A grant to a person or everybody. */
  public static Grant of(Grantee grantee, String policy) {
    return new Grant(grantee, policy, 0);
  }
}
