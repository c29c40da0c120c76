package dev.aftercall.intake;

import static dev.aftercall.intake.IntakeFixture.append;
import static dev.aftercall.intake.IntakeFixture.metadata;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.content.ContentStore;
import dev.aftercall.content.disk.DiskContentStore;
import dev.aftercall.jdbc.Database;
import dev.aftercall.jdbc.JdbcIntakeStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Dying at any step between two rooms. A call to a store may die before it does anything or after
 * it did everything; what is between belongs to the stores' own tests.
 */
final class CrashTest {
  private static final byte[] FILE = Samples.mp4(4, 2_000);
  private static final ObjectNode METADATA =
      metadata().put("transcript", "WEBVTT\n").put("size", FILE.length);
  private static final Optional<String> KEY = Optional.of("call");
  private static final Set<String> READING =
      Set.of("byKey", "find", "inState", "meeting", "recording", "check");

  private static Database database;

  @TempDir Path folder;

  @BeforeAll
  static void start(@TempDir Path folder) {
    database = Database.open(Database.Location.in(folder));
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  /** The end of a process, which no code outlives. */
  static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** A life that ends at one of its steps; before each call and after it is one. */
  static final class Life {
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
              CrashTest.class.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) -> {
                boolean writes = !READING.contains(method.getName());
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

  @Test
  void everyDeathLeavesNothingOrAWholeRecording() throws Exception {
    int deaths = 0;
    boolean lived = false;
    while (!lived) {
      IntakeFixture house = house("one-" + deaths);
      Life life = new Life(deaths);
      Optional<Receipt> acknowledged = handOver(mortal(house, life));
      lived = acknowledged.isPresent();
      if (!lived) {
        deaths++;
        assertWholeOrNothing(house);
        finish(house);
      }
    }
    assertThat(deaths).as("steps of a hand-over").isGreaterThanOrEqualTo(10);
  }

  @Test
  void dyingAgainDuringRecoveryDoesNoHarm() throws Exception {
    int first = 0;
    boolean lived = false;
    while (!lived) {
      boolean recovered = false;
      for (int second = 0; !recovered; second++) {
        IntakeFixture house = house("two-" + first + "-" + second);
        lived = handOver(mortal(house, new Life(first))).isPresent();
        recovered = recover(mortal(house, new Life(second)));
        assertWholeOrNothing(house);
        finish(house);
      }
      first++;
    }
  }

  private IntakeFixture house(String name) throws IOException {
    Path data = Files.createDirectories(folder.resolve(name));
    return new IntakeFixture(data, database, new DiskContentStore(data.resolve("content")));
  }

  private record Mortal(IntakeFixture house, Intake intake) {}

  private static Mortal mortal(IntakeFixture house, Life life) throws IOException {
    return new Mortal(
        house,
        house.intake(
            life.mortal(IntakeStore.class, new JdbcIntakeStore(database)),
            life.mortal(ContentStore.class, house.contents)));
  }

  private static Optional<Receipt> handOver(Mortal mortal) throws IntakeException, IOException {
    try {
      Intake intake = mortal.intake();
      Intake.Progress open = intake.open(mortal.house().recorder, METADATA, KEY);
      append(intake, open, 0, 1_000, FILE);
      return append(intake, open, 1_000, FILE.length, FILE).receipt();
    } catch (Death e) {
      return Optional.empty();
    }
  }

  private static boolean recover(Mortal mortal) throws IOException {
    try {
      mortal.intake().recover(Duration.ZERO);
      return true;
    } catch (Death e) {
      return false;
    }
  }

  private static void assertWholeOrNothing(IntakeFixture house) throws IOException {
    var upload = house.store.byKey(house.recorder, "call");
    int visible = house.visible();
    assertThat(visible).isLessThanOrEqualTo(1);
    if (visible == 1) {
      assertThat(house.bytes(upload.orElseThrow().artifact())).isEqualTo(FILE);
      assertThat(house.bytes(Plan.transcriptOf(upload.orElseThrow().artifact())))
          .asString()
          .isEqualTo("WEBVTT\n");
    }
  }

  /** The recorder that got no answer asks again, in the process that starts next. */
  private static void finish(IntakeFixture house) throws IntakeException, IOException {
    Intake next = house.intake();
    next.recover(Duration.ZERO);
    Intake.Progress open = next.open(house.recorder, METADATA, KEY);
    assertThat(open.state()).isIn(Upload.State.RECEIVING, Upload.State.READY);
    if (open.state() == Upload.State.RECEIVING) {
      assertThat(open.received()).as("something is left to send").isLessThan(FILE.length);
    }
    Intake.Progress done =
        open.receipt().isPresent()
            ? open
            : append(next, open, (int) open.received(), FILE.length, FILE);
    Receipt receipt = done.receipt().orElseThrow();
    assertThat(receipt.sha256()).isEqualTo(Samples.sha256(FILE));
    assertThat(house.visible()).isOne();
    UUID artifact = house.find(receipt).orElseThrow().artifact().orElseThrow().artifact();
    assertThat(house.bytes(artifact)).isEqualTo(FILE);
    assertThat(house.dataDir.resolve("spool")).isEmptyDirectory();
  }
}
