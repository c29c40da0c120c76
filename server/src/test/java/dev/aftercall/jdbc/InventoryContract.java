package dev.aftercall.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.meeting.Role;
import dev.aftercall.query.Filter;
import dev.aftercall.query.ListQuery;
import dev.aftercall.query.Order;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.Artifact.Kind;
import dev.aftercall.recording.Bookmarks;
import dev.aftercall.recording.Inventory.Bookmark;
import dev.aftercall.recording.Inventory.Change;
import dev.aftercall.recording.Inventory.Item;
import dev.aftercall.recording.Inventory.Reason;
import dev.aftercall.recording.RecordingId;
import dev.aftercall.recording.Shelf;
import dev.aftercall.time.Ids;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What lists and the change sequence promise, whichever database keeps them. */
abstract class InventoryContract {
  private static final ListQuery EVERYTHING =
      new ListQuery(Optional.empty(), List.of(), ListQuery.MOST);

  private Database database;
  private JdbcInventory inventory;
  private Stock stock;
  private UUID tenant;
  private UUID organizer;

  abstract Database.Location location();

  @BeforeEach
  void openDatabase() {
    database = Database.open(location());
    inventory = new JdbcInventory(database);
    stock = new Stock(database);
    tenant = stock.guid();
    organizer = stock.guid();
  }

  @AfterEach
  void closeDatabase() {
    database.close();
  }

  @Test
  void filtersMeanTheSameAsWithoutADatabase() {
    Map<Shelf, List<Meaning.Row>> shelves = stocked();
    shelves.forEach(
        (shelf, rows) -> {
          RandomQueries queries = new RandomQueries(7, rows);
          for (int i = 0; i < 250; i++) {
            Filter filter = queries.filter(4);
            ListQuery query = new ListQuery(Optional.of(filter), List.of(), ListQuery.MOST);
            List<UUID> expected =
                rows.stream()
                    .filter(row -> Meaning.holds(filter, row))
                    .map(Meaning.Row::artifact)
                    .toList();

            assertThat(inventory.page(shelf, Kind.RECORDING, Stock.URL, query, none(), 999))
                .as("%s", filter)
                .extracting(Item::artifact)
                .containsExactlyInAnyOrderElementsOf(expected);
            assertThat(inventory.count(shelf, Kind.RECORDING, Stock.URL, Optional.of(filter)))
                .as("%s", filter)
                .isEqualTo(expected.size());
          }
        });
  }

  @Test
  void pagesAddUpToTheWholeInEveryOrder() {
    stocked()
        .forEach(
            (shelf, rows) -> {
              RandomQueries queries = new RandomQueries(8, rows);
              for (int i = 0; i < 40; i++) {
                List<Order> order = queries.order();
                ListQuery query = new ListQuery(Optional.empty(), order, queries.upTo(7));
                List<UUID> expected =
                    rows.stream()
                        .sorted(Meaning.order(Bookmarks.order(order)))
                        .map(Meaning.Row::artifact)
                        .toList();

                assertThat(walk(shelf, query)).as("%s", query).isEqualTo(expected);
              }
            });
  }

