package dev.aftercall.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.intake.Upload;
import dev.aftercall.intake.Upload.State;
import dev.aftercall.meeting.CalendarQuery;
import dev.aftercall.meeting.CalendarQuery.Bound;
import dev.aftercall.meeting.CalendarQuery.Edge;
import dev.aftercall.meeting.CalendarQuery.Position;
import dev.aftercall.meeting.CalendarQuery.Relation;
import dev.aftercall.meeting.Joining;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.meeting.Meetings.Outcome;
import dev.aftercall.meeting.NewMeeting;
import dev.aftercall.meeting.OnlineMeeting;
import dev.aftercall.meeting.Role;
import dev.aftercall.recording.Artifact;
import dev.aftercall.time.Ids;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the meetings of every database do. */
abstract class MeetingsContract {
  private final Ids ids = Ids.repeatable(9);
  private final Rows rows = new Rows();
  private final UUID tenant = ids.guid();
  private final UUID organizer = ids.guid();
  private final UUID invited = ids.guid();
  private Database database;
  private JdbcMeetings meetings;

  /** A database with nothing in it but the schema. */
  abstract Database.Location location();

  @BeforeEach
  void openDatabase() {
    database = Database.open(location());
    meetings = new JdbcMeetings(database);
  }

  @AfterEach
  void closeDatabase() {
    database.close();
  }

  private OnlineMeeting meeting(String externalId, long start) {
    Meeting meeting =
        new Meeting(
            ids.guid(),
            tenant,
            organizer,
            NewMeeting.threadId(ids.guid()),
            NewMeeting.calendarId(ids.guid(), start),
            "Überblick 🎥",
            MeetingType.SCHEDULED,
            false,
            true,
            start,
            start + 10,
            start + 100);
    return new OnlineMeeting(
        meeting,
        Optional.of(Joining.draw(ids, true)),
        Optional.of(externalId).filter(id -> !id.isEmpty()),
        Map.of(organizer, Role.ORGANIZER, invited, Role.COORGANIZER),
        "{\"x\":{\"ü\":[1.50,\"\\u0000\"]}}",
        17,
        1);
  }

  private OnlineMeeting kept(String externalId, long start) {
    OnlineMeeting meeting = meeting(externalId, start);
    assertThat(meetings.create(meeting)).isEqualTo(new Outcome.Created());
    return meeting;
  }

