package dev.aftercall.gate;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * An administrator asks how something would be decided; in the words of the request.
 *
 * @param tenant of the administrator, and so of everything in the question
 * @param caller {@code user:OID} or {@code app:CLIENT-ID}; a bare id of either where it is known
 * @param action one of {@link #ACTIONS}
 * @param recording a recording's or transcript's id as Graph has it, or its GUID
 * @param meeting a meeting's id as Graph has it
 * @param user the person whose path is called; unless said, the caller's own, or the organizer's
 * @param permissions scopes or roles of the token; unless said, those that the action needs
 * @param directoryRoles template ids of the person's directory roles
 */
public record Question(
    UUID tenant,
    String caller,
    String action,
    Optional<String> recording,
    Optional<String> meeting,
    Optional<UUID> user,
    Optional<Set<String>> permissions,
    Set<UUID> directoryRoles) {
  /** What can be asked about. */
  public static final List<String> ACTIONS =
      List.of(
          "metadata",
          "content",
          "attributedContent",
          "list",
          "listAll",
          "readMeeting",
          "changeMeeting",
          "administer");
}
