package dev.aftercall.jdbc;

import dev.aftercall.time.Ids;

/** Secrets that all servers of one database share; each is made once, by whoever needs it first. */
public final class JdbcSecrets {
  private final Database database;
  private final Ids ids;

  /** Keeps them in that database. */
  public JdbcSecrets(Database database, Ids ids) {
    this.database = database;
    this.ids = ids;
  }

  /** The secret for that purpose, 43 URL-safe characters. */
  public String of(String purpose) {
    return database.write(
        handle -> {
          handle.execute(
              "insert into secret (purpose, secret) values (?, ?) on conflict (purpose) do nothing",
              purpose,
              ids.secret());
          return handle
              .createQuery("select secret from secret where purpose = :purpose")
              .bind("purpose", purpose)
              .mapTo(String.class)
              .one();
        });
  }
}
