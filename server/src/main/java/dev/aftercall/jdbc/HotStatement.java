package dev.aftercall.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sqlite.SQLiteConnection;

/**
 * A statement on the way of every request. SQLite takes twice as long to prepare it as to run it,
 * and its driver keeps none, so it is prepared once a connection; PostgreSQL's driver keeps its
 * own.
 */
final class HotStatement {
  private final Database database;
  private final String sql;

  /** Never cleared: the pool of SQLite's readers neither retires connections nor grows. */
  private final Map<SQLiteConnection, PreparedStatement> kept = new ConcurrentHashMap<>();

  /** Binds, runs and reads; must close its result set. */
  @FunctionalInterface
  interface Use<T> {
    T with(PreparedStatement statement) throws SQLException;
  }

  HotStatement(Database database, String sql) {
    this.database = database;
    this.sql = sql;
  }

  <T> T run(Use<T> use) throws SQLException {
    // A connection is one borrower's alone, and so is its statement meanwhile.
    try (Connection connection = database.readConnection()) {
      if (database.embedded()) {
        return use.with(statement(connection.unwrap(SQLiteConnection.class)));
      }
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        return use.with(statement);
      }
    }
  }

  private PreparedStatement statement(SQLiteConnection own) throws SQLException {
    PreparedStatement known = kept.get(own);
    if (known == null) {
      known = new SqliteStatement(own, sql);
      kept.put(own, known);
    }
    return known;
  }
}
