package dev.aftercall.jdbc;

import dev.aftercall.time.Ids;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;

/** Secrets that all servers of one database share; each is made once, by whoever needs it first. */
public final class JdbcSecrets {
  private static final String FIND = "select secret from secret where purpose = ?";

  private final Database database;
  private final Ids ids;

  /** Keeps them in that database. */
  public JdbcSecrets(Database database, Ids ids) {
    this.database = database;
    this.ids = ids;
  }

  /** The secret for that purpose, 43 URL-safe characters. */
  public String of(String purpose) {
    return of(purpose, ids::secret);
  }

  /** The secret for that purpose, in the form that {@code maker} gives it. */
  public String of(String purpose, Supplier<String> maker) {
    return find(purpose).orElseGet(() -> make(purpose, maker));
  }

  /** Plain JDBC: asked at every start, which shall not wait for JDBI to get going. */
  private Optional<String> find(String purpose) {
    try (Connection connection = database.readConnection();
        PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setString(1, purpose);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Reading the secrets failed.", e);
    }
  }

  private String make(String purpose, Supplier<String> maker) {
    database.write(
        handle ->
            handle.execute(
                "insert into secret (purpose, secret) values (?, ?)"
                    + " on conflict (purpose) do nothing",
                purpose,
                maker.get()));
    return find(purpose).orElseThrow();
  }
}
