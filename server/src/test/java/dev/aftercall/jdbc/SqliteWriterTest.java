package dev.aftercall.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aftercall.testing.SqliteFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Works that share a transaction on SQLite. */
final class SqliteWriterTest {
  @TempDir private Path folder = Path.of("");

  private static int insert(Database database, String nonce, boolean fails) {
    return database.write(
        handle -> {
          handle.execute("insert into arrival_nonce values ('s', ?, 1)", nonce);
          if (fails) {
            throw new IllegalStateException("no " + nonce);
          }
          return Integer.parseInt(nonce);
        });
  }

  private static List<String> kept(Database database) {
    return database.read(
        handle ->
            handle
                .createQuery("select nonce from arrival_nonce order by nonce")
                .mapTo(String.class)
                .list());
  }

  /** Runs those while the writer is held up, so that they gather behind it. */
  private static List<Future<Integer>> together(Database database, List<Callable<Integer>> works)
      throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    List<Future<Integer>> all = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.execute(
          () ->
              database.write(
                  handle -> {
                    begun.countDown();
                    try {
                      return held.await(30, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                      throw new IllegalStateException(e);
                    }
                  }));
      begun.await();
      works.forEach(work -> all.add(threads.submit(work)));
      held.countDown();
    }
    return all;
  }

  @Test
  void oneThatFailsTakesNothingOfTheOthersWithIt() throws Exception {
    try (Database database = Database.open(SqliteFile.in(folder))) {
      List<Callable<Integer>> works = new ArrayList<>();
      for (int i = 100; i < 200; i++) {
        int number = i;
        works.add(() -> insert(database, Integer.toString(number), number % 10 == 0));
      }
      List<Future<Integer>> all = together(database, works);
      for (int i = 100; i < 200; i++) {
        Future<Integer> one = all.get(i - 100);
        if (i % 10 == 0) {
          assertThatThrownBy(one::get)
              .isInstanceOf(ExecutionException.class)
              .hasRootCauseMessage("no " + i);
        } else {
          assertThat(one.get()).isEqualTo(i);
        }
      }
      assertThat(kept(database)).hasSize(90).noneMatch(it -> it.endsWith("0"));
    }
  }

  @Test
  void eachSeesWhatThoseBeforeItWrote() throws Exception {
    try (Database database = Database.open(SqliteFile.in(folder))) {
      List<Callable<Integer>> works = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        works.add(
            () ->
                database.write(
                    handle -> {
                      int count =
                          handle
                              .createQuery("select count(*) from arrival_nonce")
                              .mapTo(Integer.class)
                              .one();
                      handle.execute("insert into arrival_nonce values ('s', ?, 1)", count);
                      return count;
                    }));
      }
      List<Integer> counts = new ArrayList<>();
      for (Future<Integer> one : together(database, works)) {
        counts.add(one.get());
      }
      assertThat(counts).doesNotHaveDuplicates().hasSize(50);
      assertThat(kept(database)).hasSize(50);
    }
  }

  @Test
  void aConstraintBrokenIsToldToWhoBrokeIt() throws Exception {
    try (Database database = Database.open(SqliteFile.in(folder))) {
      insert(database, "7", false);
      List<Future<Integer>> all =
          together(
              database,
              List.of(
                  () -> insert(database, "1", false),
                  () -> insert(database, "7", false),
                  () -> insert(database, "2", false)));
      assertThat(all.get(0).get()).isEqualTo(1);
      assertThatThrownBy(all.get(1)::get).hasStackTraceContaining("UNIQUE");
      assertThat(all.get(2).get()).isEqualTo(2);
    }
  }

  @Test
  void whatWaitsIsWrittenBeforeItCloses() throws Exception {
    Database database = Database.open(SqliteFile.in(folder));
    together(database, List.of(() -> insert(database, "1", false)));
    database.close();
    assertThatThrownBy(() -> insert(database, "2", false)).hasMessageContaining("closed");
    try (Database again = Database.open(SqliteFile.in(folder))) {
      assertThat(kept(again)).containsExactly("1");
    }
  }
}
