package dev.aftercall.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue's database: SQLite in one file, or PostgreSQL. Reading and writing are told apart
 * because SQLite takes one writer at a time ({@link SqliteWriter}).
 */
public final class Database implements AutoCloseable {
  /** Version of the newest migration; a test holds them together. */
  static final String SCHEMA = "15";

  private final HikariDataSource readers;
  private final HikariDataSource writers;
  private final Supplier<Jdbi> reading;
  private final Supplier<Jdbi> writing;
  private final Optional<SqliteWriter> writer;

  /** The transaction that this thread is in. */
  private final ScopedValue<Open> open = ScopedValue.newInstance();

  private record Open(Handle handle, List<Runnable> afterwards) {}

  /** Where the database is and who asks. */
  public record Location(
      String url, Optional<String> user, Optional<String> password, int poolSize) {
    /** The embedded database in a data folder. */
    public static Location in(Path dataDir) {
      return new Location(
          "jdbc:sqlite:" + dataDir.resolve("aftercall.db"), Optional.empty(), Optional.empty(), 8);
    }

    boolean sqlite() {
      return url.startsWith("jdbc:sqlite:");
    }

    @Override
    public String toString() {
      return url;
    }
  }

  /** One transaction's work. */
  @FunctionalInterface
  public interface Work<T> {
    /** Works with the open handle. */
    T with(Handle handle);
  }

  /**
   * Thrown by a work that wants nothing of it written. It must not roll back by itself: on SQLite
   * others may share the transaction.
   */
  static final class Undone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Undone() {
      super("Nothing was written.", null, false, false);
    }
  }

  private Database(HikariDataSource readers, HikariDataSource writers, boolean oneWriter) {
    this.readers = readers;
    this.writers = writers;
    this.reading = whenNeeded(readers);
    this.writing = whenNeeded(writers);
    this.writer = oneWriter ? Optional.of(new SqliteWriter(writing)) : Optional.empty();
  }

  /**
   * JDBI takes a tenth of a second to get going, and no way to the first answer leads through it.
   */
  private static Supplier<Jdbi> whenNeeded(HikariDataSource source) {
    return new Supplier<>() {
      private @Nullable Jdbi made;

      @Override
      public synchronized Jdbi get() {
        if (made == null) {
          made = Jdbi.create(source);
        }
        return made;
      }
    };
  }

  /** Opens the database and brings its schema up to date. */
  public static Database open(Location location) {
    HikariDataSource writers = pool(location, true);
    migrate(writers, location);
    return location.sqlite()
        ? new Database(pool(location, false), writers, true)
        : new Database(writers, writers, false);
  }

  private static HikariDataSource pool(Location location, boolean writing) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(writing ? "catalogue" : "catalogue-readers");
    config.setJdbcUrl(location.url());
    location.user().ifPresent(config::setUsername);
    location.password().ifPresent(config::setPassword);
    config.setMaximumPoolSize(writing && location.sqlite() ? 1 : location.poolSize());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(10_000);
    if (location.sqlite()) {
      // There is no network between, so nothing that would make a connection go bad with age.
      config.setMaxLifetime(0);
      config.setIdleTimeout(0);
      config.addDataSourceProperty("journal_mode", "WAL");
      // FULL: a commit that was acknowledged survives the loss of power, not only of the process.
      config.addDataSourceProperty("synchronous", "FULL");
      config.addDataSourceProperty("busy_timeout", "10000");
      config.addDataSourceProperty("foreign_keys", "true");
      config.addDataSourceProperty("transaction_mode", writing ? "IMMEDIATE" : "DEFERRED");
      if (writing) {
        // A batch of the journal touches pages all over its indexes; those that do not fit are
        // written out early and read again. KiB when negative; taken as it is needed.
        config.addDataSourceProperty("cache_size", "-16384");
      }
    }
    return new HikariDataSource(config);
  }

  private static void migrate(HikariDataSource source, Location location) {
    if (current(source)) {
      return;
    }
    // Flyway asks for a second connection while it holds the first, which a pool of one has not.
    Flyway.configure(Database.class.getClassLoader())
        .dataSource(location.url(), location.user().orElse(null), location.password().orElse(null))
        .locations("classpath:db/migration")
        .javaMigrations(new ListColumns(), new JournalColumns())
        .loggers("slf4j")
        .load()
        .migrate();
  }

  /** Whether the schema needs nothing: asking ourselves spares every other start Flyway's own. */
  private static boolean current(HikariDataSource source) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select version, success from flyway_schema_history"
                    + " order by installed_rank desc limit 1")) {
      return row.next() && row.getString(1).equals(SCHEMA) && row.getBoolean(2);
    } catch (SQLException e) {
      return false; // There is no such table yet; anything worse Flyway will tell.
    }
  }

  /** Reads; several statements see one state only where the database's isolation gives it. */
  public <T> T read(Work<T> work) {
    return open.isBound() ? work.with(open.get().handle()) : reading.get().withHandle(work::with);
  }

  /** Reads with plain JDBC, where the last microsecond counts. */
  public Connection readConnection() throws SQLException {
    return readers.getConnection();
  }

  /** For a library that brings its own SQL. */
  DataSource writers() {
    return writers;
  }

  /** Whether the database is a library in this process, and so this process its only one. */
  public boolean embedded() {
    return writer.isPresent();
  }

  /**
   * Writes, all or nothing: when this returns, it is committed and durable. The work is run once.
   * Within {@link #together} it is a part of that.
   */
  public <T> T write(Work<T> work) {
    if (open.isBound()) {
      return work.with(open.get().handle());
    }
    return writer.isEmpty() ? writing.get().inTransaction(work::with) : writer.get().write(work);
  }

  /**
   * Makes one transaction of all that is read and written by {@link #read} and {@link #write}
   * within it. What throws undoes everything. On SQLite all others wait meanwhile: nothing in it
   * may wait for anything else.
   */
  <T> T together(Supplier<T> works) {
    List<Runnable> afterwards = new ArrayList<>();
    T result =
        write(handle -> ScopedValue.where(open, new Open(handle, afterwards)).call(works::get));
    afterwards.forEach(Runnable::run);
    return result;
  }

  /** Runs something once what was written is durable. */
  void afterwards(Runnable action) {
    if (open.isBound()) {
      open.get().afterwards().add(action);
    } else {
      action.run();
    }
  }

  /** Asks the database for a sign of life; run by readiness checks. */
  public void check() {
    try (Connection connection = readConnection()) {
      connection.prepareStatement("select version from rules_version").execute();
    } catch (SQLException e) {
      throw new IllegalStateException("The database does not answer.", e);
    }
  }

  /** Lower-case name of an enum constant, the form in which the schema keeps them. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() {
    writer.ifPresent(SqliteWriter::close);
    readers.close();
    writers.close();
  }
}
