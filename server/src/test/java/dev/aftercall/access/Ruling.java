package dev.aftercall.access;

import dev.aftercall.access.RecordingAccess.Action;
import dev.aftercall.access.RecordingAccess.PathUser;
import dev.aftercall.identity.Caller;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.meeting.Role;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** One case for {@link RecordingAccess}: who asks for what, in which world. Built up by a test. */
final class Ruling {
  static final UUID TENANT = guid(0);
  static final UUID ORGANIZER = guid(1);
  static final UUID COORGANIZER = guid(2);
  static final UUID INVITED = guid(3);
  static final UUID STRANGER = guid(4);
  static final UUID GROUP = guid(10);
  static final UUID OTHER_GROUP = guid(11);
  static final String APP = guid(20).toString();
  static final String OTHER_APP = guid(21).toString();
  static final String THREAD = "19:meeting_x@thread.v2";
  static final long EXPIRY = 1_000_000;

  final Map<String, Set<String>> policies = new HashMap<>();
  final Map<UUID, String> users = new HashMap<>();
  List<Rules.GroupGrant> groupGrants = List.of();
  Optional<String> global = Optional.empty();
  final Map<UUID, Set<UUID>> groups = new HashMap<>();
  final Set<Rules.Consent> consents = new HashSet<>();
  boolean participants;
  Rules.Transcripts transcripts = Rules.Transcripts.OPEN;
  Permissions permissions = Permissions.RECORDINGS;
  final Set<UUID> exempt = new HashSet<>();
  MeetingType type = MeetingType.SCHEDULED;
  boolean channel;
  boolean calendarBacked = true;
  boolean calendarEventRequired;
  long now;
  Caller caller = new Caller.Application(TENANT, APP, "app", Set.of());
  PathUser path = new PathUser.Person(ORGANIZER);

  static UUID guid(int n) {
    return new UUID(0x4000L, Long.MIN_VALUE | n);
  }

  static Ruling user(UUID oid, String... scopes) {
    Ruling ruling = new Ruling();
    ruling.caller = new Caller.User(TENANT, APP, oid, oid + "@x", Set.of(scopes));
    return ruling.path(oid);
  }

  static Ruling reader(UUID oid) {
    return user(oid, RecordingAccess.READ_ALL);
  }

  static Ruling app(String... roles) {
    Ruling ruling = new Ruling();
    ruling.caller = new Caller.Application(TENANT, APP, "app", Set.of(roles));
    return ruling;
  }

  Ruling path(UUID person) {
    path = new PathUser.Person(person);
    return this;
  }

  Ruling me() {
    path = new PathUser.Me();
    return this;
  }

  Ruling policy(String name, String... apps) {
    policies.put(name, Set.of(apps));
    return this;
  }

  Ruling direct(UUID person, String policy) {
    users.put(person, policy);
    return this;
  }

  /** Grants to groups, which the rules hold by rank. */
  Ruling ranked(Rules.GroupGrant... byRank) {
    groupGrants = List.of(byRank);
    return this;
  }

  Ruling everyone(String policy) {
    global = Optional.of(policy);
    return this;
  }

  Ruling member(UUID person, UUID... of) {
    groups.put(person, Set.of(of));
    return this;
  }

  Ruling consent(String appId, String permission) {
    consents.add(new Rules.Consent(appId, permission));
    return this;
  }

  Ruling download(boolean allowed, UUID... exemptGroups) {
    participants = allowed;
    exempt.addAll(Set.of(exemptGroups));
    return this;
  }

  Ruling meeting(MeetingType kind, boolean inChannel) {
    type = kind;
    channel = inChannel;
    return this;
  }

  /** Of another kind than the recordings of meetings. */
  Ruling of(Permissions kind) {
    permissions = kind;
    return this;
  }

  Ruling transcripts(boolean graphAccess, boolean attributed) {
    transcripts = new Rules.Transcripts(graphAccess, attributed);
    return this;
  }

  /** The meeting has no event; {@code required} says whether that matters. */
  Ruling withoutEvent(boolean required) {
    calendarBacked = false;
    calendarEventRequired = required;
    return this;
  }

  Ruling at(long tick) {
    now = tick;
    return this;
  }

  Rules rules() {
    return new Rules(
        policies,
        users,
        groupGrants,
        global,
        groups,
        Map.of(THREAD, consents),
        new Rules.Download(participants, exempt),
        transcripts,
        calendarEventRequired);
  }

  UUID person() {
    return switch (path) {
      case PathUser.Person person -> person.oid();
      case PathUser.Me me -> ((Caller.User) caller).oid();
    };
  }

  Optional<Role> role() {
    Map<UUID, Role> roster =
        Map.of(ORGANIZER, Role.ORGANIZER, COORGANIZER, Role.COORGANIZER, INVITED, Role.ATTENDEE);
    return Optional.ofNullable(roster.get(person()));
  }

  Decision decide(Action action) {
    return decide(action, new Trail());
  }

  Decision decide(Action action, Trail trail) {
    Rules rules = rules();
    Decision first = RecordingAccess.admit(caller, permissions, action, path, THREAD, rules, trail);
    if (!(first instanceof Decision.Allow allow)) {
      return first;
    }
    return RecordingAccess.permit(
        caller, permissions, action, allow.grounds(), meeting(), role(), rules, now, trail);
  }

  Meeting meeting() {
    return new Meeting(
        guid(30),
        TENANT,
        ORGANIZER,
        THREAD,
        "040000",
        "Weekly",
        type,
        channel,
        calendarBacked,
        0,
        10,
        EXPIRY);
  }
}
