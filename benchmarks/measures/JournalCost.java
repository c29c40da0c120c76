import dev.aftercall.journal.Journal;
import dev.aftercall.journal.JournalStore;
import dev.aftercall.journal.SpooledJournal;
import dev.aftercall.journal.Written;
import dev.aftercall.time.Ids;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * What the journal costs the way of a request: µs a record into the spool, with a store that takes everything.
 * Arguments: folder, records a round. See benchmarks/README.md.
 */
class JournalCost {
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    int records = Integer.parseInt(arguments[1]);
    JournalStore store =
        new JournalStore() {
          @Override
          public void append(List<Written> entries) {}

          @Override
          public boolean works() {
            return true;
          }
        };
    UUID tenant = new UUID(1, 2);
    try (SpooledJournal journal = SpooledJournal.open(folder, store, Ids.secure(), InstantSource.system())) {
      for (int round = 0; round < 5; round++) {
        long[] took = new long[records];
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int i = 0; i < records; i++) {
          long before = System.nanoTime();
          journal.record(
              new Journal.Entry(
                  before,
                  "0d9d5d3f-2a3e-4f4e-9a90-1f9f7a2a8d11",
                  tenant,
                  "7f6c2e2d-bb55-4c57-9d9f-7c4c6f0c7b51",
                  "3d4d2a6e-3a2e-4d6f-8a53-6d5b6c2f1e10",
                  "content",
                  "b3c6a4f0-91f5-4f6c-8a58-8d2f5d1b2a77",
                  "delegated",
                  true,
                  Journal.Delivery.NONE));
          took[i] = System.nanoTime() - before;
          if (i % 50 == 49) {
            LockSupport.parkNanos(10_000_000); // Some 5,000 a second, more than requests come.
          }
        }
        long all = Arrays.stream(took).sum();
        cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
        Arrays.sort(took);
        System.out.printf(
            "round %d: CPU %.2f µs a record, mean %.2f, median %.2f, p99 %.2f, p99.9 %.2f, most %.0f%n",
            round,
            cpu / 1e3 / records,
            all / 1e3 / records,
            took[records / 2] / 1e3,
            took[(int) (records * 0.99)] / 1e3,
            took[(int) (records * 0.999)] / 1e3,
            took[records - 1] / 1e3);
      }
    }
  }
}
