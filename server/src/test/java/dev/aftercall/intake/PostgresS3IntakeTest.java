package dev.aftercall.intake;

import dev.aftercall.content.ContentStore;
import dev.aftercall.content.s3.S3ContentStore;
import dev.aftercall.jdbc.Database;
import dev.aftercall.testing.S3ProxyServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** As several nodes share it: PostgreSQL and S3. */
final class PostgresS3IntakeTest extends IntakeContract {
  private static Postgres postgres;
  private static S3ProxyServer s3;
  private static S3ContentStore contents;

  @BeforeAll
  static void start() throws IOException {
    postgres = new Postgres();
    s3 = S3ProxyServer.start();
    contents = new S3ContentStore(s3.location());
  }

  @AfterAll
  static void stop() throws IOException {
    contents.close();
    s3.close();
    postgres.close();
  }

  @Override
  Database database() {
    return postgres.database();
  }

  @Override
  ContentStore contents() {
    return contents;
  }
}
