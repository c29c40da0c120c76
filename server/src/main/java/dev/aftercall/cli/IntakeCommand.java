package dev.aftercall.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.arrival.Arrival;
import dev.aftercall.arrival.Arrival.State;
import dev.aftercall.arrival.ArrivalDesk;
import dev.aftercall.arrival.ArrivalStore;
import dev.aftercall.arrival.Mending;
import dev.aftercall.intake.IntakeException;
import dev.aftercall.query.Paging;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What recorders announced, and what to do with what is stuck. */
@Command(
    name = "intake",
    description = "What recorders announced: where it is, and what to do with what is stuck.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      IntakeCommand.All.class,
      IntakeCommand.Show.class,
      IntakeCommand.Retry.class,
      IntakeCommand.Replay.class,
      IntakeCommand.Release.class,
      IntakeCommand.Mend.class,
      IntakeCommand.Assign.class,
      IntakeCommand.Reject.class,
      IntakeRules.class
    })
final class IntakeCommand {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Lists. */
  @Command(
      name = "list",
      description = "Lists arrivals, newest first.",
      mixinStandardHelpOptions = true)
  static final class All implements Effect.Reads {
    @Mixin private ArrivalsOption arrivals = new ArrivalsOption();
    @Mixin private Output output = new Output();

    @Option(
        names = "--state",
        paramLabel = "STATE",
        split = ",",
        description =
            "Only announced, fetching, probing, unassigned, ready, quarantined or rejected.")
    private Set<State> states = EnumSet.noneOf(State.class);

    @Option(names = "--source", paramLabel = "NAME", description = "Only this source.")
    private @Nullable String source;

    @Option(names = "--room", paramLabel = "NAME", description = "Only this room.")
    private @Nullable String room;

    @Option(
        names = "--most",
        paramLabel = "N",
        description = "At most so many. Default: ${DEFAULT-VALUE}.",
        defaultValue = "100")
    private int most = 100;

    @Override
    public Integer call() throws Exception {
      try (ArrivalsOption.Open open = arrivals.open()) {
        List<Arrival> found =
            open.arrivals()
                .store()
                .list(
                    open.tenant(),
                    new ArrivalStore.Wanted(
                        states, Optional.ofNullable(source), Optional.ofNullable(room)),
                    new Paging(Math.clamp(most, 1, 100_000), Optional.empty()));
        output.table(
            List.of("id", "announced", "source", "room", "state", "attempts", "reason"),
            found.stream().limit(most).map(All::row).toList());
        return 0;
      }
    }

    private static List<String> row(Arrival arrival) {
      return List.of(
          arrival.id().toString(),
          Ticks.format(arrival.announced()),
          arrival.source(),
          arrival.announcement().occasion().room(),
          arrival.state().word(),
          Integer.toString(arrival.attempts()),
          arrival.reason());
    }
  }

  /** Shows one. */
  @Command(
      name = "show",
      description = "Shows one arrival, with what the recorder sent and the meeting's recordings.",
      mixinStandardHelpOptions = true)
  static final class Show implements Effect.Reads {
    @Mixin private ArrivalsOption arrivals = new ArrivalsOption();

    @Parameters(paramLabel = "GUID", description = "The arrival's id.")
    private UUID id = new UUID(0, 0);

    @Override
    public Integer call() throws Exception {
      try (ArrivalsOption.Open open = arrivals.open()) {
        Arrival arrival = open.find(id);
        Output.line(describe(arrival));
        for (ArrivalStore.Segment one : open.arrivals().store().segments(arrival)) {
          Output.line(
              "  segment    %s from %s to %s, %d s after the one before"
                  .formatted(
                      one.artifact(),
                      Ticks.format(one.start()),
                      Ticks.format(one.end()),
                      one.gap() / 10_000_000));
        }
        if (!arrival.envelope().isEmpty()) {
          Output.line("What the recorder sent:");
          Output.line(
              JSON.writerWithDefaultPrettyPrinter()
                  .writeValueAsString(JSON.readTree(arrival.envelope())));
        }
        return 0;
      }
    }
  }

  /** A few lines that say where an arrival is. */
  private static String describe(Arrival arrival) {
    StringBuilder text = new StringBuilder();
    line(text, "arrival", arrival.id().toString());
    line(text, "source", arrival.source() + ", a " + arrival.recorder());
    line(text, "file", arrival.announcement().sourceId());
    line(text, "room", arrival.announcement().occasion().room());
    line(text, "state", arrival.state().word());
    line(text, "reason", arrival.reason());
    line(text, "rule", arrival.rule());
    line(text, "mended", arrival.mended());
    arrival.facts().ifPresent(it -> line(text, "sha256", it.sha256()));
    arrival.facts().ifPresent(it -> line(text, "size", it.size() + " bytes"));
    arrival.artifact().ifPresent(it -> line(text, "became", it.toString()));
    arrival.sameAs().ifPresent(it -> line(text, "same as", it.toString()));
    line(text, "announced", Ticks.format(arrival.announced()));
    if (arrival.state() == State.QUARANTINED && arrival.uploadId().isPresent()) {
      line(text, "to mend it", "aftercall intake repair " + arrival.id() + " --job remux|recover");
    }
    if (!arrival.state().over() && arrival.attempts() > 0) {
      line(text, "next try", Ticks.format(arrival.due()));
    }
    return text.toString().stripTrailing();
  }

