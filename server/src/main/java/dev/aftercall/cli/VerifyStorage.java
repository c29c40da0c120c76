package dev.aftercall.cli;

import dev.aftercall.Upkeep;
import dev.aftercall.jdbc.JdbcStorageRuns;
import dev.aftercall.storage.Count;
import dev.aftercall.storage.Finding;
import dev.aftercall.storage.Hashing;
import dev.aftercall.storage.Pace;
import dev.aftercall.storage.Run;
import dev.aftercall.storage.Runs;
import dev.aftercall.storage.StorageCheck;
import dev.aftercall.storage.Tally;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Checks catalogue and content store against each other. */
@Command(
    name = "verify-storage",
    description = {
      "Checks catalogue and content store against each other, both ways.",
      "Tells what is missing, what is not in the catalogue, and what has another size or other bytes."
          + " Exit code 0 when all is sound, 1 when it is not or the check did not come to its end."
          + " Deletes nothing. A server may be running."
    },
    mixinStandardHelpOptions = true)
final class VerifyStorage implements Effect.Changes {
  private static final int MOST_SHOWN = 1_000;

  @Mixin private HomeOption home = new HomeOption();
  @Mixin private Output output = new Output();

  @Option(
      names = "--hash",
      paramLabel = "none|sample=N%|full",
      description = "How much of the content to read and hash. Default: ${DEFAULT-VALUE}.",
      defaultValue = "none",
      converter = HashingWord.class)
  private Hashing hashing = Hashing.NONE;

  @Option(
      names = "--resume",
      description = "Go on with the run that was stopped last, on its own terms.")
  private boolean resume;

  @Option(
      names = "--quarantine-orphans",
      description = "Move content that the catalogue does not know to quarantine/ in the store.")
  private boolean quarantine;

  @Option(
      names = "--orphan-grace",
      paramLabel = "HOURS",
      description = "How old such content must be to count. Default: ${DEFAULT-VALUE} hours.",
      defaultValue = "24")
  private int graceHours = 24;

  @Option(
      names = "--rate",
      paramLabel = "MIB",
      description = "Most MiB a second to read. Default: as fast as it goes.",
      defaultValue = "0")
  private int rate;

  /** Reads the words of --hash. */
  static final class HashingWord implements ITypeConverter<Hashing> {
    @Override
    public Hashing convert(String text) {
      return Hashing.parse(text)
          .orElseThrow(
              () -> new TypeConversionException("'" + text + "' is not none, sample=N% or full"));
    }
  }

  @Override
  public boolean changes() {
    // A run that was stopped may have been told to move orphans.
    return quarantine || resume;
  }

  @Override
  public boolean everywhere() {
    return true;
  }

  @Override
  public Integer call() throws Exception {
    try (Home open = home.open()) {
      JdbcStorageRuns runs = new JdbcStorageRuns(open.database());
      AtomicBoolean stop = new AtomicBoolean();
      CountDownLatch over = new CountDownLatch(1);
      Shutdown.closeOnSignal(
          () -> {
            stop.set(true);
            over.await();
          },
          new CountDownLatch(1));
      try {
        Ids ids = Ids.secure();
        Run run = wanted(runs, ids);
        Run ended =
            new StorageCheck(
                    Upkeep.storage(open.database(), open.contents(), runs),
                    new StorageCheck.Terms(
                        Duration.ofHours(graceHours),
                        new Pace(
                            rate == 0 ? Pace.UNBOUNDED : (long) rate << 20,
                            Pace.UNBOUNDED,
                            System::nanoTime),
                        ids.guid().toString(),
                        stop::get,
                        new Told()),
                    InstantSource.system())
                .run(run.id())
                .orElseThrow(() -> new Failure(busy(runs)));
        return tell(runs, ended);
      } finally {
        over.countDown();
      }
    }
  }

  private Run wanted(Runs runs, Ids ids) {
    if (resume) {
      return runs.newest(Optional.empty(), 100).stream()
          .filter(run -> run.plan().origin() == Run.Origin.COMMAND)
          .findFirst()
          .filter(run -> run.state() == Run.State.STOPPED || run.state() == Run.State.RUNNING)
          .orElseThrow(() -> new Failure("There is no run of this command to go on with."));
    }
    return runs.open(
        ids.guid(),
        new Run.Plan(Run.Origin.COMMAND, home.named(), hashing, quarantine),
        Ticks.of(InstantSource.system().instant()));
  }

