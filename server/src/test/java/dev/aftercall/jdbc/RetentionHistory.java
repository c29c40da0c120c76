package dev.aftercall.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.FormatMethod;
import dev.aftercall.change.ChangeRefused;
import dev.aftercall.change.ChangeRefused.Reason;
import dev.aftercall.change.Precondition;
import dev.aftercall.jdbc.ModelArchive.Thing;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.meeting.NewMeeting;
import dev.aftercall.meeting.Role;
import dev.aftercall.query.Filter;
import dev.aftercall.query.Property;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.Artifact.Kind;
import dev.aftercall.retention.Hold;
import dev.aftercall.retention.Outlook;
import dev.aftercall.retention.Removal;
import dev.aftercall.retention.RetentionRule;
import dev.aftercall.retention.RetentionRule.Scope;
import dev.aftercall.retention.RetentionRun;
import dev.aftercall.retention.RetentionRun.Report;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/** One random history of a tenant, and what the model says of it. */
final class RetentionHistory {
  private static final int STEPS = 14;
  private static final Precondition ANYHOW = new Precondition.Always();

  private final RetentionHouse house;
  private final Ids ids;

  private final long seed;
  private final int number;
  private final Map<String, Integer> met;
  private final Random random;
  private final UUID tenant;
  private final ModelArchive model = new ModelArchive();
  private final List<UUID> people;
  private final List<UUID> groups;
  private final RetentionComparison comparison;
  private final List<String> told = new ArrayList<>();

  RetentionHistory(RetentionHouse house, long seed, int number, Map<String, Integer> met) {
    this.house = house;
    this.ids = house.ids();
    this.number = number;
    this.met = met;
    this.random = new Random(seed + number);
    this.seed = seed;
    this.tenant = ids.guid();
    this.people = List.of(ids.guid(), ids.guid(), ids.guid());
    this.groups = List.of(ids.guid(), ids.guid());
    this.comparison = new RetentionComparison(house, model, tenant, people);
  }

  void live() {
    house.database().write(handle -> handle.execute("update retention_state set seen_ticks = 0"));
    for (int i = 0; i < 4; i++) {
      add();
    }
    try {
      for (int i = 0; i < STEPS; i++) {
        step();
        comparison.sameIsKept();
      }
      comparison.sameIsShown();
      assertThat(journal())
          .as("the journal of what went to the trash")
          .containsExactlyInAnyOrderElementsOf(model.journal);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("history %d, seed %d: %s".formatted(number, seed, told), e);
    }
  }