  /** Every unique index sees both; on PostgreSQL any of them may see the second one first. */
  @Test
  void aMeetingThatSeveralMakeAtTheSameInstantIsMadeOnce() throws Exception {
    try (ExecutorService makers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 100; round++) {
        Meeting one = meeting("", 1_000).meeting();
        List<Future<Boolean>> made =
            IntStream.range(0, 8)
                .mapToObj(
                    maker ->
                        makers.submit(
                            () -> database.write(handle -> MeetingRows.insert(handle, one))))
                .toList();
        int times = 0;
        for (Future<Boolean> by : made) {
          times += by.get() ? 1 : 0;
        }
        assertThat(times).isEqualTo(1);
      }
    }
  }

  @Test
  void isFoundByEveryName() {
    OnlineMeeting meeting = kept("ext", 1000);
    Joining joining = meeting.joining().orElseThrow();
    String thread = meeting.meeting().threadId();

    assertThat(meetings.byThread(tenant, thread)).contains(meeting);
    assertThat(meetings.byJoinMeetingId(tenant, joining.meetingId())).contains(meeting);
    assertThat(meetings.byVideoTeleconferenceId(tenant, joining.videoTeleconferenceId()))
        .contains(meeting);

    UUID foreign = ids.guid();
    assertThat(meetings.byThread(foreign, thread)).isEmpty();
    assertThat(meetings.byJoinMeetingId(foreign, joining.meetingId())).isEmpty();
    assertThat(meetings.byVideoTeleconferenceId(foreign, joining.videoTeleconferenceId()))
        .isEmpty();
  }

  @Test
  void ofManyAtOnceUnderOneExternalIdOneIsKept() throws Exception {
    List<Callable<Outcome>> creators =
        IntStream.range(0, 8)
            .mapToObj(i -> meeting("same", 1000 + i))
            .<Callable<Outcome>>map(meeting -> () -> meetings.create(meeting))
            .toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Outcome> outcomes = threads.invokeAll(creators).stream().map(Future::resultNow).toList();

      assertThat(outcomes).filteredOn(Outcome.Created.class::isInstance).hasSize(1);
      assertThat(outcomes)
          .filteredOn(Outcome.Existing.class::isInstance)
          .hasSize(7)
          .containsOnly(
              outcomes.stream()
                  .filter(Outcome.Existing.class::isInstance)
                  .findFirst()
                  .orElseThrow());
    }
    Integer left =
        database.read(
            handle ->
                handle.createQuery("select count(*) from meeting").mapTo(Integer.class).one());
    assertThat(left).isEqualTo(1);
  }

  @Test
  void anExternalIdIsTheOrganizersOwn() {
    OnlineMeeting one = kept("same", 1000);
    OnlineMeeting other = meeting("same", 1000);
    Meeting theirs = other.meeting();
    OnlineMeeting foreign =
        new OnlineMeeting(
            new Meeting(
                theirs.key(),
                tenant,
                invited,
                theirs.threadId(),
                theirs.calendarId(),
                "x",
                theirs.type(),
                false,
                true,
                1,
                2,
                3),
            other.joining(),
            other.externalId(),
            Map.of(invited, Role.ORGANIZER),
            "{}",
            17,
            1);

    assertThat(meetings.create(meeting("same", 5))).isEqualTo(new Outcome.Existing(one));
    assertThat(meetings.create(foreign)).isEqualTo(new Outcome.Created());
  }

  @Test
  void aTakenNumberIsAClash() {
    OnlineMeeting one = kept("", 1000);
    OnlineMeeting other = meeting("", 1000);

    assertThat(
            meetings.create(
                new OnlineMeeting(
                    other.meeting(), one.joining(), Optional.empty(), Map.of(), "{}", 1, 1)))
        .isEqualTo(new Outcome.Clash());
    assertThat(meetings.byThread(tenant, other.meeting().threadId())).isEmpty();
  }

  @Test
  void replacesTheVersionBeforeAndNoOther() {
    OnlineMeeting first = kept("ext", 1000);
    OnlineMeeting second = next(first, "{\"y\":2}");

    assertThat(meetings.replace(second)).isTrue();
    assertThat(meetings.byThread(tenant, first.meeting().threadId())).contains(second);
    assertThat(meetings.replace(second)).isFalse();
    assertThat(meetings.byThread(tenant, first.meeting().threadId())).contains(second);
  }

  private OnlineMeeting next(OnlineMeeting before, String document) {
    return new OnlineMeeting(
        before.meeting(),
        before.joining(),
        before.externalId(),
        Map.of(organizer, Role.ORGANIZER),
        document,
        before.created(),
        before.version() + 1);
  }

  @Test
  void whatIsDeletedIsFoundNoMoreAndFreesItsExternalId() {
    OnlineMeeting meeting = kept("ext", 1000);
    Joining joining = meeting.joining().orElseThrow();

    meetings.delete(ids.guid(), meeting.meeting().key(), 5);
    assertThat(meetings.byThread(tenant, meeting.meeting().threadId())).contains(meeting);

    meetings.delete(tenant, meeting.meeting().key(), 5);
    assertThat(meetings.byThread(tenant, meeting.meeting().threadId())).isEmpty();
    assertThat(meetings.byJoinMeetingId(tenant, joining.meetingId())).isEmpty();
    assertThat(meetings.byVideoTeleconferenceId(tenant, joining.videoTeleconferenceId())).isEmpty();
    assertThat(meetings.inCalendar(calendar(List.of(), Optional.empty(), 10))).isEmpty();
    assertThat(meetings.replace(next(meeting, "{}"))).isFalse();
    kept("ext", 1000);
  }

  @Test
  void whatIsDeletedHidesItsRecordingsAndKeepsThem() {
    Meeting meeting = rows.meeting(tenant, "19:x@thread.v2");
    Artifact recording = rows.recording(meeting);
    JdbcIntakeStore intake = new JdbcIntakeStore(database);
    Upload upload = intake.open(rows.upload(tenant, "", 100));
    intake.move(upload.id(), State.RECEIVING, State.KEEPING, Optional.empty(), Optional.empty());
    assertThat(intake.commit(upload.id(), rows.commit(meeting, true, recording))).isTrue();
    JdbcCatalogue catalogue = new JdbcCatalogue(database);
    assertThat(
            catalogue.find(
                tenant,
                meeting.threadId(),
                organizer,
                Artifact.Kind.RECORDING,
                recording.artifact()))
        .isPresent();

    meetings.delete(tenant, meeting.key(), 5);

    assertThat(
            catalogue.find(
                tenant,
                meeting.threadId(),
                organizer,
                Artifact.Kind.RECORDING,
                recording.artifact()))
        .isEmpty();
    assertThat(intake.meeting(tenant, meeting.threadId())).isEmpty();
    assertThat(intake.meetingEvenDeleted(tenant, meeting.threadId())).contains(meeting);
    Integer left =
        database.read(
            handle ->
                handle.createQuery("select count(*) from recording").mapTo(Integer.class).one());
    assertThat(left).isEqualTo(1);
  }

  @Test
  void aMeetingThatCameWithARecordingIsAnOnlineMeeting() {
    Meeting meeting = rows.meeting(tenant, "19:x@thread.v2");
    JdbcIntakeStore intake = new JdbcIntakeStore(database);
    Upload upload = intake.open(rows.upload(tenant, "", 100));
    intake.move(upload.id(), State.RECEIVING, State.KEEPING, Optional.empty(), Optional.empty());
    intake.commit(upload.id(), rows.commit(meeting, true, rows.recording(meeting), invited));

    OnlineMeeting found = meetings.byThread(tenant, meeting.threadId()).orElseThrow();

    assertThat(found.meeting()).isEqualTo(meeting);
    assertThat(found.joining()).contains(Joining.derived(meeting.key()));
    assertThat(found.roster())
        .isEqualTo(Map.of(meeting.organizer(), Role.ORGANIZER, invited, Role.ATTENDEE));
  }

  @Test
  void oneFromBeforeThereWereOnlineMeetingsCanBeChanged() {
    OnlineMeeting meeting = kept("", 1000);
    database.write(handle -> handle.execute("delete from online_meeting"));

    OnlineMeeting bare = meetings.byThread(tenant, meeting.meeting().threadId()).orElseThrow();
    assertThat(bare.joining()).isEmpty();
    assertThat(bare.version()).isZero();
    OnlineMeeting changed =
        new OnlineMeeting(
            bare.meeting(),
            Optional.of(Joining.draw(ids, false)),
            Optional.empty(),
            bare.roster(),
            "{\"z\":1}",
            bare.created(),
            1);
    assertThat(meetings.replace(changed)).isTrue();
    assertThat(meetings.byThread(tenant, meeting.meeting().threadId())).contains(changed);
  }

  @Test
  void theCalendarIsPagedByStartAndKey() {
    List<OnlineMeeting> all =
        List.of(kept("", 1000), kept("", 2000), kept("", 2000), kept("", 3000));

    List<OnlineMeeting> first = meetings.inCalendar(calendar(List.of(), Optional.empty(), 2));
    Meeting last = first.getLast().meeting();
    List<OnlineMeeting> second =
        meetings.inCalendar(
            calendar(List.of(), Optional.of(new Position(last.start(), last.key())), 9));

    assertThat(first).hasSize(2);
    assertThat(second).hasSize(2);
    assertThat(first.getFirst()).isEqualTo(all.getFirst());
    assertThat(second.getLast()).isEqualTo(all.getLast());
    assertThat(first).doesNotContainAnyElementsOf(second);
  }

  @Test
  void theCalendarIsBoundedEveryWay() {
    OnlineMeeting early = kept("", 1000);
    OnlineMeeting late = kept("", 2000);

    assertThat(within(Edge.START, Relation.AT, 1000)).containsExactly(early);
    assertThat(within(Edge.START, Relation.BEFORE, 2000)).containsExactly(early);
    assertThat(within(Edge.END, Relation.UP_TO, 1010)).containsExactly(early);
    assertThat(within(Edge.END, Relation.AFTER, 1010)).containsExactly(late);
    assertThat(within(Edge.START, Relation.FROM, 1000)).containsExactly(early, late);
    assertThat(within(Edge.START, Relation.FROM, 2001)).isEmpty();
  }

  private List<OnlineMeeting> within(Edge edge, Relation relation, long ticks) {
    return meetings.inCalendar(
        calendar(List.of(new Bound(edge, relation, ticks)), Optional.empty(), 10));
  }

  private CalendarQuery calendar(List<Bound> bounds, Optional<Position> after, int limit) {
    return new CalendarQuery(
        tenant, invited, bounds, Optional.of("Überblick 🎥"), Optional.empty(), after, limit);
  }
}
