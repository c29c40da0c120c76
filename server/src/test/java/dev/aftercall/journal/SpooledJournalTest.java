package dev.aftercall.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aftercall.testing.Poll;
import dev.aftercall.testing.TestClock;
import dev.aftercall.testing.TestServer;
import dev.aftercall.time.Ids;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is taken down comes into the store once, whatever the store, the disk and the process do.
 */
final class SpooledJournalTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final UUID TENANT = TestServer.TENANT;
  private static final Spool.Limits SMALL = new Spool.Limits(8_192, 4, Duration.ofMillis(50));

  @TempDir Path folder;

  private final TestClock clock = new TestClock(TestClock.START);
  private final Memory store = new Memory();

  /** A store in memory, which can be down, or lose its answer, or refuse some for good. */
  private static final class Memory implements JournalStore {
    private final List<Written> kept = new ArrayList<>();
    private volatile boolean down;
    private volatile boolean answersLost;
    private volatile Predicate<Written> refused = written -> false;

    @Override
    public synchronized void append(List<Written> entries) {
      if (down) {
        throw new IllegalStateException("The store is down.");
      }
      if (entries.stream().anyMatch(refused)) {
        throw new IllegalStateException("The store does not like it.");
      }
      Set<String> known = new HashSet<>();
      kept.forEach(written -> known.add(written.id()));
      entries.stream().filter(written -> known.add(written.id())).forEach(kept::add);
      if (answersLost) {
        answersLost = false;
        throw new IllegalStateException("The answer was lost.");
      }
    }

    @Override
    public boolean works() {
      return !down;
    }

    synchronized List<String> requests() {
      return kept.stream().map(written -> written.entry().requestId()).toList();
    }

    synchronized List<Written> kept() {
      return List.copyOf(kept);
    }
  }

  private SpooledJournal open(Spool.Limits limits) throws IOException {
    return SpooledJournal.open(folder, store, Ids.secure(), clock, limits);
  }

  private static List<String> requests(int from, int to) {
    return IntStream.range(from, to).mapToObj(number -> "request-" + number).toList();
  }

  @Test
  void entriesComeInTheirOrderThroughManySegments() throws IOException {
    try (SpooledJournal journal = open(new Spool.Limits(8_192, 4, SOON))) {
      for (int i = 0; i < 500; i++) {
        journal.record(Entries.decision(TENANT, i));
      }
    }

    assertThat(store.requests()).isEqualTo(requests(0, 500));
    assertThat(files()).isEmpty();
  }

  @Test
  void manyThreadsLoseNothing() throws Exception {
    try (SpooledJournal journal = open(Spool.Limits.DEFAULT);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int thread = 0; thread < 20; thread++) {
        int first = thread * 100;
        threads.execute(
            () -> {
              for (int i = first; i < first + 100; i++) {
                journal.record(Entries.decision(TENANT, i));
              }
            });
      }
    }

    assertThat(store.requests()).containsExactlyInAnyOrderElementsOf(requests(0, 2_000));
  }

  @Test
  void whatAnEndedProcessLeftIsTakenUp() throws IOException {
    store.down = true;
    SpooledJournal ended = open(Spool.Limits.DEFAULT);
    for (int i = 0; i < 300; i++) {
      ended.record(Entries.decision(TENANT, i));
    }
    ended.close();
    assertThat(store.requests()).isEmpty();
    assertThat(files()).hasSize(1);

    store.down = false;
    open(Spool.Limits.DEFAULT).close();

    assertThat(store.requests()).isEqualTo(requests(0, 300));
    assertThat(files()).isEmpty();
  }

  @Test
  void aStoreThatComesBackGetsEverything() throws IOException {
    store.down = true;
    try (SpooledJournal journal = open(Spool.Limits.DEFAULT)) {
      journal.record(Entries.decision(TENANT, 0));
      Poll.until("it was tried", SOON, () -> journal.state().waitingBytes() > 0);
      store.down = false;
      Poll.until("it is there", SOON, () -> store.requests().equals(requests(0, 1)));
      Poll.until("the spool knows", SOON, () -> journal.state().waitingBytes() == 0);
    }
  }

  @Test
  void aLostAnswerDuplicatesNothing() throws IOException {
    store.answersLost = true;
    try (SpooledJournal journal = open(Spool.Limits.DEFAULT)) {
      for (int i = 0; i < 10; i++) {
        journal.record(Entries.decision(TENANT, i));
      }
    }

    assertThat(store.requests()).isEqualTo(requests(0, 10));
  }

  @Test
  void aFullSpoolRefusesAndRecovers() throws IOException {
    store.down = true;
    try (SpooledJournal journal = open(SMALL)) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1_000; i++) {
                  journal.record(Entries.decision(TENANT, i));
                }
              })
          .isInstanceOf(JournalUnavailable.class);
      assertThat(journal.state().refusedAccesses()).isEqualTo(1);
      assertThat(size()).isLessThanOrEqualTo(5L * 8_192);

      store.down = false;
      Poll.until("there is room", SOON, () -> journal.state().waitingBytes() == 0);
      journal.record(Entries.decision(TENANT, 7_777));
    }
    assertThat(store.requests()).endsWith("request-7777").doesNotHaveDuplicates();
  }

  @Test
  void anEntryThatIsRefusedForItsOwnSakeBlocksNothing() throws IOException {
    store.refused = written -> written.entry().requestId().equals("request-13");
    try (SpooledJournal journal = open(Spool.Limits.DEFAULT)) {
      for (int i = 0; i < 40; i++) {
        journal.record(Entries.decision(TENANT, i));
      }
      Poll.until("all were tried", SOON, () -> store.kept().size() == 40);
      assertThat(journal.state().setAside()).isEqualTo(1);
    }

    Written marker = store.kept().get(13);
    assertThat(marker.entry().action()).isEqualTo("set-aside");
    assertThat(marker.entry().target()).isEqualTo(marker.id());
    assertThat(Files.readString(folder.resolve("refused.jsonl")))
        .contains(marker.id(), "The store does not like it.");
    List<String> others = new ArrayList<>(requests(0, 40));
    others.remove(13);
    assertThat(store.requests()).containsAll(others);
  }

  @Test
  void aRecordWithAWrongChecksumIsSetAsideAndTheRestComes() throws IOException {
    left(5);
    Path file = files().getFirst();
    overwrite(file, Segment.HEADER + 8 + 20, (byte) 0x55);

    open(Spool.Limits.DEFAULT).close();

    assertThat(store.requests()).isEqualTo(requests(1, 5));
    assertThat(Files.readString(folder.resolve("refused.jsonl"))).contains("checksum");
  }

  @Test
  void aTornTailEndsTheFileAndIsNoEntry() throws IOException {
    left(3);
    Path file = files().getFirst();
    int third = Segment.HEADER + 2 * (8 + RecordCoding.encode(Entries.decision(TENANT, 0)).length);
    // Killed before the length was written: everything else of the record is there.
    for (int i = 0; i < 4; i++) {
      overwrite(file, third + i, (byte) 0);
    }

    open(Spool.Limits.DEFAULT).close();

    assertThat(store.requests()).isEqualTo(requests(0, 2));
    assertThat(files()).isEmpty();
  }

  @Test
  void anImpossibleLengthLosesNoMoreThanWhatIsBehindIt() throws IOException {
    left(3);
    Path file = files().getFirst();
    int second = Segment.HEADER + 8 + RecordCoding.encode(Entries.decision(TENANT, 0)).length;
    overwrite(file, second, (byte) 0x7f);

    open(Spool.Limits.DEFAULT).close();

    assertThat(store.requests()).isEqualTo(requests(0, 1));
    assertThat(Files.readString(folder.resolve("refused.jsonl"))).contains("impossible");
    assertThat(files()).isEmpty();
  }

  @Test
  void aFileThatWasOnlyMadeIsRemoved() throws IOException {
    Files.createDirectories(folder.resolve("spool"));
    Files.write(folder.resolve("spool").resolve("x" + Segment.SUFFIX), new byte[8_192]);
    Files.write(folder.resolve("spool").resolve("y" + Segment.SUFFIX), new byte[3]);

    open(Spool.Limits.DEFAULT).close();

    assertThat(files()).isEmpty();
  }

  @Test
  void whatAClientMakesUpFitsARecord() throws IOException {
    Journal.Entry entry = Entries.decision(TENANT, 0);
    Journal.Entry huge =
        new Journal.Entry(
            entry.at(),
            "a\0b",
            TENANT,
            "x".repeat(100_000),
            "",
            "€".repeat(10_000),
            "",
            "",
            false,
            entry.delivery());
    try (SpooledJournal journal = open(Spool.Limits.DEFAULT)) {
      journal.record(huge);
    }

    Journal.Entry kept = store.kept().getFirst().entry();
    assertThat(kept.requestId()).isEqualTo("a\uFFFDb");
    assertThat(kept.caller()).hasSize(4_001).endsWith("…");
    assertThat(kept.action()).startsWith("€€€").hasSize(4_001);
  }

  private void left(int count) throws IOException {
    store.down = true;
    SpooledJournal ended = open(Spool.Limits.DEFAULT);
    for (int i = 0; i < count; i++) {
      ended.record(Entries.decision(TENANT, i));
    }
    ended.close();
    store.down = false;
  }

  private static void overwrite(Path file, int position, byte value) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {value}), position);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("spool"))) {
      return files.sorted().toList();
    }
  }

  private long size() throws IOException {
    long size = 0;
    for (Path file : files()) {
      size += Files.size(file);
    }
    return size;
  }
}