  private static void line(StringBuilder text, String name, String value) {
    if (!value.isEmpty()) {
      text.append("  %-10s %s%n".formatted(name, value));
    }
  }

  /** A command that does one thing with one arrival. */
  abstract static class OnOne implements Effect.Changes {
    @Mixin private ArrivalsOption arrivals = new ArrivalsOption();

    @Parameters(paramLabel = "GUID", description = "The arrival's id.")
    private UUID id = new UUID(0, 0);

    abstract Arrival take(ArrivalsOption.Open open, Arrival arrival)
        throws IntakeException, IOException;

    @Override
    public Integer call() throws Exception {
      try (ArrivalsOption.Open open = arrivals.open()) {
        Arrival after = take(open, open.find(id));
        Output.line(describe(after));
        return 0;
      } catch (IntakeException e) {
        throw new Failure(e.text());
      }
    }
  }

  /** Fetches again. */
  @Command(
      name = "retry",
      description = "Fetches a file again. A running server does it at once.",
      mixinStandardHelpOptions = true)
  static final class Retry extends OnOne {
    @Override
    Arrival take(ArrivalsOption.Open open, Arrival arrival) throws IOException {
      return open.desk().retry(arrival);
    }
  }

  /** Reads again. */
  @Command(
      name = "replay",
      description =
          "Reads again what the recorder sent, by the adapter and the rules as they are now.",
      mixinStandardHelpOptions = true)
  static final class Replay extends OnOne {
    @Override
    Arrival take(ArrivalsOption.Open open, Arrival arrival) throws IntakeException, IOException {
      return open.desk().replay(arrival);
    }
  }

  /** Out of quarantine. */
  @Command(
      name = "release",
      description = {
        "Judges a file in quarantine anew, without what was declared of its size, hash and type.",
        "With --mended, that file takes the place of what came, which stays in quarantine."
      },
      mixinStandardHelpOptions = true)
  static final class Release extends OnOne {
    @Option(
        names = "--mended",
        paramLabel = "FILE",
        description = "A file that plays, made of what came. It is copied.")
    private @Nullable Path mended;

    @Override
    Arrival take(ArrivalsOption.Open open, Arrival arrival) throws IntakeException, IOException {
      return open.desk()
          .release(
              arrival,
              mended == null
                  ? Optional.empty()
                  : Optional.of(new ArrivalDesk.Mended("by hand", copied(open, mended))));
    }

    private static Path copied(ArrivalsOption.Open open, Path file) throws IOException {
      if (!Files.isRegularFile(file)) {
        throw new Failure("There is no file " + file + ".");
      }
      Path copy = Files.createTempFile(open.home().dataDir().resolve("spool"), "mended-", "");
      return Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Mends. */
  @Command(
      name = "repair",
      description = {
        "Mends a file in quarantine with ffmpeg, and takes it in. What came stays in quarantine.",
        "remux packs it anew without loss; recover saves what can be played, encoding it if it must."
      },
      mixinStandardHelpOptions = true)
  static final class Mend extends OnOne {
    @Option(
        names = "--job",
        paramLabel = "JOB",
        description = "remux or recover. Default: ${DEFAULT-VALUE}.",
        defaultValue = "remux")
    private Mending.Job job = Mending.Job.REMUX;

    @Override
    Arrival take(ArrivalsOption.Open open, Arrival arrival) throws IntakeException, IOException {
      return open.mending().mend(arrival, job);
    }
  }

  /** Whose it is. */
  @Command(
      name = "assign",
      description = "Says whose an unassigned file is, and takes it in.",
      mixinStandardHelpOptions = true)
  static final class Assign extends OnOne {
    @Option(
        names = "--organizer",
        paramLabel = "OID",
        description = "Object id of the person whose meeting it is.")
    private @Nullable UUID organizer;

    @Option(
        names = "--meeting",
        paramLabel = "ID",
        description = "Or a meeting that is here, by its Graph id or join link.")
    private @Nullable String meeting;

    @Option(names = "--subject", paramLabel = "TEXT", description = "Subject of the meeting made.")
    private @Nullable String subject;

    @Option(
        names = "--attendee",
        paramLabel = "OID",
        split = ",",
        description = "A person invited; may be repeated.")
    private List<UUID> attendees = List.of();

    @Override
    Arrival take(ArrivalsOption.Open open, Arrival arrival) throws IntakeException, IOException {
      if ((organizer == null) == (meeting == null)) {
        throw new Failure("Say whose it is by one of --organizer and --meeting.");
      }
      ObjectNode members = JSON.createObjectNode();
      if (organizer != null) {
        members.put("organizer", organizer.toString());
      }
      if (meeting != null) {
        members.put("meetingId", meeting);
      }
      if (subject != null) {
        members.put("subject", subject);
      }
      attendees.forEach(it -> members.withArray("attendees").add(it.toString()));
      return open.desk().assign(arrival, members);
    }
  }

  /** Not wanted. */
  @Command(
      name = "reject",
      description = "Gives up a file that nobody wants; bytes that wait are deleted.",
      mixinStandardHelpOptions = true)
  static final class Reject extends OnOne {
    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        required = true,
        description = "Why, for who asks later.")
    private String reason = "";

    @Override
    Arrival take(ArrivalsOption.Open open, Arrival arrival) throws IntakeException, IOException {
      return open.desk().reject(arrival, reason);
    }
  }
}
