package dev.aftercall.jdbc;

import dev.aftercall.jdbc.FilterSql.Column;
import dev.aftercall.jdbc.FilterSql.Fixed;
import dev.aftercall.jdbc.FilterSql.Made;
import dev.aftercall.jdbc.FilterSql.Operand;
import dev.aftercall.meeting.MeetingId;
import dev.aftercall.query.Alternatives;
import dev.aftercall.query.Filter;
import dev.aftercall.query.Filter.Value;
import dev.aftercall.query.ListQuery;
import dev.aftercall.query.Order;
import dev.aftercall.query.Property;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.Bookmarks;
import dev.aftercall.recording.Inventory.Bookmark;
import dev.aftercall.recording.RecordingId;
import dev.aftercall.recording.Shelf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The statements about one shelf.
 *
 * @param url how the content's address begins: {@code https://host/v1.0/users/{id}}
 */
record ShelfSql(Shelf shelf, Artifact.Kind kind, String url) {
  private static final String MEETING_ID =
      "(select m.graph_id from meeting m where m.meeting_key = r.meeting_key)";

  /** What few of a shelf's rows have, and an index begins with. */
  private static final Set<Property> NAMING =
      Set.of(Property.ID, Property.CALL_ID, Property.MEETING_ID, Property.CONTENT_CORRELATION_ID);

  /** What lies in the trash is in no list. */
  private static final String SHOWN = " and r.removed = 0";

  /** The first items behind the bookmark. */
  Sql page(ListQuery query, Optional<Bookmark> after, int most) {
    List<Order> order = Bookmarks.order(query.order());
    Optional<Filter> filter = query.filter().map(Alternatives::joined);
    Sql sql =
        new Sql()
            .add("select " + columns() + " from " + table() + " r where ")
            .add(searched(filter))
            .add(SHOWN);
    filter.ifPresent(it -> sql.add(" and ").add(condition(it)));
    after.ifPresent(bookmark -> sql.add(" and ").add(behind(order, bookmark)));
    boolean few = names(filter, Set.of(Property.CONTENT_CORRELATION_ID));
    return sql.add(orderBy(order, few)).add(" limit ?", most);
  }

  Sql count(Optional<Filter> wanted) {
    Optional<Filter> filter = wanted.map(Alternatives::joined);
    Sql sql =
        new Sql()
            .add("select count(*) from " + table() + " r where ")
            .add(searched(filter))
            .add(SHOWN);
    filter.ifPresent(it -> sql.add(" and ").add(condition(it)));
    return sql;
  }

  /** An addition whose artifact is gone is told no more: its removal is. */
  Sql changes(Optional<Filter> filter, boolean removals, long after, int most) {
    Sql sql =
        new Sql()
            .add("select " + columns() + ", c.position, c.what, c.graph_id from artifact_change c")
            .add(" left join " + table() + " r on r.artifact_id = c.artifact_id")
            .add(" and r.held_in = c.held_in where ")
            .add(within("c"))
            .add(" and c.kind = ? and c.position > ? and (", Database.word(kind), after)
            .add(removals ? "c.what <> 'added' or " : "")
            .add("(c.what = 'added' and r.artifact_id is not null");
    filter.ifPresent(it -> sql.add(" and ").add(condition(it)));
    return sql.add(")) order by c.position limit ?", most);
  }

  private String table() {
    return Database.word(kind);
  }

  private String columns() {
    return "r.artifact_id, r.graph_id, r.call_id, r.content_correlation_id, r.created_ticks,"
        + " r.ended_ticks, "
        + (shelf instanceof Shelf.OfOrganizer ? MEETING_ID : "r.meeting_key");
  }