  @FormatMethod
  private void say(String what, Object... more) {
    told.add(what.formatted(more));
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private long now() {
    return Ticks.of(house.clock().instant());
  }

  private void step() {
    switch (random.nextInt(13)) {
      case 0 -> add();
      case 1, 2 -> rule();
      case 3 -> tag();
      case 4 -> delete();
      case 5 -> restore();
      case 6 -> hold();
      case 7 -> release();
      case 8 -> member();
      case 9 -> meeting();
      case 10 -> clock(Duration.ofDays(random.nextInt(200) - 60));
      default -> clock(Duration.ofDays(20 + random.nextInt(75)));
    }
    run();
  }

  private void add() {
    MeetingType type = any(List.of(MeetingType.values()));
    UUID key = ids.guid();
    UUID organizer = any(people);
    long ended = now() - random.nextInt(150) * ModelArchive.DAY;
    Meeting meeting =
        new Meeting(
            key,
            tenant,
            organizer,
            NewMeeting.threadId(key),
            NewMeeting.calendarId(key, ended),
            "Weekly",
            type,
            type != MeetingType.ADHOC && random.nextInt(6) == 0,
            false,
            ended - 10,
            ended,
            ended + 99);
    Set<UUID> roster = new HashSet<>(List.of(organizer, any(people)));
    Set<String> tags = tags();
    Artifact recording = artifact(Kind.RECORDING, meeting, ended);
    List<Artifact> all = new ArrayList<>(List.of(recording));
    if (random.nextBoolean()) {
      all.add(Rows.transcript(recording, ids.guid()));
    }
    house.database().write(handle -> insert(handle, meeting, roster, tags, all));
    for (Artifact it : all) {
      house.contents().kept.add(it.contentKey());
      model.things.put(
          it.artifact(), new Thing(it.kind(), it.artifact(), meeting, roster, tags, ended));
    }
    say("add %s", all.stream().map(Artifact::artifact).toList());
  }

  private Artifact artifact(Kind kind, Meeting meeting, long ended) {
    return new Artifact(
        kind,
        ids.guid(),
        tenant,
        meeting.key(),
        ids.guid(),
        any(List.of("a-0", "b-0")),
        ended - 10,
        ended,
        new Artifact.MediaFile("video/mp4", 7, "ab", "x.mp4", 1, ended));
  }

  private Set<String> tags() {
    return random.nextInt(3) == 0
        ? Set.of()
        : random.nextBoolean() ? Set.of("board") : Set.of("board", "draft");
  }

  private int insert(
      Handle handle, Meeting meeting, Set<UUID> roster, Set<String> tags, List<Artifact> all) {
    MeetingRows.insert(handle, meeting);
    roster.forEach(person -> MeetingRows.insert(handle, meeting, person, Role.ATTENDEE));
    for (Artifact it : all) {
      ArtifactRows.insert(handle, meeting, it);
      JdbcArchive.put(handle, it.artifact(), tags);
    }
    ChangeSequence.append(
        handle,
        all.stream().map(it -> ChangeSequence.added(meeting, it.kind(), it.artifact())).toList(),
        now());
    return 1;
  }

  private void rule() {
    List<UUID> known = new ArrayList<>(model.rules.keySet());
    if (!known.isEmpty() && random.nextInt(4) == 0) {
      UUID id = any(known);
      model.rules.remove(id);
      house.rules().remove(tenant, id, ANYHOW);
      say("no rule %s", id);
      return;
    }
    boolean replaces = !known.isEmpty() && random.nextInt(4) == 0;
    UUID id = replaces ? any(known) : ids.guid();
    int days = any(List.of(-1, 0, 1, 30, 90, 200));
    int rank = random.nextInt(3);
    String name = "rule-" + random.nextInt(6);
    Scope scope =
        switch (random.nextInt(5)) {
          case 0 -> new Scope.Tag(any(List.of("board", "draft")));
          case 1 -> new Scope.Organizer(any(people));
          case 2 -> new Scope.Group(any(groups), rank);
          case 3 -> new Scope.Meetings(any(List.of(MeetingType.values())));
          default -> new Scope.Tenant();
        };
    ModelArchive.Rule same =
        switch (scope) {
          case Scope.Tag(String tag) -> new ModelArchive.Rule(name, "tag", tag, 0, days);
          case Scope.Organizer(UUID person) ->
              new ModelArchive.Rule(name, "organizer", person, 0, days);
          case Scope.Group(UUID group, int its) ->
              new ModelArchive.Rule(name, "group", group, its, days);
          case Scope.Meetings(MeetingType type) ->
              new ModelArchive.Rule(name, "type", type, 0, days);
          case Scope.Tenant all -> new ModelArchive.Rule(name, "tenant", "", 0, days);
        };
    RetentionRule rule =
        new RetentionRule(id, name, scope, days < 0 ? Optional.empty() : Optional.of(days), 1);
    boolean made =
        done(
            () -> {
              if (replaces) {
                house.rules().replace(tenant, rule, ANYHOW);
              } else {
                house.rules().make(tenant, rule);
              }
            });
    boolean clashes = model.clashes(id, same);
    assertThat(made).isEqualTo(!clashes);
    if (!clashes) {
      model.rules.put(id, same);
    }
    say("rule %s %s %s", same, replaces, made);
  }

  private Thing anything() {
    return any(new ArrayList<>(model.things.values()));
  }

  private void tag() {
    Thing thing = anything();
    Set<String> tags = tags();
    boolean there = !thing.state.equals("gone");
    assertThat(done(() -> house.archive().tag(tenant, thing.id, tags, ANYHOW))).isEqualTo(there);
    thing.tags = there ? tags : thing.tags;
    say("tag %s %s", thing.id, tags);
  }

  private void delete() {
    Thing thing = anything();
    boolean changed =
        done(() -> house.trash().remove(tenant, thing.id, Removal.deleted(now(), "admin"), ANYHOW));
    assertThat(changed).isEqualTo(model.delete(thing, now()));
    say("delete %s %s", thing.id, changed);
  }

  private void restore() {
    Thing thing = anything();
    boolean changed = done(() -> house.trash().restore(tenant, thing.id, ANYHOW, now()));
    boolean restored = model.restore(thing, now());
    assertThat(changed).isEqualTo(restored);
    count("restored", restored ? 1 : 0);
    say("restore %s %s", thing.id, changed);
  }

  private void hold() {
    UUID person = any(people);
    Thing thing = anything();
    Hold.Scope scope;
    Predicate<Thing> same;
    switch (random.nextInt(4)) {
      case 0 -> {
        scope = new Hold.Scope.Person(person);
        same = it -> it.meeting.organizer().equals(person) || it.people.contains(person);
      }
      case 1 -> {
        scope = new Hold.Scope.OfMeeting(thing.meeting.key());
        same = it -> it.meeting.key().equals(thing.meeting.key());
      }
      case 2 -> {
        long before = thing.ended;
        scope =
            new Hold.Scope.Query(
                "endDateTime le …",
                new Filter.And(
                    new Filter.Compare(
                        Property.ENDED,
                        Filter.Relation.LESS_OR_EQUAL,
                        new Filter.Value.Instant(before)),
                    new Filter.Compare(
                        Property.ORGANIZER,
                        Filter.Relation.EQUAL,
                        new Filter.Value.Text(person.toString()))));
        same = it -> it.ended <= before && it.meeting.organizer().equals(person);
      }
      default -> {
        scope = new Hold.Scope.Tenant();
        same = it -> true;
      }
    }
    UUID id = ids.guid();
    Hold hold = new Hold(id, tenant, "hold-" + id, "", scope, now(), "admin", Optional.empty(), 1);
    assertThat(house.holds().place(hold)).isEmpty();
    assertThat(house.holds().find(tenant, id)).contains(hold);
    model.holds.put(id, same);
    say("hold %s", scope);
  }

  private void release() {
    if (!model.holds.isEmpty()) {
      UUID id = any(new ArrayList<>(model.holds.keySet()));
      model.holds.remove(id);
      house.holds().release(tenant, id, new Hold.Release(now(), "a"), ANYHOW);
      say("release %s", id);
    }
  }

  private void member() {
    UUID group = any(groups);
    UUID person = any(people);
    boolean in = random.nextBoolean();
    new RuleEditor(house.database(), tenant).setMember(group, person, in);
    Set<UUID> members = model.groups.computeIfAbsent(group, any -> new HashSet<>());
    boolean changed = in ? members.add(person) : members.remove(person);
    say("member %s %s %s %s", group, person, in, changed);
  }

  private void meeting() {
    Meeting meeting = anything().meeting;
    if (meeting.type() != MeetingType.ADHOC) {
      new JdbcMeetings(house.database()).delete(tenant, meeting.key(), now());
      model.deletedMeetings.add(meeting.key());
      say("delete meeting %s", meeting.key());
    }
  }

  private void clock(Duration on) {
    house.clock().set(house.clock().instant().plus(on));
    say("clock %s", on);
  }

  private void run() {
    boolean confirmed = random.nextInt(4) == 0;
    long heldBack =
        model.things.values().stream()
            .filter(it -> it.state.equals("trash") && model.held(it))
            .filter(it -> it.removed + ModelArchive.TRASH * ModelArchive.DAY <= now())
            .count();
    Outlook.Forecast forecast = house.outlook().at(tenant, now());
    Report report = house.runs().run(List.of(tenant), confirmed);
    String came =
        report.verdict() == RetentionRun.Verdict.DONE
            ? "DONE " + report.expired() + " " + report.purged()
            : report.verdict().name();
    say("run %s", came);
    assertThat(came).isEqualTo(model.run(now(), confirmed));
    if (report.verdict() == RetentionRun.Verdict.DONE) {
      assertThat(forecast.expiring().items()).as("forecast").isEqualTo(report.expired());
      assertThat(forecast.purging().items()).as("forecast").isEqualTo(report.purged());
      assertThat(forecast.held().items()).as("forecast of held").isEqualTo(heldBack);
      count("held back", heldBack);
    } else {
      count(came, 1);
    }
    count("expired", report.expired());
    count("purged", report.purged());
  }

  private List<String> journal() {
    return new JournalReader(house.database())
        .last(tenant, 10_000).stream()
            .map(it -> it.action() + " " + it.target() + " " + it.rule() + " " + it.at())
            .toList();
  }

  private void count(String what, long times) {
    if (times > 0) {
      met.merge(what, (int) times, Integer::sum);
    }
  }

  private static boolean done(Runnable change) {
    try {
      change.run();
      return true;
    } catch (ChangeRefused e) {
      assertThat(e.reason()).isIn(Reason.NOT_FOUND, Reason.CONFLICT);
      return false;
    }
  }
}
