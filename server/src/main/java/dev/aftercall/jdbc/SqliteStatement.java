package dev.aftercall.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;
import org.sqlite.jdbc4.JDBC4PreparedStatement;

/**
 * A prepared statement that asks SQLite for its columns' names once. The driver asks at every
 * execution, which for twenty columns takes as long as the look-up.
 */
final class SqliteStatement extends JDBC4PreparedStatement {
  private String @Nullable [] names;

  SqliteStatement(SQLiteConnection connection, String sql) throws SQLException {
    super(connection, sql);
  }

  @Override
  public ResultSet getResultSet() throws SQLException {
    rs.colsMeta = names;
    ResultSet result = super.getResultSet();
    names = rs.colsMeta;
    return result;
  }
}
