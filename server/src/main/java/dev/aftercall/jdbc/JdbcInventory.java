package dev.aftercall.jdbc;

import dev.aftercall.query.Filter;
import dev.aftercall.query.ListQuery;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.Inventory;
import dev.aftercall.recording.Shelf;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Lists in SQL: each page is one statement that begins in an index at the page's first item. */
public final class JdbcInventory implements Inventory {
  static final String PLACE =
      """
      select m.meeting_key, m.organizer_id, m.calendar_id, m.subject, m.meeting_type, m.channel,
             m.calendar_backed, m.start_ticks, m.end_ticks, m.expiry_ticks, p.role
        from meeting m
        left join participant p on p.meeting_key = m.meeting_key and p.person_id = ?
       where m.tenant_id = ? and m.thread_id = ? and m.deleted_ticks is null
      """;

  static final String POSITION = "select position from change_counter where tenant_id = ?";

  private final Database database;

  /** Lists what lies in that database. */
  public JdbcInventory(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Place> meeting(UUID tenant, String threadId, UUID person) {
    List<Place> found =
        rows(
            new Sql().add(PLACE, person.toString(), tenant.toString(), threadId),
            row ->
                new Place(
                    JdbcCatalogue.meeting(row, tenant, threadId),
                    JdbcCatalogue.role(row.getString(11))));
    return found.stream().findFirst();
  }

  @Override
  public List<Item> page(
      Shelf shelf,
      Artifact.Kind kind,
      String url,
      ListQuery query,
      Optional<Bookmark> after,
      int most) {
    return rows(new ShelfSql(shelf, kind, url).page(query, after, most), row -> item(row, shelf));
  }

  @Override
  public long count(Shelf shelf, Artifact.Kind kind, String url, Optional<Filter> filter) {
    return rows(new ShelfSql(shelf, kind, url).count(filter), row -> row.getLong(1)).getFirst();
  }

  @Override
  public long position(UUID tenant) {
    return rows(new Sql().add(POSITION, tenant.toString()), row -> row.getLong(1)).stream()
        .findFirst()
        .orElse(0L);
  }

  @Override
  public List<Change> changes(
      Shelf shelf,
      Artifact.Kind kind,
      String url,
      Optional<Filter> filter,
      boolean removals,
      long after,
      int most) {
    return rows(
        new ShelfSql(shelf, kind, url).changes(filter, removals, after, most),
        row -> {
          long position = row.getLong("position");
          String what = row.getString("what");
          return what.equals(ChangeSequence.ADDED)
              ? new Change.Added(position, item(row, shelf))
              : new Change.Removed(position, row.getString(10), ChangeSequence.reason(what));
        });
  }

  private static Item item(ResultSet row, Shelf shelf) throws SQLException {
    return new Item(
        UUID.fromString(row.getString(1)),
        row.getString(2),
        shelf instanceof Shelf.OfMeeting(var meeting) ? meeting.id().encoded() : row.getString(7),
        row.getString(3),
        row.getString(4),
        row.getLong(5),
        row.getLong(6));
  }

  @FunctionalInterface
  private interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> List<T> rows(Sql sql, Reader<T> reader) {
    try (Connection connection = database.readConnection();
        PreparedStatement statement = connection.prepareStatement(sql.text())) {
      sql.bind(statement);
      List<T> rows = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(reader.read(row));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException("Reading the catalogue failed.", e);
    }
  }
}
