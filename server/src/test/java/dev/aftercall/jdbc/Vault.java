package dev.aftercall.jdbc;

import dev.aftercall.content.ContentStore;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.meeting.NewMeeting;
import dev.aftercall.meeting.Role;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.Artifact.Kind;
import dev.aftercall.retention.Certificates;
import dev.aftercall.retention.Hold;
import dev.aftercall.retention.Removal;
import dev.aftercall.retention.RetentionRun;
import dev.aftercall.retention.RetentionSettings;
import dev.aftercall.testing.TestClock;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A tenant's archive over real stores, with recordings that lie in the trash. */
final class Vault {
  private static final String KEY = Certificates.newKey();

  final Database database;
  final ContentStore contents;
  final TestClock clock = new TestClock(TestClock.START);
  final Ids ids = Ids.secure();
  final UUID tenant = ids.guid();
  final UUID organizer = ids.guid();
  final RetentionRun.Rooms rooms;
  private final Path folder;

  Vault(Database database, ContentStore contents, Path folder) {
    this.database = database;
    this.contents = contents;
    this.folder = folder;
    this.rooms =
        new RetentionRun.Rooms(
            new JdbcArchive(database),
            new JdbcTrash(database),
            new JdbcHolds(database),
            new JdbcRetentionRules(database),
            new JdbcRunState(database),
            new JdbcDisposals(database),
            contents,
            new Certificates(KEY));
  }

  long now() {
    return Ticks.of(clock.instant());
  }

  /** A run of a process that begins now. */
  RetentionRun run(RetentionRun.Rooms over) {
    return new RetentionRun(over, RetentionSettings.DEFAULT, ids, clock);
  }

  /** Recordings whose trash period is over. */
  List<UUID> due(int count) {
    List<UUID> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(add().artifact());
    }
    long long_ago = now() - 100 * 864_000_000_000L;
    for (UUID artifact : all) {
      rooms.trash().remove(tenant, Map.of(artifact, Removal.deleted(long_ago, "somebody")));
    }
    return all;
  }

  /** A recording with its bytes. */
  Artifact add() {
    UUID key = ids.guid();
    Meeting meeting =
        new Meeting(
            key,
            tenant,
            organizer,
            NewMeeting.threadId(key),
            NewMeeting.calendarId(key, now()),
            "Weekly",
            MeetingType.SCHEDULED,
            false,
            true,
            now() - 10,
            now(),
            now() + 99);
    Artifact artifact =
        new Artifact(
            Kind.RECORDING,
            ids.guid(),
            tenant,
            key,
            ids.guid(),
            key + "-0",
            now() - 10,
            now(),
            new Artifact.MediaFile("video/mp4", 4, "ab", "x.mp4", 1, now()));
    try {
      contents.keep(
          artifact.contentKey(),
          Files.write(folder.resolve(artifact.artifact().toString()), new byte[] {1, 2, 3, 4}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return database.write(
        handle -> {
          MeetingRows.insert(handle, meeting);
          MeetingRows.insert(handle, meeting, organizer, Role.ORGANIZER);
          ArtifactRows.insert(handle, meeting, artifact);
          ChangeSequence.append(
              handle,
              List.of(ChangeSequence.added(meeting, Kind.RECORDING, artifact.artifact())),
              now());
          return artifact;
        });
  }

  Hold hold(Hold.Scope scope) {
    UUID id = ids.guid();
    return new Hold(id, tenant, "hold-" + id, "", scope, now(), "admin", Optional.empty(), 1);
  }

  boolean hasRow(UUID artifact) {
    return rooms.archive().find(tenant, artifact).isPresent();
  }

  boolean hasBytes(UUID artifact) throws IOException {
    return contents.open(new dev.aftercall.content.ContentKey(tenant, artifact)).isPresent();
  }

  long certificates(UUID artifact) {
    return rooms.disposals().page(tenant, Optional.empty(), 9_999).stream()
        .filter(disposal -> disposal.artifact().equals(artifact))
        .filter(disposal -> rooms.certificates().verify(disposal.certificate()).isPresent())
        .count();
  }
}
