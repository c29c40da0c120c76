package dev.aftercall.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.MeetingId;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.query.Filter;
import dev.aftercall.query.Filter.Relation;
import dev.aftercall.query.Filter.Value;
import dev.aftercall.query.ListQuery;
import dev.aftercall.query.Order;
import dev.aftercall.query.Property;
import dev.aftercall.recording.Artifact.Kind;
import dev.aftercall.recording.Inventory.Bookmark;
import dev.aftercall.recording.Shelf;
import dev.aftercall.testing.PostgresServer;
import dev.aftercall.transcript.TranscriptId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every page begins in an index; no list reads a table through. */
final class ListPlansTest {
  private static final String BY_KEY = "%s_pkey";
  private static final List<String> SORTED = List.of("_by_correlation", "_by_call", "_pkey");
  private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-0000000000cc");

  @TempDir Path dir;

  /** What is asked most, by the name of the index that must answer it. */
  private static Map<Sql, String> statements(Kind kind) {
    String table = Database.word(kind);
    Shelf organizer = new Shelf.OfOrganizer(ID, ID);
    Map<Sql, String> statements = new LinkedHashMap<>();
    Optional<Bookmark> after = Optional.of(new Bookmark(List.of(new Value.Instant(5)), ID));
    for (boolean down : List.of(false, true)) {
      ListQuery byCreated = query(Optional.empty(), new Order(Property.CREATED, down));
      ListQuery byEnd = query(Optional.empty(), new Order(Property.ENDED, down));
      statements.put(
          of(new Shelf.OfMeeting(meeting()), kind).page(byCreated, after, 9),
          table + "_by_meeting");
      statements.put(of(organizer, kind).page(byCreated, after, 9), table + "_by_organizer");
      statements.put(
          of(new Shelf.OfCaller(ID, ID), kind).page(byCreated, after, 9), table + "_by_organizer");
      statements.put(of(organizer, kind).page(byEnd, after, 9), table + "_by_end");
    }
    Filter correlated = compare(Property.CONTENT_CORRELATION_ID, new Value.Text("x"));
    statements.put(
        of(organizer, kind).page(query(Optional.of(correlated)), Optional.empty(), 9),
        table + "_by_correlation");
    Filter others = compare(Property.CONTENT_CORRELATION_ID, new Value.Text("y"));
    statements.put(
        of(organizer, kind)
            .page(query(Optional.of(new Filter.Or(correlated, others))), Optional.empty(), 9),
        table + "_by_correlation");
    for (Shelf shelf : List.of(organizer, new Shelf.OfCaller(ID, ID))) {
      found(shelf)
          .forEach(
              (filter, index) -> {
                statements.put(
                    of(shelf, kind).page(query(Optional.of(filter)), after, 9),
                    index.formatted(table));
                statements.put(of(shelf, kind).count(Optional.of(filter)), index.formatted(table));
              });
    }
    // The meeting of an ad hoc call's recording is null: this names all, and not few.
    Filter noMeeting = compare(Property.MEETING_ID, new Value.Null());
    statements.put(
        of(new Shelf.OfCaller(ID, ID), kind).count(Optional.of(noMeeting)), table + "_by_");
    Filter dated =
        new Filter.Compare(Property.CREATED, Relation.GREATER_OR_EQUAL, new Value.Instant(5));
    // Several indexes begin with the organizer; of an empty table any is as good.
    statements.put(of(organizer, kind).count(Optional.of(dated)), table + "_by_");
    statements.put(
        of(new Shelf.OfMeeting(meeting()), kind).count(Optional.empty()), table + "_by_meeting");
    statements.put(
        of(organizer, kind).changes(Optional.of(correlated), true, 5, 9),
        "artifact_change_by_organizer");
    Shelf inCalendar = new Shelf.OfOrganizer(ID, ID, true);
    statements.put(
        of(inCalendar, kind).page(query(Optional.empty()), after, 9), table + "_by_organizer");
    statements.put(
        of(inCalendar, kind).changes(Optional.empty(), true, 5, 9), "artifact_change_by_organizer");
    statements.put(
        of(new Shelf.OfMeeting(meeting()), kind).changes(Optional.empty(), false, 5, 9),
        "artifact_change_by_meeting");
    statements.put(new Sql().add(JdbcInventory.PLACE, "x", "x", "x"), "meeting_by_thread");
    return statements;
  }