  /**
   * The shelf's rows for a condition. One that names few of them is answered by what it names: no
   * index has the shelf in this form, so that none of its indexes seems to be the better one.
   */
  private Sql searched(Optional<Filter> filter) {
    if (shelf instanceof Shelf.OfMeeting || !names(filter, NAMING)) {
      return within("r");
    }
    String heldIn = shelf instanceof Shelf.OfCaller ? HeldIn.CALL : HeldIn.MEETING;
    return new Sql()
        .add(
            "(r.tenant_id || r.organizer_id || r.held_in) = ?",
            shelf.tenant().toString() + shelf.organizer() + heldIn)
        .add(inCalendar("r"));
  }

  private String inCalendar(String alias) {
    return shelf instanceof Shelf.OfOrganizer organizer && organizer.inCalendar()
        ? " and exists (select 1 from meeting b where b.meeting_key = "
            + alias
            + ".meeting_key and b.calendar_backed = 1)"
        : "";
  }

  private Sql within(String alias) {
    return switch (shelf) {
      case Shelf.OfMeeting(var meeting) ->
          new Sql().add(alias + ".meeting_key = ?", meeting.key().toString());
      case Shelf.OfOrganizer organizer -> of(alias, HeldIn.MEETING).add(inCalendar(alias));
      case Shelf.OfCaller caller -> of(alias, HeldIn.CALL);
    };
  }

  private Sql of(String alias, String heldIn) {
    return new Sql()
        .add(
            alias
                + ".tenant_id = ? and "
                + alias
                + ".organizer_id = ? and "
                + alias
                + ".held_in = ?",
            shelf.tenant().toString(),
            shelf.organizer().toString(),
            heldIn);
  }

  private Sql condition(Filter filter) {
    return new FilterSql(this::operand).of(filter);
  }

  private Operand operand(Property property) {
    return switch (property) {
      case ID -> new Made(new Sql().add("r.graph_id"), ShelfSql::byArtifact);
      case CALL_ID -> Column.of("r.call_id");
      case CONTENT_CORRELATION_ID -> Column.of("r.content_correlation_id");
      case CREATED -> Column.of("r.created_ticks");
      case ENDED -> Column.of("r.ended_ticks");
      case MEETING_ID -> meetingId();
      case CONTENT_URL -> contentUrl();
      case ORGANIZER -> new Fixed(new Value.Text(shelf.organizer().toString()));
      case ORGANIZER_TENANT -> new Fixed(new Value.Text(shelf.tenant().toString()));
      case ORGANIZER_NAME -> new Fixed(new Value.Null());
    };
  }

  private Operand meetingId() {
    return switch (shelf) {
      case Shelf.OfMeeting(var meeting) -> new Fixed(new Value.Text(meeting.id().encoded()));
      case Shelf.OfOrganizer organizer -> new Made(new Sql().add(MEETING_ID), this::byThread);
      case Shelf.OfCaller caller -> new Fixed(new Value.Null());
    };
  }

  /** Ids are made of the artifact's key. */
  private static Optional<Sql> byArtifact(List<String> ids) {
    List<String> keys =
        ids.stream().flatMap(id -> RecordingId.artifact(id).stream()).map(UUID::toString).toList();
    return keys.isEmpty()
        ? Optional.empty()
        : Optional.of(new Sql().add("r.artifact_id in (").add(listed(keys)).add(")"));
  }

