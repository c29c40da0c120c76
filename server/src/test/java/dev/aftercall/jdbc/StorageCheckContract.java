package dev.aftercall.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aftercall.content.ContentKey;
import dev.aftercall.content.ContentStore;
import dev.aftercall.content.disk.DiskContentStore;
import dev.aftercall.intake.Intake;
import dev.aftercall.intake.Upload;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.recording.Artifact;
import dev.aftercall.storage.Count;
import dev.aftercall.storage.Finding;
import dev.aftercall.storage.Finding.Kind;
import dev.aftercall.storage.Finding.State;
import dev.aftercall.storage.Hashing;
import dev.aftercall.storage.Pace;
import dev.aftercall.storage.Run;
import dev.aftercall.storage.Runs;
import dev.aftercall.storage.StorageCheck;
import dev.aftercall.storage.StorageWatch;
import dev.aftercall.storage.Tally;
import dev.aftercall.testing.TestClock;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the check of the storage finds, with its runs in SQL and its bytes on disk. */
abstract class StorageCheckContract {
  private final Rows rows = new Rows();
  private final UUID tenant = rows.guid();
  private final TestClock clock = new TestClock(TestClock.START);

  @TempDir Path folder;

  private Database database;
  private ContentStore contents;
  private JdbcStorageRuns runs;
  private Meeting meeting;

  /** A database with nothing in it but the schema. */
  abstract Database.Location location();