  /** What names few of an organizer's many, and the index of the table that has it. */
  private static Map<Filter, String> found(Shelf shelf) {
    Map<Filter, String> found = new LinkedHashMap<>();
    Filter later =
        new Filter.Compare(Property.CREATED, Relation.GREATER_OR_EQUAL, new Value.Instant(5));
    Value id = new Value.Text(TranscriptId.encode(ID));
    Filter byId = compare(Property.ID, id);
    found.put(byId, BY_KEY);
    found.put(new Filter.And(later, byId), BY_KEY);
    found.put(new Filter.In(Property.ID, List.of(id, new Value.Text("x"))), BY_KEY);
    Value call = new Value.Text(ID.toString());
    found.put(compare(Property.CALL_ID, call), "%s_by_call");
    found.put(new Filter.In(Property.CALL_ID, List.of(call, call)), "%s_by_call");
    Filter either = new Filter.Or(byId, compare(Property.ID, new Value.Text("x")));
    Filter oneOf = new Filter.In(Property.ID, List.of(id, new Value.Null()));
    found.put(either, BY_KEY);
    found.put(new Filter.And(either, later), BY_KEY);
    found.put(new Filter.Or(oneOf, new Filter.Or(byId, either)), BY_KEY);
    Filter otherCall = compare(Property.CALL_ID, new Value.Text("x"));
    found.put(new Filter.Or(compare(Property.CALL_ID, call), otherCall), "%s_by_call");
    if (shelf instanceof Shelf.OfOrganizer) {
      Value place = new Value.Text(new MeetingId(ID, "19:x").encoded());
      found.put(compare(Property.MEETING_ID, place), "%s_by_meeting");
      found.put(new Filter.And(later, compare(Property.MEETING_ID, place)), "%s_by_meeting");
      Value other = new Value.Text(new MeetingId(ID, "19:y").encoded());
      Filter same = compare(Property.MEETING_ID, place);
      found.put(new Filter.Or(same, same), "%s_by_meeting");
      found.put(new Filter.Or(same, compare(Property.MEETING_ID, other)), "%s_by_meeting");
      found.put(new Filter.In(Property.MEETING_ID, List.of(place, other)), "%s_by_meeting");
    }
    return found;
  }

  @Test
  void sqliteBeginsInAnIndex() throws SQLException {
    try (Database database = Database.open(Database.Location.in(dir))) {
      for (Kind kind : Kind.values()) {
        for (Map.Entry<Sql, String> statement : statements(kind).entrySet()) {
          String index = statement.getValue();
          boolean meetings = statement.getKey().text().contains("r.meeting_key in (");
          List<String> plan = plan(database, "", "explain query plan ", statement.getKey(), 4);
          assertThat(plan)
              .as("%s", statement.getKey().text())
              .noneMatch(step -> step.startsWith("SCAN"))
              // The few that a condition names are sorted afterwards.
              .noneMatch(
                  step ->
                      step.contains("TEMP B-TREE")
                          && !meetings
                          && SORTED.stream().noneMatch(index::endsWith))
              .anyMatch(step -> step.contains(sqlite(index, Database.word(kind))));
        }
      }
    }
  }

  @Test
  void postgresReadsNoTableThrough() throws SQLException {
    try (Database database = Database.open(PostgresServer.freshDatabase())) {
      for (Kind kind : Kind.values()) {
        for (Map.Entry<Sql, String> statement : statements(kind).entrySet()) {
          List<String> plan =
              plan(
                  database,
                  "set enable_seqscan = off; set enable_bitmapscan = off",
                  "explain ",
                  statement.getKey(),
                  1);
          assertThat(String.join("\n", plan))
              .as("%s", statement.getKey().text())
              .doesNotContain("Seq Scan")
              .contains(statement.getValue());
        }
      }
    }
  }

  /** SQLite has a name of its own for the index of a primary key. */
  private static String sqlite(String index, String table) {
    return index.endsWith("_pkey") ? "sqlite_autoindex_" + table + "_1" : index;
  }

  private static Filter compare(Property property, Value value) {
    return new Filter.Compare(property, Relation.EQUAL, value);
  }

  private static ListQuery query(Optional<Filter> filter, Order... order) {
    return new ListQuery(filter, List.of(order), 9);
  }

  private static ShelfSql of(Shelf shelf, Kind kind) {
    return new ShelfSql(shelf, kind, "https://host/v1.0/users/u");
  }

  private static Meeting meeting() {
    return new Meeting(ID, ID, ID, "t", "c", "s", MeetingType.SCHEDULED, false, true, 1, 2, 3);
  }

  private static List<String> plan(
      Database database, String before, String explain, Sql sql, int column) throws SQLException {
    List<String> steps = new ArrayList<>();
    try (Connection connection = database.readConnection();
        Statement settings = connection.createStatement()) {
      if (!before.isEmpty()) {
        settings.execute(before);
      }
      try (PreparedStatement statement = connection.prepareStatement(explain + sql.text())) {
        sql.bind(statement);
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            steps.add(rows.getString(column));
          }
        }
      }
    }
    return steps;
  }
}