  /** Ids of meetings are made of the thread's. */
  private Optional<Sql> byThread(List<String> ids) {
    List<String> threads =
        ids.stream()
            .flatMap(id -> MeetingId.parse(id).stream())
            .map(MeetingId::threadId)
            .distinct()
            .toList();
    // Of one meeting the rows come in order; of several they are sorted.
    return threads.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Sql()
                .add("r.meeting_key " + (threads.size() == 1 ? "=" : "in"))
                .add(
                    " (select k.meeting_key from meeting k where k.tenant_id = ?"
                        + " and k.thread_id in (",
                    shelf.tenant().toString())
                .add(listed(threads))
                .add("))"));
  }

  private static Sql listed(List<String> values) {
    return new Sql().add("?" + ", ?".repeat(values.size() - 1), values.toArray());
  }

  private Operand contentUrl() {
    String middle = "/" + table() + "s/";
    Sql sql = new Sql().add("(?", url);
    switch (shelf) {
      case Shelf.OfMeeting(var meeting) ->
          sql.add(" || ?", "/onlineMeetings/" + meeting.id().encoded());
      case Shelf.OfOrganizer organizer -> sql.add(" || ? || " + MEETING_ID, "/onlineMeetings/");
      case Shelf.OfCaller caller -> sql.add(" || ? || r.meeting_key", "/adhocCalls/");
    }
    return new Column(sql.add(" || ? || r.graph_id || ?)", middle, "/content"));
  }

  private static String column(Property property) {
    return switch (property) {
      case CREATED -> "r.created_ticks";
      case ENDED -> "r.ended_ticks";
      case ID -> "r.graph_id";
      default -> throw new IllegalArgumentException("Nothing is ordered by " + property.path());
    };
  }

  /**
   * Whether a condition says which value one of those properties has, and so leaves few. What is
   * the same for all of the shelf leaves all of them, or none.
   */
  private boolean names(Optional<Filter> filter, Set<Property> properties) {
    return filter.isPresent()
        && switch (filter.get()) {
          case Filter.And(Filter left, Filter right) ->
              names(Optional.of(left), properties) || names(Optional.of(right), properties);
          case Filter.Compare(Property property, Filter.Relation relation, Value value) ->
              relation == Filter.Relation.EQUAL && differs(property, properties);
          case Filter.In(Property property, List<Value> values) -> differs(property, properties);
          default -> false;
        };
  }

  private boolean differs(Property property, Set<Property> properties) {
    return properties.contains(property) && !(operand(property) instanceof Fixed);
  }

  /** A sum stands in no index, which leaves the planner the one of the condition. */
  private static Sql orderBy(List<Order> order, boolean few) {
    StringBuilder text = new StringBuilder(" order by ");
    for (Order each : order) {
      boolean ticks = each.property().type() == Property.Type.INSTANT;
      text.append(column(each.property()))
          .append(few && ticks ? " + 0" : "")
          .append(each.descending() ? " desc, " : ", ");
    }
    return new Sql().add(text + "r.artifact_id" + (order.getLast().descending() ? " desc" : ""));
  }

  /**
   * Where all go one way a comparison of rows, which an index answers by itself; else alternatives,
   * and beside them the bound of the first key for the index's sake.
   */
  private static Sql behind(List<Order> order, Bookmark bookmark) {
    boolean descending = order.getLast().descending();
    List<String> columns =
        new ArrayList<>(order.stream().map(each -> column(each.property())).toList());
    columns.add("r.artifact_id");
    List<Object> values = new ArrayList<>(bookmark.keys().stream().map(ShelfSql::plain).toList());
    values.add(bookmark.artifact().toString());
    if (order.stream().allMatch(each -> each.descending() == descending)) {
      return new Sql()
          .add("(" + String.join(", ", columns) + ") " + (descending ? "<" : ">"))
          .add(" (?" + ", ?".repeat(values.size() - 1) + ")", values.toArray());
    }
    boolean first = order.getFirst().descending();
    Sql sql =
        new Sql().add("(" + columns.getFirst() + (first ? " <= ?" : " >= ?"), values.getFirst());
    for (int i = 0; i < columns.size(); i++) {
      boolean down = i < order.size() ? order.get(i).descending() : descending;
      sql.add(i == 0 ? " and (" : " or ").add("(");
      for (int same = 0; same < i; same++) {
        sql.add(columns.get(same) + " = ? and ", values.get(same));
      }
      sql.add(columns.get(i) + (down ? " < ?)" : " > ?)"), values.get(i));
    }
    return sql.add("))");
  }

  private static Object plain(Value value) {
    return switch (value) {
      case Value.Text(String text) -> text;
      case Value.Instant(long ticks) -> ticks;
      case Value.Null none -> throw new IllegalArgumentException("No key of an order is null.");
    };
  }
}
