package dev.aftercall.ruling;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What was accepted and may yet be a mistake, in words for people. */
public final class Warnings {
  private final Acquaintance acquaintance;
  private final Groups groups;

  /** Warns by what is known. */
  public Warnings(Acquaintance acquaintance, Groups groups) {
    this.acquaintance = acquaintance;
    this.groups = groups;
  }

  /** Of a policy. */
  public List<String> of(UUID tenant, Policy policy) {
    List<String> warnings = new ArrayList<>();
    if (policy.appIds().isEmpty()) {
      warnings.add(
          "The policy lets no application in; where it counts it hides every other policy.");
    }
    acquaintance
        .unknownApps(tenant, policy.appIds())
        .forEach(app -> warnings.add("No application " + app + " has called yet in this tenant."));
    return warnings;
  }

  /** Of a grant. */
  public List<String> of(UUID tenant, Grant grant) {
    return switch (grant.grantee()) {
      case Grantee.User user -> person(tenant, user.id());
      case Grantee.Group group -> groups(tenant, Set.of(group.id()));
      case Grantee.Everyone everyone -> List.of();
    };
  }

  /** Of a member. */
  public List<String> of(UUID tenant, GroupMember member) {
    return switch (member) {
      case GroupMember.Person person -> person(tenant, person.id());
      case GroupMember.Nested nested -> groups(tenant, Set.of(nested.id()));
    };
  }

  /** Of a consent. */
  public List<String> of(UUID tenant, Consent consent) {
    List<String> warnings = new ArrayList<>();
    if (!acquaintance.knowsThread(tenant, consent.threadId())) {
      warnings.add("No meeting with the chat " + consent.threadId() + " is known yet.");
    }
    acquaintance
        .unknownApps(tenant, List.of(consent.appId()))
        .forEach(app -> warnings.add("No application " + app + " has called yet in this tenant."));
    return warnings;
  }

  /** Of switches. */
  public List<String> of(UUID tenant, Switches switches) {
    return groups(tenant, switches.exemptGroups());
  }

  private List<String> person(UUID tenant, UUID person) {
    return acquaintance.knowsPerson(tenant, person)
        ? List.of()
        : List.of(
            "Nobody with the object id "
                + person
                + " has called, or organizes or is invited to a meeting yet.");
  }

  private List<String> groups(UUID tenant, Set<UUID> ids) {
    return ids.stream()
        .sorted()
        .filter(id -> groups.find(tenant, id).isEmpty())
        .map(id -> "There is no group " + id + " yet; it counts for nobody until it has members.")
        .toList();
  }
}
