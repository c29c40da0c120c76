package dev.aftercall.testing;

import dev.aftercall.jdbc.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** One PostgreSQL for all tests of this JVM, started when first asked for, stopped with the JVM. */
public final class PostgresServer {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private PostgresServer() {}

  private static final class Holder {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().start();
      } catch (IOException e) {
        throw new UncheckedIOException("PostgreSQL did not start", e);
      }
    }
  }

  /** Made once: its schema takes longer than most tests. */
  private static final class Template {
    static final String NAME = made();

    private static String made() {
      create("template_of_tests", "");
      Database.open(location("template_of_tests")).close();
      return "template_of_tests";
    }
  }

  /** A database with its schema and nothing in it, that nobody else uses. */
  public static Database.Location freshDatabase() {
    return fresh(" template " + Template.NAME);
  }

  /** A database without even a schema, that nobody else uses. */
  public static Database.Location emptyDatabase() {
    return fresh("");
  }

  private static Database.Location fresh(String like) {
    String name = "test_" + DATABASES.incrementAndGet();
    create(name, like);
    return location(name);
  }

  private static void create(String name, String like) {
    try (Connection connection = Holder.SERVER.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name + like);
    } catch (SQLException e) {
      throw new IllegalStateException("The test database could not be made", e);
    }
  }

  private static Database.Location location(String name) {
    return new Database.Location(
        "jdbc:postgresql://localhost:" + Holder.SERVER.getPort() + "/" + name,
        Optional.of("postgres"),
        Optional.of("postgres"),
        4);
  }
}