  @Test
  void whatStaysIsSeenOnceWhileOthersComeAndGo() throws Exception {
    Meeting meeting = stock.meeting(tenant, organizer, MeetingType.SCHEDULED, false);
    Shelf shelf = new Shelf.OfOrganizer(tenant, organizer);
    for (int i = 0; i < 20; i++) {
      stock.add(meeting);
    }
    Set<UUID> staying = new HashSet<>(walk(shelf, EVERYTHING));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> others =
          threads.submit(
              () -> {
                for (int i = 0; i < 40; i++) {
                  UUID first = stock.add(meeting).artifact();
                  UUID second = stock.add(meeting).artifact();
                  stock.remove(first, Reason.DELETED);
                  stock.remove(second, Reason.DELETED);
                }
              });
      int walks = 0;
      while (!others.isDone() || walks < 5) {
        List<UUID> seen = walk(shelf, new ListQuery(Optional.empty(), List.of(), 1 + walks % 5));
        assertThat(seen).doesNotHaveDuplicates().containsAll(staying);
        walks++;
      }
      others.get();
    }
    assertThat(walk(shelf, EVERYTHING)).containsExactlyInAnyOrderElementsOf(staying);
  }

  @Test
  void noChangeBecomesVisibleBehindAPosition() throws Exception {
    List<Meeting> meetings = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      meetings.add(stock.meeting(tenant, organizer, MeetingType.SCHEDULED, false));
    }
    Shelf shelf = new Shelf.OfOrganizer(tenant, organizer);
    long before = inventory.position(tenant);
    List<Callable<List<UUID>>> writers = new ArrayList<>();
    for (int writer = 0; writer < 8; writer++) {
      Meeting meeting = meetings.get(writer % 4);
      writers.add(
          () -> {
            List<UUID> added = new ArrayList<>();
            for (int i = 0; i < 15; i++) {
              added.add(stock.add(meeting).artifact());
            }
            return added;
          });
    }
    List<UUID> told = new ArrayList<>();
    List<UUID> added = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<UUID>>> running = writers.stream().map(threads::submit).toList();
      long after = before;
      boolean over = false;
      while (!over) {
        over = running.stream().allMatch(Future::isDone);
        // As delta does: the position first, then what lies behind the last one.
        long position = inventory.position(tenant);
        List<Change> changes = changes(shelf, false, after, 999);
        List<Long> positions = changes.stream().map(Change::position).toList();
        for (int i = 0; i < positions.size(); i++) {
          assertThat(positions.get(i)).as("without a gap").isEqualTo(after + i + 1);
        }
        changes.forEach(change -> told.add(((Change.Added) change).item().artifact()));
        after = Math.max(position, positions.isEmpty() ? after : positions.getLast());
      }
      for (Future<List<UUID>> writer : running) {
        added.addAll(writer.get());
      }
    }
    assertThat(told).containsExactlyInAnyOrderElementsOf(added);
  }

  @Test
  void deletionAndLateArrivalsDoNotLockEachOtherOut() throws Exception {
    JdbcMeetings meetings = new JdbcMeetings(database);
    Shelf shelf = new Shelf.OfOrganizer(tenant, organizer);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 12; round++) {
        Meeting meeting = stock.meeting(tenant, organizer, MeetingType.SCHEDULED, false);
        List<Callable<Object>> atOnce = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          atOnce.add(() -> stock.add(meeting));
        }
        atOnce.add(
            2,
            () -> {
              meetings.delete(tenant, meeting.key(), Stock.START);
              return meeting;
            });
        for (Future<Object> done : threads.invokeAll(atOnce)) {
          assertThat(done.get()).as("no deadlock").isNotNull();
        }
        // Late arrivals are kept, and in no list.
        stock.add(meeting);
      }
    }
    assertThat(walk(shelf, EVERYTHING)).isEmpty();
    assertThat(changes(shelf, true, 0, 999))
        .allSatisfy(change -> assertThat(change).isInstanceOf(Change.Removed.class));
  }

  @Test
  void removalsAreToldToThoseWhoWantThem() {
    Meeting meeting = stock.meeting(tenant, organizer, MeetingType.SCHEDULED, false);
    Shelf shelf = new Shelf.OfMeeting(meeting);
    Artifact gone = stock.add(meeting);
    long position = inventory.position(tenant);
    stock.remove(gone.artifact(), Reason.EXPIRED);

    String id = RecordingId.encode(meeting, gone);
    assertThat(changes(shelf, true, position, 9))
        .containsExactly(new Change.Removed(position + 1, id, Reason.EXPIRED));
    assertThat(changes(shelf, false, position, 9)).isEmpty();
    assertThat(changes(shelf, false, 0, 9)).as("its addition too").hasSize(1);
    assertThat(changes(new Shelf.OfOrganizer(tenant, organizer), true, position, 9)).hasSize(1);
    assertThat(changes(new Shelf.OfCaller(tenant, organizer), true, 0, 9)).isEmpty();
  }

  @Test
  void changesStopAtTheMostAndGoOnBehindIt() {
    Meeting meeting = stock.meeting(tenant, organizer, MeetingType.SCHEDULED, false);
    for (int i = 0; i < 5; i++) {
      stock.add(meeting);
    }
    Shelf shelf = new Shelf.OfMeeting(meeting);

    List<Change> first = changes(shelf, false, 0, 4);
    assertThat(first).hasSize(4);
    assertThat(changes(shelf, false, first.getLast().position(), 4)).hasSize(2);
  }

  @Test
  void kindsAndTenantsAndOrganizersAreApart() {
    Meeting ours = stock.meeting(tenant, organizer, MeetingType.SCHEDULED, false);
    UUID transcript = stock.addTranscript(ours);
    UUID otherTenant = stock.guid();
    stock.meeting(otherTenant, organizer, MeetingType.SCHEDULED, false);
    stock.meeting(tenant, stock.guid(), MeetingType.SCHEDULED, false);
    Meeting channel = stock.meeting(tenant, organizer, MeetingType.SCHEDULED, true);
    Meeting call = stock.meeting(tenant, organizer, MeetingType.ADHOC, false);
    Shelf meetings = new Shelf.OfOrganizer(tenant, organizer);

    assertThat(walk(meetings, EVERYTHING)).hasSize(2);
    assertThat(inventory.page(meetings, Kind.TRANSCRIPT, Stock.URL, EVERYTHING, none(), 9))
        .extracting(Item::artifact)
        .containsExactly(transcript);
    assertThat(walk(new Shelf.OfOrganizer(otherTenant, organizer), EVERYTHING)).hasSize(1);
    assertThat(walk(new Shelf.OfCaller(tenant, organizer), EVERYTHING)).hasSize(1);
    assertThat(walk(new Shelf.OfMeeting(channel), EVERYTHING)).hasSize(1);
    assertThat(
            inventory.page(
                new Shelf.OfCaller(tenant, organizer),
                Kind.RECORDING,
                Stock.URL,
                EVERYTHING,
                none(),
                9))
        .allSatisfy(item -> assertThat(item.place()).isEqualTo(call.key().toString()));
    assertThat(inventory.position(otherTenant)).isEqualTo(1);
    assertThat(inventory.position(stock.guid())).isZero();
    assertThat(inventory.meeting(tenant, call.threadId(), organizer))
        .hasValueSatisfying(place -> assertThat(place.role()).contains(Role.ORGANIZER));
    assertThat(inventory.meeting(otherTenant, call.threadId(), organizer)).isEmpty();
  }

  @Test
  void whatIsInNoCalendarCanBeLeftOut() {
    Meeting planned = stock.meeting(tenant, organizer, MeetingType.SCHEDULED, false);
    Meeting met = stock.meeting(tenant, organizer, MeetingType.MEETNOW, false);
    UUID left = stock.add(met).artifact();
    long before = inventory.position(tenant);
    UUID listed = stock.add(planned).artifact();
    stock.remove(left, Reason.DELETED);
    Shelf inCalendar = new Shelf.OfOrganizer(tenant, organizer, true);

    assertThat(walk(inCalendar, EVERYTHING)).hasSize(2).contains(listed);
    assertThat(inventory.count(inCalendar, Kind.RECORDING, Stock.URL, Optional.empty()))
        .isEqualTo(2);
    assertThat(changes(inCalendar, true, before, 9))
        .as("nor is told that what was never shown has gone")
        .extracting(change -> ((Change.Added) change).item().artifact())
        .containsExactly(listed);
  }

  @Test
  void sharedSecretsAreMadeOnce() {
    String made = new JdbcSecrets(database, Ids.repeatable(1)).of("x");

    JdbcSecrets elsewhere = new JdbcSecrets(database, Ids.repeatable(2));
    assertThat(elsewhere.of("x")).isEqualTo(made).hasSize(43);
    assertThat(elsewhere.of("y")).isNotEqualTo(made);
  }

  /** Three shelves with what lies on them, and others beside. */
  private Map<Shelf, List<Meaning.Row>> stocked() {
    Map<Shelf, List<Meaning.Row>> shelves = new HashMap<>();
    stock.meeting(stock.guid(), organizer, MeetingType.SCHEDULED, false);
    Meeting one = stock.meeting(tenant, organizer, MeetingType.SCHEDULED, false);
    Meeting other = stock.meeting(tenant, organizer, MeetingType.RECURRING, false);
    Meeting call = stock.meeting(tenant, organizer, MeetingType.ADHOC, false);
    List<Meaning.Row> ofOne = stocked(one, 14);
    List<Meaning.Row> ofBoth = new ArrayList<>(ofOne);
    ofBoth.addAll(stocked(other, 9));
    shelves.put(new Shelf.OfMeeting(one), ofOne);
    shelves.put(new Shelf.OfOrganizer(tenant, organizer), ofBoth);
    shelves.put(new Shelf.OfCaller(tenant, organizer), stocked(call, 9));
    return shelves;
  }

  private List<Meaning.Row> stocked(Meeting meeting, int count) {
    Shelf shelf = new Shelf.OfMeeting(meeting);
    for (UUID made : walk(shelf, EVERYTHING)) {
      stock.remove(made, Reason.DELETED);
    }
    List<Meaning.Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(Stock.row(meeting, stock.add(meeting)));
    }
    return rows;
  }

  private List<UUID> walk(Shelf shelf, ListQuery query) {
    List<UUID> seen = new ArrayList<>();
    Optional<Bookmark> after = Optional.empty();
    boolean more = true;
    while (more) {
      List<Item> page = inventory.page(shelf, Kind.RECORDING, Stock.URL, query, after, query.top());
      page.forEach(item -> seen.add(item.artifact()));
      more = page.size() == query.top();
      after = page.isEmpty() ? after : Optional.of(Bookmarks.behind(page.getLast(), query.order()));
    }
    return seen;
  }

  private List<Change> changes(Shelf shelf, boolean removals, long after, int most) {
    return inventory.changes(
        shelf, Kind.RECORDING, Stock.URL, Optional.empty(), removals, after, most);
  }

  private static Optional<Bookmark> none() {
    return Optional.empty();
  }
}