  @BeforeEach
  void open() throws IOException {
    database = Database.open(location());
    contents = new DiskContentStore(folder.resolve("content"));
    runs = new JdbcStorageRuns(database);
    meeting = meetingOf(tenant);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void soundStorageHasNoFindings() throws Exception {
    for (int i = 0; i < 5; i++) {
      kept(meeting, "bytes " + i);
    }
    Run run = check(Hashing.FULL, false);

    assertThat(run.state()).isEqualTo(Run.State.DONE);
    assertThat(findings()).isEmpty();
    assertThat(runs.counts(run.id(), Optional.of(tenant)))
        .containsEntry(Count.PROMISED, 5L)
        .containsEntry(Count.STORED, 5L)
        .containsEntry(Count.HASHED, 5L)
        .containsEntry(Count.STORED_BYTES, 35L)
        .doesNotContainKey(Count.FINDINGS);
    assertThat(runs.counts(run.id(), Optional.of(rows.guid()))).isEmpty();
  }

  @Test
  void everyFaultIsFoundAndMendedOnesAreResolved() throws Exception {
    ContentKey missing = kept(meeting, "missing");
    ContentKey longer = kept(meeting, "longer");
    ContentKey changed = kept(meeting, "changed");
    ContentKey sound = kept(meeting, "sound");
    byte[] bytes = Files.readAllBytes(file(missing));
    Files.delete(file(missing));
    Files.writeString(file(longer), "longer!");
    Files.writeString(file(changed), "Changed");
    ContentKey orphan = new ContentKey(tenant, rows.guid());
    put(orphan, "orphan");
    Path stranger = Files.writeString(folder.resolve("content/" + tenant + "/note.txt"), "?");

    check(Hashing.FULL, false);

    assertThat(findings())
        .containsExactlyInAnyOrder(
            "missing " + missing.path(),
            "size " + longer.path(),
            "hash " + changed.path(),
            "orphan " + orphan.path(),
            "unknown " + tenant + "/note.txt");
    assertThat(file(orphan)).exists();
    assertThat(runs.open(Optional.of(tenant))).containsEntry(Kind.HASH, 1L).hasSize(5);
    assertThat(runs.open(Optional.of(rows.guid()))).isEmpty();
    long first = known("hash " + changed.path()).firstSeen();

    clock.advance(Duration.ofHours(1));
    Files.write(file(missing), bytes);
    Files.writeString(file(longer), "longer");
    Files.delete(stranger);
    check(Hashing.NONE, false);

    // What nobody read again stays as it was found.
    assertThat(findings()).containsExactly("hash " + changed.path(), "orphan " + orphan.path());
    assertThat(known("orphan " + orphan.path()).lastSeen()).isEqualTo(Ticks.of(clock.instant()));
    assertThat(known("hash " + changed.path()).firstSeen()).isEqualTo(first);

    // However small the sample: what was wrong is read again.
    Files.writeString(file(changed), "changed");
    check(new Hashing(1), false);
    assertThat(findings()).containsExactly("orphan " + orphan.path());
    assertThat(sound).isNotNull();
  }

  @Test
  void orphansAreSetAsideWhenTheyAreOldAndInNobodysHands() throws Exception {
    ContentKey kept = kept(meeting, "kept");
    ContentKey old = new ContentKey(tenant, rows.guid());
    put(old, "old");
    ContentKey young = new ContentKey(tenant, rows.guid());
    put(young, "young");
    Files.setLastModifiedTime(
        file(young), FileTime.from(clock.instant().minus(Duration.ofHours(23))));
    Upload upload = rows.upload(tenant, "", Long.MAX_VALUE);
    JdbcIntakeStore intake = new JdbcIntakeStore(database);
    intake.open(upload);
    intake.move(
        upload.id(),
        Upload.State.RECEIVING,
        Upload.State.KEEPING,
        Optional.empty(),
        Optional.of("{}"));
    ContentKey arriving = new ContentKey(tenant, upload.artifact());
    put(arriving, "arriving");
    ContentKey with = new ContentKey(tenant, Intake.transcriptOf(upload.artifact()));
    put(with, "its transcript");
    Path stranger = Files.writeString(folder.resolve("content/" + tenant + "/note.txt"), "?");

    Run run = check(Hashing.NONE, true);

    assertThat(findings())
        .containsExactlyInAnyOrder("orphan " + old.path(), "unknown " + tenant + "/note.txt");
    assertThat(known("orphan " + old.path()).state()).isEqualTo(State.QUARANTINED);
    assertThat(file(old)).doesNotExist();
    assertThat(folder.resolve("content/quarantine/" + old.path())).hasContent("old");
    assertThat(runs.counts(run.id(), Optional.empty()))
        .containsEntry(Count.PENDING, 3L)
        .containsEntry(Count.QUARANTINED, 1L);
    for (ContentKey key : List.of(kept, young, arriving, with)) {
      assertThat(file(key)).exists();
    }
    assertThat(stranger).exists();

    check(Hashing.NONE, true);
    assertThat(known("orphan " + old.path()).state()).isEqualTo(State.QUARANTINED);
  }

  @Test
  void oneTenantAloneCanBeChecked() throws Exception {
    UUID other = rows.guid();
    ContentKey theirs = kept(meetingOf(other), "theirs");
    ContentKey ours = kept(meeting, "ours");
    Files.delete(file(theirs));
    Files.delete(file(ours));
    put(new ContentKey(other, rows.guid()), "their orphan");

    Run run = check(Optional.of(tenant), Hashing.FULL, false, () -> false);

    assertThat(run.state()).isEqualTo(Run.State.DONE);
    assertThat(findings()).containsExactly("missing " + ours.path());
    assertThat(runs.newest(Optional.of(other), 10)).isEmpty();
    assertThat(runs.newest(Optional.of(tenant), 10)).hasSize(1);
  }

  @Test
  void whateverIsWrongAndWheneverItStopsEveryFaultIsFoundOnce() throws Exception {
    for (int seed = 0; seed < 8; seed++) {
      Random random = new Random(seed);
      Set<String> wrong = new TreeSet<>(findings());
      for (int i = 0; i < 40; i++) {
        Meeting of = random.nextInt(3) == 0 ? meetingOf(rows.guid()) : meeting;
        ContentKey key = kept(of, "bytes of " + seed + "-" + i);
        switch (random.nextInt(8)) {
          case 0 -> {
            Files.delete(file(key));
            wrong.add("missing " + key.path());
          }
          case 1 -> {
            Files.writeString(file(key), "short");
            wrong.add("size " + key.path());
          }
          case 2 -> {
            Files.writeString(file(key), "Bytes of " + seed + "-" + i);
            wrong.add("hash " + key.path());
          }
          case 3 -> {
            ContentKey orphan = new ContentKey(of.tenant(), rows.guid());
            put(orphan, "orphan");
            wrong.add("orphan " + orphan.path());
          }
          default -> {}
        }
      }
      int[] until = {random.nextInt(1, 20)};
      Run run = check(Optional.empty(), Hashing.FULL, false, () -> until[0]-- == 0);
      int stops = 0;
      while (run.state() == Run.State.STOPPED) {
        until[0] = random.nextInt(1, 60);
        run = again(run, "someone", () -> until[0]-- == 0).orElseThrow();
        stops++;
      }
      assertThat(stops).isPositive();
      assertThat(run.state()).as(run.reason()).isEqualTo(Run.State.DONE);
      assertThat(findings()).as("seed " + seed).isEqualTo(wrong);
      assertThat(runs.counts(run.id(), Optional.empty()))
          .containsEntry(Count.FINDINGS, (long) wrong.size());
    }
  }

  @Test
  void oneNodeAtATime() throws Exception {
    kept(meeting, "one");
    Run run = runs.open(rows.guid(), plan(Optional.empty(), Hashing.NONE, false), now());
    assertThat(runs.begin(run.id(), "first", now(), now() + 10)).isPresent();

    assertThat(again(run, "second", () -> false)).isEmpty();

    clock.advance(Duration.ofSeconds(1));
    Run over = again(run, "second", () -> false).orElseThrow();
    assertThat(over.state()).isEqualTo(Run.State.DONE);
    assertThat(
            runs.save(
                run,
                "first",
                new Runs.Progress(List.of(), Set.of(), Set.of(), new Tally()),
                now(),
                now() + 10))
        .isFalse();
    assertThat(runs.end(run, "first", Run.State.FAILED, "late", now())).isFalse();
    assertThat(runs.find(run.id()).orElseThrow().state()).isEqualTo(Run.State.DONE);
    assertThat(again(run, "third", () -> false)).as("a run that is over").isEmpty();
    assertThat(runs.begin(rows.guid(), "third", now(), now() + 10)).as("no such run").isEmpty();
  }

  @Test
  void aRunThatLostItsLeaseWritesNothingMore() throws Exception {
    kept(meeting, "one");
    Run run = runs.open(rows.guid(), plan(Optional.empty(), Hashing.NONE, false), now());
    assertThatThrownBy(
            () ->
                again(
                    run,
                    "first",
                    () -> {
                      clock.advance(Duration.ofHours(1));
                      return runs.begin(run.id(), "second", now(), now() + 10).isEmpty();
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Another node");
  }

  @Test
  void ofSeveralNodesOneOpensTheScheduledRun() throws Exception {
    Run.Plan plan = new Run.Plan(Run.Origin.SCHEDULE, Optional.empty(), Hashing.NONE, false);
    List<Thread> nodes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      UUID id = rows.guid();
      nodes.add(Thread.startVirtualThread(() -> runs.openUnlessSince(id, plan, now(), now() - 10)));
    }
    for (Thread node : nodes) {
      node.join();
    }
    assertThat(runs.newest(Optional.empty(), 10)).hasSize(1);

    clock.advance(Duration.ofDays(7));
    assertThat(runs.openUnlessSince(rows.guid(), plan, now(), now() - 10)).isPresent();
  }

  @Test
  void theServerChecksWhenItIsTimeAndGoesOnWithWhatWasCutOff() throws Exception {
    kept(meeting, "one");
    StorageCheck.Rooms rooms =
        new StorageCheck.Rooms(new JdbcPromises(database, Intake::transcriptOf), contents, runs);
    StorageWatch.Timetable weekly =
        new StorageWatch.Timetable(
            Optional.of(Duration.ofDays(7)),
            Hashing.FULL,
            Duration.ofDays(1),
            new Pace(Pace.UNBOUNDED, Pace.UNBOUNDED, System::nanoTime));
    Ids ids = Ids.repeatable(99);
    try (StorageWatch watch = new StorageWatch(rooms, weekly, ids, clock)) {
      watch.look();
      watch.look();
      assertThat(states()).containsExactly(Run.State.DONE);
      clock.advance(Duration.ofDays(6));
      watch.look();
      assertThat(states()).hasSize(1);
      clock.advance(Duration.ofDays(1).plusMinutes(1));
      watch.look();
      assertThat(states()).containsExactly(Run.State.DONE, Run.State.DONE);

      // Another node died at a run that an administrator asked for; its lease runs out.
      Run asked =
          runs.open(
              rows.guid(),
              new Run.Plan(Run.Origin.API, Optional.of(tenant), Hashing.NONE, false),
              now());
      assertThat(runs.begin(asked.id(), "dead", now(), now() + 10)).isPresent();
      watch.look();
      assertThat(runs.find(asked.id()).orElseThrow().state()).isEqualTo(Run.State.RUNNING);
      clock.advance(Duration.ofMinutes(3));
      watch.look();
      assertThat(runs.find(asked.id()).orElseThrow().state()).isEqualTo(Run.State.DONE);
    }
  }

  @Test
  void moreFindingsThanThereCanBeEndTheRun() throws Exception {
    Run run = runs.open(rows.guid(), plan(Optional.empty(), Hashing.NONE, false), now());
    kept(meeting, "one");
    database.write(
        handle ->
            handle.execute(
                "insert into storage_tally (run_id, tenant_id, what, amount) values (?, '',"
                    + " 'findings', 100001)",
                run.id().toString()));
    Run over = again(run, "someone", () -> false).orElseThrow();
    assertThat(over.state()).isEqualTo(Run.State.FAILED);
    assertThat(over.reason()).contains("belong together");
  }

  private List<Run.State> states() {
    return runs.newest(Optional.empty(), 10).stream().map(Run::state).toList();
  }

  private Run check(Hashing hashing, boolean quarantine) {
    return check(Optional.empty(), hashing, quarantine, () -> false);
  }

  private Run check(
      Optional<UUID> only, Hashing hashing, boolean quarantine, BooleanSupplier stop) {
    Run run = runs.open(rows.guid(), plan(only, hashing, quarantine), now());
    return again(run, "someone", stop).orElseThrow();
  }

  private Optional<Run> again(Run run, String owner, BooleanSupplier stop) {
    return new StorageCheck(
            new StorageCheck.Rooms(
                new JdbcPromises(database, Intake::transcriptOf), contents, runs),
            new StorageCheck.Terms(
                Duration.ofDays(1),
                new Pace(Pace.UNBOUNDED, Pace.UNBOUNDED, System::nanoTime),
                owner,
                stop,
                (saved, since) -> {}),
            clock)
        .run(run.id());
  }

  private static Run.Plan plan(Optional<UUID> only, Hashing hashing, boolean quarantine) {
    return new Run.Plan(Run.Origin.COMMAND, only, hashing, quarantine);
  }

  private Set<String> findings() {
    Set<String> all = new TreeSet<>();
    Optional<Runs.After> after = Optional.empty();
    List<Finding.Known> page;
    do {
      page =
          runs.findings(
              new Runs.Query(
                  Optional.empty(),
                  EnumSet.of(State.OPEN, State.QUARANTINED),
                  Optional.empty(),
                  after,
                  3));
      for (Finding.Known known : page) {
        assertThat(all.add(word(known))).isTrue();
        after = Optional.of(new Runs.After(known.finding().path(), known.finding().kind()));
      }
    } while (page.size() == 3);
    return all;
  }

  private Finding.Known known(String word) {
    return runs
        .findings(
            new Runs.Query(
                Optional.empty(),
                EnumSet.allOf(State.class),
                Optional.empty(),
                Optional.empty(),
                1000))
        .stream()
        .filter(each -> word(each).equals(word))
        .findFirst()
        .orElseThrow();
  }

  private static String word(Finding.Known known) {
    return Database.word(known.finding().kind()) + " " + known.finding().path();
  }

  private Meeting meetingOf(UUID of) {
    Meeting made = rows.meeting(of, "19:" + rows.guid() + "@thread.v2");
    database.write(
        handle -> {
          MeetingRows.insert(handle, made);
          return made;
        });
    return made;
  }

  private ContentKey kept(Meeting of, String bytes) throws Exception {
    Artifact like = rows.recording(of);
    Artifact artifact =
        new Artifact(
            like.kind(),
            like.artifact(),
            like.tenant(),
            like.meetingKey(),
            like.callId(),
            like.contentCorrelationId(),
            like.created(),
            like.ended(),
            new Artifact.MediaFile(
                "video/mp4",
                bytes.getBytes(UTF_8).length,
                HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.getBytes(UTF_8))),
                "x.mp4",
                1,
                now()));
    database.write(
        handle -> {
          ArtifactRows.insert(handle, of, artifact);
          return artifact;
        });
    put(artifact.contentKey(), bytes);
    return artifact.contentKey();
  }

  private void put(ContentKey key, String bytes) throws IOException {
    Path file = Files.writeString(folder.resolve("spooled"), bytes);
    contents.keep(key, file);
    Files.setLastModifiedTime(file(key), FileTime.from(clock.instant().minus(Duration.ofDays(2))));
  }

  private Path file(ContentKey key) {
    return folder.resolve("content").resolve(key.path());
  }

  private long now() {
    return Ticks.of(clock.instant());
  }
}
