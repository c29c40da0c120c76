package dev.aftercall.access;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a tenant's administrators have ruled, as one immutable snapshot: deciding from it takes no
 * look-up.
 *
 * @param policies application access policies by name: the client ids each lets in
 * @param userGrants the policy granted to a person
 * @param groupGrants policies granted to groups, the lowest rank first
 * @param globalGrant the policy of everybody who has no other
 * @param groups the groups a person is in
 * @param consents resource-specific consent by chat thread
 * @param download who may download beside the organizer
 * @param transcripts what Graph may tell of transcripts
 * @param calendarEventRequired whether recordings are served of meetings with a calendar event
 *     alone, as Microsoft does; the operator's ruling, the same in every tenant
 */
public record Rules(
    Map<String, Set<String>> policies,
    Map<UUID, String> userGrants,
    List<GroupGrant> groupGrants,
    Optional<String> globalGrant,
    Map<UUID, Set<UUID>> groups,
    Map<String, Set<Consent>> consents,
    Download download,
    Transcripts transcripts,
    boolean calendarEventRequired) {

  /** A tenant nobody has ruled yet: nothing is open. */
  public static final Rules NONE =
      new Rules(
          Map.of(),
          Map.of(),
          List.of(),
          Optional.empty(),
          Map.of(),
          Map.of(),
          new Download(false, Set.of()),
          Transcripts.OPEN,
          false);

  /** The same, with the operator's ruling on meetings without a calendar event. */
  public Rules requiringCalendarEvent(boolean required) {
    return new Rules(
        policies,
        userGrants,
        groupGrants,
        globalGrant,
        groups,
        consents,
        download,
        transcripts,
        required);
  }

  /** A policy granted to a group. */
  public record GroupGrant(UUID group, int rank, String policy) {}

  /** One application's consent within one chat. */
  public record Consent(String appId, String permission) {}

  /**
   * The tenant's download switch.
   *
   * @param participants whether people on the invitation may download
   * @param exemptGroups groups whose invited members may download although it is switched off
   */
  public record Download(boolean participants, Set<UUID> exemptGroups) {}

  /**
   * The tenant's switches for transcripts. Microsoft's are off until an administrator turns them
   * on; here they are on until one turns them off, since whoever hands a transcript over wants it
   * read.
   *
   * @param graphAccess whether Graph gives them out at all
   * @param attributed whether it says who spoke
   */
  public record Transcripts(boolean graphAccess, boolean attributed) {
    /** Nothing is held back. */
    public static final Transcripts OPEN = new Transcripts(true, true);
  }

  /**
   * The one policy that counts for a person: the direct grant, else the granted group of lowest
   * rank, else the global one. The one that counts hides the others, whatever it lets in.
   */
  public Optional<String> effectivePolicy(UUID person) {
    String direct = userGrants.get(person);
    if (direct != null) {
      return Optional.of(direct);
    }
    Set<UUID> memberships = groups.getOrDefault(person, Set.of());
    return groupGrants.stream()
        .filter(grant -> memberships.contains(grant.group()))
        .findFirst()
        .map(GroupGrant::policy)
        .or(() -> globalGrant);
  }

  /** Whether the person's effective policy names the application. */
  public boolean policyCovers(UUID person, String appId) {
    return effectivePolicy(person)
        .map(name -> policies.getOrDefault(name, Set.of()).contains(appId))
        .orElse(false);
  }

  /** Whether the application has that permission by consent in that chat. */
  public boolean consented(String threadId, String appId, String permission) {
    return consents.getOrDefault(threadId, Set.of()).contains(new Consent(appId, permission));
  }

  /** Whether the application has that permission by consent in any chat. */
  public boolean consentedAnywhere(String appId, String permission) {
    Consent wanted = new Consent(appId, permission);
    return consents.values().stream().anyMatch(given -> given.contains(wanted));
  }

  /** Whether the person, being invited, may download. */
  public boolean mayDownload(UUID person) {
    if (download.participants()) {
      return true;
    }
    Set<UUID> memberships = groups.getOrDefault(person, Set.of());
    return download.exemptGroups().stream().anyMatch(memberships::contains);
  }
}
