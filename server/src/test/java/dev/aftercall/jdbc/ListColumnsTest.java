package dev.aftercall.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.query.ListQuery;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.Inventory.Item;
import dev.aftercall.recording.RecordingId;
import dev.aftercall.recording.Shelf;
import dev.aftercall.testing.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was kept before there were lists is listed too. */
final class ListColumnsTest {
  private static final UUID TENANT = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final UUID ORGANIZER = UUID.fromString("00000000-0000-4000-8000-0000000000cc");
  private static final UUID KEY = UUID.fromString("00000000-0000-4000-8000-0000000000ee");
  private static final Meeting MEETING =
      new Meeting(
          KEY,
          TENANT,
          ORGANIZER,
          "19:meeting_x@thread.v2",
          "0400",
          "s",
          MeetingType.SCHEDULED,
          false,
          true,
          1,
          2,
          3);

  @TempDir Path dir;

  @Test
  void sqlite() {
    fills(Database.Location.in(dir));
  }

  @Test
  void postgres() {
    fills(PostgresServer.emptyDatabase());
  }

  private static void fills(Database.Location location) {
    Flyway.configure()
        .dataSource(location.url(), location.user().orElse(null), location.password().orElse(null))
        .locations("classpath:db/migration")
        .target("1")
        .load()
        .migrate();
    Jdbi old =
        location.user().isEmpty()
            ? Jdbi.create(location.url())
            : Jdbi.create(location.url(), location.user().get(), location.password().orElse(""));
    old.useTransaction(
        handle -> {
          handle.execute(
              "insert into meeting (meeting_key, tenant_id, thread_id, organizer_id, calendar_id,"
                  + " subject, meeting_type, channel, start_ticks, end_ticks, expiry_ticks)"
                  + " values (?, ?, ?, ?, '0400', 's', 'scheduled', 0, 1, 2, 3)",
              KEY.toString(),
              TENANT.toString(),
              MEETING.threadId(),
              ORGANIZER.toString());
          // More than one batch of the migration.
          for (int i = 0; i < 2_100; i++) {
            handle.execute(
                "insert into recording (artifact_id, tenant_id, meeting_key, call_id,"
                    + " content_correlation_id, created_ticks, ended_ticks, media_type, size_bytes,"
                    + " sha256, file_name, duration_millis, kept_ticks)"
                    + " values (?, ?, ?, 'c', 'x-0', ?, 9, 'video/mp4', 1, 'ab', 'x', 1, 1)",
                artifact(i).toString(),
                TENANT.toString(),
                KEY.toString(),
                i);
          }
        });

    try (Database database = Database.open(location)) {
      Shelf shelf = new Shelf.OfOrganizer(TENANT, ORGANIZER);
      JdbcInventory inventory = new JdbcInventory(database);
      assertThat(inventory.count(shelf, Artifact.Kind.RECORDING, "", Optional.empty()))
          .isEqualTo(2_100);
      List<Item> items =
          inventory.page(
              shelf,
              Artifact.Kind.RECORDING,
              "",
              new ListQuery(Optional.empty(), List.of(), 2),
              Optional.empty(),
              2);
      assertThat(items)
          .extracting(Item::id)
          .containsExactly(
              RecordingId.encode(MEETING, artifact(0)), RecordingId.encode(MEETING, artifact(1)));
      assertThat(items)
          .allSatisfy(item -> assertThat(item.place()).isEqualTo(MEETING.id().encoded()));
    }
  }

  private static UUID artifact(int number) {
    return new UUID(0x4000L, 0x8000_0000_0000_0000L | number);
  }
}
