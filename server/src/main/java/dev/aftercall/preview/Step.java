package dev.aftercall.preview;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** One change of a tenant's rules, in the words of the admin resources. */
public sealed interface Step {
  /** Makes a policy or replaces its applications. */
  record PutPolicy(String name, List<String> appIds) implements Step {}

  /** Removes a policy with its grants. */
  record RemovePolicy(String name) implements Step {}

  /** Grants a policy, or takes the grant back where there is none. */
  record GrantUser(UUID person, Optional<String> policy) implements Step {}

  /** The same for a group; of several, the lowest rank counts. */
  record GrantGroup(UUID group, int rank, Optional<String> policy) implements Step {}

  /** The same for everybody who has no other. */
  record GrantEveryone(Optional<String> policy) implements Step {}

  /** Puts a person into a group or takes them out. */
  record Membership(UUID group, UUID person, boolean member) implements Step {}

  /** Consents in a chat or takes consent back. */
  record Consent(String threadId, String appId, String permission, boolean granted)
      implements Step {}

  /** Sets the switches that are there. */
  record Switches(
      Optional<Boolean> participantDownload,
      Optional<Set<UUID>> exemptGroups,
      Optional<Boolean> transcriptAccess,
      Optional<Boolean> attributed)
      implements Step {}
}