  private static String busy(Runs runs) {
    return runs.newest(Optional.empty(), 100).stream()
        .filter(run -> run.state() == Run.State.RUNNING)
        .findFirst()
        .map(
            run ->
                "Another check is under way since "
                    + Ticks.format(run.started())
                    + "; two minutes after it was killed another can begin.")
        .orElse("Another check is under way; try again when it is over.");
  }

  /** Tells on standard error how far a run has come. */
  private static final class Told implements StorageCheck.Listener {
    private final Map<Count, Long> sums = new LinkedHashMap<>();

    @Override
    public void saved(Run run, Tally since) {
      since
          .counts()
          .values()
          .forEach(counts -> counts.forEach((what, more) -> sums.merge(what, more, Long::sum)));
      System.err.printf(
          Locale.ROOT,
          "Compared %d in the catalogue, %d in the store, hashed %d bytes; findings: %d%n",
          sums.getOrDefault(Count.PROMISED, 0L),
          sums.getOrDefault(Count.STORED, 0L),
          sums.getOrDefault(Count.HASHED_BYTES, 0L),
          sums.getOrDefault(Count.FINDINGS, 0L));
    }
  }

  private int tell(Runs runs, Run run) throws IOException {
    List<Finding.Known> findings =
        runs.findings(
            new Runs.Query(
                home.named(),
                Set.of(Finding.State.OPEN, Finding.State.QUARANTINED),
                Optional.empty(),
                Optional.empty(),
                MOST_SHOWN));
    Map<Count, Long> counts = runs.counts(run.id(), Optional.empty());
    if (output.json()) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("run", run.id().toString());
      all.put("state", word(run.state()));
      all.put("reason", run.reason());
      all.put("hash", run.plan().hashing().text());
      Map<String, Long> amounts = new LinkedHashMap<>();
      for (Count count : Count.values()) {
        amounts.put(count.word(), counts.getOrDefault(count, 0L));
      }
      all.put("counts", amounts);
      all.put("findings", findings.stream().map(VerifyStorage::json).toList());
      Output.json(all);
    } else {
      if (!findings.isEmpty()) {
        output.table(
            List.of("kind", "state", "path", "expected", "found", "firstSeen"),
            findings.stream()
                .map(
                    known ->
                        List.of(
                            word(known.finding().kind()),
                            word(known.state()),
                            known.finding().path(),
                            known.finding().expected(),
                            known.finding().found(),
                            Ticks.format(known.firstSeen())))
                .toList());
      }
      Output.line(sentence(run, counts));
    }
    boolean sound =
        run.state() == Run.State.DONE
            && counts.getOrDefault(Count.FINDINGS, 0L) == 0
            && findings.stream().noneMatch(known -> known.state() == Finding.State.OPEN);
    return sound ? 0 : 1;
  }

  private static String sentence(Run run, Map<Count, Long> counts) {
    String compared =
        "%d in the catalogue, %d in the store, %d hashed, %d too young to be judged, %d findings"
            .formatted(
                counts.getOrDefault(Count.PROMISED, 0L),
                counts.getOrDefault(Count.STORED, 0L),
                counts.getOrDefault(Count.HASHED, 0L),
                counts.getOrDefault(Count.PENDING, 0L),
                counts.getOrDefault(Count.FINDINGS, 0L));
    return switch (run.state()) {
      case DONE -> "Done: " + compared + ".";
      case FAILED -> "Failed: " + run.reason() + " So far: " + compared + ".";
      default ->
          "Stopped: "
              + compared
              + ". "
              + (run.reason().isEmpty() ? "" : run.reason() + " ")
              + "Go on with: aftercall verify-storage --resume";
    };
  }

  private static Map<String, String> json(Finding.Known known) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("kind", word(known.finding().kind()));
    all.put("state", word(known.state()));
    all.put("path", known.finding().path());
    all.put("tenantId", known.finding().tenant().map(UUID::toString).orElse(""));
    all.put("expected", known.finding().expected());
    all.put("found", known.finding().found());
    all.put("firstSeenDateTime", Ticks.format(known.firstSeen()));
    all.put("lastSeenDateTime", Ticks.format(known.lastSeen()));
    return all;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
