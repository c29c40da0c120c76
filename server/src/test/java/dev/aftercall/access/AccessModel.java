package dev.aftercall.access;

import dev.aftercall.access.RecordingAccess.Action;
import dev.aftercall.access.RecordingAccess.PathUser;
import dev.aftercall.identity.Caller;
import dev.aftercall.meeting.MeetingType;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Who may read, once more, as one formula of facts and without an order of questions: so that a
 * slip in one of the two shows.
 */
final class AccessModel {
  private static final String ALL = "OnlineMeetingRecording.Read.All";
  private static final String CHAT = "OnlineMeetingRecording.Read.Chat";

  private AccessModel() {}

  static boolean opens(Ruling world, Action action) {
    boolean alive = world.now < Ruling.EXPIRY;
    if (world.caller instanceof Caller.User user) {
      boolean own = world.path instanceof PathUser.Me || world.person().equals(user.oid());
      boolean invited = !user.oid().equals(Ruling.STRANGER);
      boolean bytes =
          user.oid().equals(Ruling.ORGANIZER)
              || world.participants
              || !disjoint(groupsOf(world, user.oid()), world.exempt);
      return alive
          && own
          && invited
          && user.scopes().contains(ALL)
          && (action == Action.METADATA || bytes);
    }
    Caller.Application app = (Caller.Application) world.caller;
    if (world.path instanceof PathUser.Me) {
      return false;
    }
    boolean role = app.roles().contains(ALL) && policyNames(world, app.appId());
    boolean calendar = world.type == MeetingType.SCHEDULED || world.type == MeetingType.RECURRING;
    boolean chat =
        calendar
            && !world.channel
            && world.consents.stream()
                .anyMatch(it -> it.appId().equals(app.appId()) && it.permission().equals(CHAT));
    return alive && !world.person().equals(Ruling.STRANGER) && (role || chat);
  }

  private static boolean policyNames(Ruling world, String appId) {
    UUID person = world.person();
    String counts = world.global.orElse("none");
    List<Rules.GroupGrant> theirs =
        world.groupGrants.stream()
            .filter(grant -> groupsOf(world, person).contains(grant.group()))
            .toList();
    int lowest = theirs.stream().mapToInt(Rules.GroupGrant::rank).min().orElse(-1);
    for (Rules.GroupGrant grant : theirs) {
      if (grant.rank() == lowest) {
        counts = grant.policy();
      }
    }
    counts = world.users.getOrDefault(person, counts);
    return world.policies.containsKey(counts) && world.policies.get(counts).contains(appId);
  }

  private static Set<UUID> groupsOf(Ruling world, UUID person) {
    return world.groups.getOrDefault(person, Set.of());
  }

  private static boolean disjoint(Set<UUID> some, Set<UUID> others) {
    return java.util.Collections.disjoint(some, others);
  }
}
