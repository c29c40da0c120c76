package dev.aftercall.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aftercall.change.ChangeRefused;
import dev.aftercall.change.Precondition;
import dev.aftercall.content.ContentStore;
import dev.aftercall.content.disk.DiskContentStore;
import dev.aftercall.retention.ArchiveItem;
import dev.aftercall.retention.Hold;
import dev.aftercall.retention.Holds;
import dev.aftercall.retention.RetentionRun;
import dev.aftercall.retention.RetentionRun.Rooms;
import dev.aftercall.retention.Trash;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a purge promises: dying anywhere leaves nothing behind, and a hold is before it or after.
 */
abstract class PurgeContract {
  private static final Set<String> WRITING =
      Set.of("remove", "intend", "dispose", "delete", "hold", "noteLock", "warn", "forget", "see");
  private static final Logger QUIET = Logger.getLogger("dev.aftercall.retention");

  @TempDir Path folder;

  private Database database;

  abstract Database.Location location();

  @BeforeEach
  void openDatabase() {
    QUIET.setLevel(Level.OFF);
    database = Database.open(location());
  }

  @AfterEach
  void closeDatabase() {
    database.close();
    QUIET.setLevel(null);
  }

  private Vault vault() throws IOException {
    Path own = Files.createTempDirectory(folder, "vault");
    return new Vault(database, new DiskContentStore(own.resolve("content")), own);
  }

  /** The end of a process, which no code outlives. */
  private static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** A life that ends at one of its steps; before each write and after it is one. */
  private static final class Life {
    private int left;

    Life(int steps) {
      this.left = steps;
    }

    void step() {
      if (left-- <= 0) {
        throw new Death();
      }
    }

    <T> T mortal(Class<T> type, T real) {
      return type.cast(
          Proxy.newProxyInstance(
              PurgeContract.class.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) -> {
                boolean writes = WRITING.contains(method.getName());
                if (writes) {
                  step();
                }
                try {
                  Object result = method.invoke(real, arguments);
                  if (writes) {
                    step();
                  }
                  return result;
                } catch (InvocationTargetException e) {
                  throw e.getTargetException();
                }
              }));
    }
  }

  private static Rooms mortal(Rooms rooms, Life life) {
    return new Rooms(
        rooms.archive(),
        life.mortal(Trash.class, rooms.trash()),
        life.mortal(Holds.class, rooms.holds()),
        rooms.rules(),
        rooms.state(),
        rooms.disposals(),
        life.mortal(ContentStore.class, rooms.contents()),
        rooms.certificates());
  }

  @Test
  void everyDeathLeavesNeitherBytesNorRowsBehind() throws IOException {
    int deaths = 0;
    boolean lived = false;
    while (!lived) {
      Vault vault = vault();
      List<UUID> due = vault.due(2);
      UUID kept = vault.add().artifact();
      lived = lives(vault, new Life(deaths));
      for (UUID artifact : due) {
        assertThat(vault.hasRow(artifact) || vault.certificates(artifact) == 1)
            .as("row or certificate after %s steps", deaths)
            .isTrue();
        assertThat(vault.hasRow(artifact) || !vault.hasBytes(artifact))
            .as("no bytes without a row after %s steps", deaths)
            .isTrue();
      }
      assertThat(vault.run(vault.rooms).run(List.of(vault.tenant), false).verdict())
          .isEqualTo(RetentionRun.Verdict.DONE);
      for (UUID artifact : due) {
        assertThat(vault.hasRow(artifact)).isFalse();
        assertThat(vault.hasBytes(artifact)).isFalse();
        assertThat(vault.certificates(artifact)).isEqualTo(1);
      }
      assertThat(vault.hasRow(kept)).isTrue();
      assertThat(vault.hasBytes(kept)).isTrue();
      deaths++;
    }
    assertThat(deaths).as("steps of a purge of two").isGreaterThanOrEqualTo(10);
  }

  private static boolean lives(Vault vault, Life life) {
    try {
      vault.run(mortal(vault.rooms, life)).run(List.of(vault.tenant), false);
      return true;
    } catch (Death e) {
      // A lease does not end with the process that has it.
      vault.database.write(handle -> handle.execute("update retention_state set holder = ''"));
      return false;
    }
  }

  @Test
  void aHoldBeforeTheIntentKeeps() throws IOException {
    Vault vault = vault();
    UUID artifact = vault.due(1).getFirst();
    Hold hold = vault.hold(new Hold.Scope.Person(vault.organizer));

    assertThat(vault.rooms.holds().place(hold)).isEmpty();
    vault.run(vault.rooms).run(List.of(vault.tenant), false);
    assertThat(vault.hasRow(artifact)).isTrue();
    assertThat(vault.hasBytes(artifact)).isTrue();

    release(vault, hold);
    vault.run(vault.rooms).run(List.of(vault.tenant), false);
    assertThat(vault.hasRow(artifact)).isFalse();
    assertThat(vault.hasBytes(artifact)).isFalse();
    assertThat(vault.certificates(artifact)).isEqualTo(1);
  }

  private static void release(Vault vault, Hold hold) {
    vault
        .rooms
        .holds()
        .release(
            vault.tenant, hold.id(), new Hold.Release(vault.now(), "a"), new Precondition.Always());
  }

  @Test
  void aHoldBehindTheIntentNamesWhatIsGoing() throws IOException {
    Vault vault = vault();
    UUID artifact = vault.due(1).getFirst();
    List<ArchiveItem> going =
        vault.rooms.trash().intend(vault.tenant, List.of(artifact), vault.now(), vault.now());
    assertThat(going).hasSize(1);

    assertThat(vault.rooms.holds().place(vault.hold(new Hold.Scope.Tenant())))
        .extracting(ArchiveItem::artifact)
        .containsExactly(artifact);
    assertThatThrownBy(
            () ->
                vault
                    .rooms
                    .trash()
                    .restore(vault.tenant, artifact, new Precondition.Always(), vault.now()))
        .isInstanceOf(ChangeRefused.class)
        .hasMessageContaining("purge has begun");
    vault.run(vault.rooms).run(List.of(vault.tenant), false);
    assertThat(vault.hasRow(artifact)).isFalse();
    assertThat(vault.hasBytes(artifact)).isFalse();
    assertThat(vault.certificates(artifact)).isEqualTo(1);
  }

  /** The purge has looked at the holds and not committed yet: the hold has to wait for it. */
  @Test
  void aHoldWaitsForAnIntentUnderWay() throws Exception {
    Vault vault = vault();
    UUID artifact = vault.due(1).getFirst();
    Hold hold = vault.hold(new Hold.Scope.OfMeeting(meetingOf(vault, artifact)));
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<Integer> purge =
        CompletableFuture.supplyAsync(
            () ->
                database.write(
                    handle -> {
                      JdbcTrash.pass(handle, vault.tenant);
                      boolean free = JdbcHolds.standing(handle, vault.tenant).isEmpty();
                      inside.countDown();
                      await(goOn);
                      return free
                          ? handle.execute(
                              "update trash set phase = 'purging' where artifact_id = ?",
                              artifact.toString())
                          : 0;
                    }));
    await(inside);
    CompletableFuture<List<ArchiveItem>> placing =
        CompletableFuture.supplyAsync(() -> vault.rooms.holds().place(hold));
    assertThat(placing.isDone()).isFalse();
    goOn.countDown();

    assertThat(purge.get(20, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(placing.get(20, TimeUnit.SECONDS))
        .extracting(ArchiveItem::artifact)
        .containsExactly(artifact);
  }

  private static UUID meetingOf(Vault vault, UUID artifact) {
    return vault.rooms.archive().find(vault.tenant, artifact).orElseThrow().meetingKey();
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("Nobody came.");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Purge, hold, restore and deletion of the meeting at the same time, round after round. */
  @Test
  void whoIsHeldIsKeptAndWhoIsGoneIsNamed() throws Exception {
    int kept = 0;
    int gone = 0;
    for (int round = 0; round < 25; round++) {
      Vault vault = vault();
      List<UUID> due = vault.due(6);
      Hold hold = vault.hold(new Hold.Scope.Person(vault.organizer));
      CountDownLatch start = new CountDownLatch(1);
      CompletableFuture<RetentionRun.Report> purging =
          together(
              start,
              () -> {
                // One by one, so that the hold comes between.
                for (UUID artifact : due) {
                  vault
                      .rooms
                      .trash()
                      .intend(vault.tenant, List.of(artifact), vault.now(), vault.now());
                }
                return vault.run(vault.rooms).run(List.of(vault.tenant), false);
              });
      CompletableFuture<List<ArchiveItem>> placing =
          together(start, () -> vault.rooms.holds().place(hold));
      CompletableFuture<Boolean> deleting =
          together(
              start,
              () -> {
                new JdbcMeetings(database)
                    .delete(vault.tenant, meetingOfOne(vault, due), vault.now());
                return true;
              });
      start.countDown();
      purging.get(60, TimeUnit.SECONDS);
      deleting.get(60, TimeUnit.SECONDS);
      List<UUID> named =
          new ArrayList<>(
              placing.get(60, TimeUnit.SECONDS).stream().map(ArchiveItem::artifact).toList());
      for (UUID artifact : due) {
        boolean here = vault.hasRow(artifact);
        assertThat(vault.hasBytes(artifact)).as("bytes as the row says").isEqualTo(here);
        if (here) {
          assertThat(named).as("kept, so not named as going").doesNotContain(artifact);
          kept++;
        } else {
          assertThat(vault.certificates(artifact)).isEqualTo(1);
          gone++;
        }
      }
    }
    System.out.printf("of those raced for, %d were kept and %d purged%n", kept, gone);
    assertThat(kept + gone).isEqualTo(150);
    assertThat(gone).as("races that the purge won").isPositive();
    assertThat(kept).as("races that the hold won").isPositive();
  }

  private static UUID meetingOfOne(Vault vault, List<UUID> due) {
    return vault
        .rooms
        .archive()
        .find(vault.tenant, due.getLast())
        .map(ArchiveItem::meetingKey)
        .orElseGet(() -> new UUID(0, 0));
  }

  private static <T> CompletableFuture<T> together(
      CountDownLatch start, java.util.function.Supplier<T> work) {
    return CompletableFuture.supplyAsync(
        () -> {
          await(start);
          return work.get();
        },
        task -> Thread.ofPlatform().start(task));
  }
}
