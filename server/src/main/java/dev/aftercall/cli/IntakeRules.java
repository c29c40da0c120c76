package dev.aftercall.cli;

import dev.aftercall.arrival.AssignmentRule;
import dev.aftercall.arrival.AssignmentRule.Action;
import dev.aftercall.change.Precondition;
import dev.aftercall.meeting.MeetingType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Whose recordings are that recorders announce. */
@Command(
    name = "rules",
    description = {
      "Whose recordings are that recorders announce.",
      "The first rule that fits counts, by rank, then by name; what none fits waits."
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {IntakeRules.All.class, IntakeRules.Put.class, IntakeRules.Remove.class})
final class IntakeRules {
  /** Lists. */
  @Command(name = "list", description = "Lists the rules.", mixinStandardHelpOptions = true)
  static final class All implements Effect.Reads {
    @Mixin private ArrivalsOption arrivals = new ArrivalsOption();
    @Mixin private Output output = new Output();

    @Override
    public Integer call() throws Exception {
      try (ArrivalsOption.Open open = arrivals.open()) {
        output.table(
            List.of("rank", "name", "source", "room", "meeting", "whose"),
            open.rules().all(open.tenant()).stream().map(All::row).toList());
        return 0;
      }
    }

    private static List<String> row(AssignmentRule rule) {
      return List.of(
          Integer.toString(rule.rank()),
          rule.name(),
          rule.source().orElse(""),
          rule.room(),
          rule.meeting(),
          whose(rule));
    }

    private static String whose(AssignmentRule rule) {
      return rule.action() == Action.REJECT
          ? "not taken"
          : rule.organizer()
              .map(UUID::toString)
              .or(() -> rule.organizerFrom().map(it -> "at " + it))
              .or(() -> rule.meetingId().map(it -> "meeting " + it))
              .orElse("");
    }
  }

  /** Makes or changes. */
  @Command(
      name = "put",
      description = "Makes a rule, or replaces the one of that name. Counts at once.",
      mixinStandardHelpOptions = true)
  static final class Put implements Effect.Changes {
    @Mixin private ArrivalsOption arrivals = new ArrivalsOption();
    @Mixin private PeopleOption people = new PeopleOption();

    @Parameters(paramLabel = "NAME", description = "The rule's name.")
    private String name = "";

    @Option(
        names = "--rank",
        paramLabel = "N",
        description = "The lowest first. Default: ${DEFAULT-VALUE}.",
        defaultValue = "100")
    private int rank = 100;

    @Option(names = "--source", paramLabel = "NAME", description = "For this source alone.")
    private @Nullable String source;

    @Option(
        names = "--room",
        paramLabel = "PATTERN",
        description = "The room's name; * stands for any text. Default: any.",
        defaultValue = "")
    private String room = "";

    @Option(
        names = "--recorder-meeting",
        paramLabel = "PATTERN",
        description = "The recorder's own id of the meeting, likewise.",
        defaultValue = "")
    private String recorderMeeting = "";

    @Option(
        names = "--organizer",
        paramLabel = "OID",
        description = "Object id of the person whose meeting it is.")
    private @Nullable UUID organizer;

    @Option(
        names = "--organizer-from",
        paramLabel = "POINTER",
        description = "Or where it stands in what the recorder sent, such as /metadata/organizer.")
    private @Nullable String organizerFrom;

    @Option(
        names = "--meeting",
        paramLabel = "ID",
        description = "Or a meeting that is here, by its Graph id or join link.")
    private @Nullable String meeting;

    @Option(names = "--reject", description = "Or that it is not taken.")
    private boolean reject;

    @Option(
        names = "--subject",
        paramLabel = "TEXT",
        description = "Subject of the meeting made; {room} stands for the room.",
        defaultValue = "")
    private String subject = "";

    @Option(
        names = "--meeting-type",
        paramLabel = "TYPE",
        description = "scheduled, recurring, meetnow, adhoc or broadcast. Default: scheduled.")
    private @Nullable MeetingType type;

    @Option(
        names = "--tag",
        paramLabel = "WORD",
        split = ",",
        description = "For retention rules; may be repeated.")
    private List<String> tags = List.of();

    @Override
    public Integer call() throws Exception {
      long said =
          Stream.of(organizer, organizerFrom, meeting, reject ? "reject" : null)
              .filter(it -> it != null)
              .count();
      if (said != 1) {
        throw new Failure("Say one of --organizer, --organizer-from, --meeting and --reject.");
      }
      try (ArrivalsOption.Open open = arrivals.open()) {
        boolean made = open.rules().put(open.tenant(), rule(), new Precondition.Always());
        Output.line("Rule '%s' is %s.".formatted(name, made ? "made" : "replaced"));
        return 0;
      }
    }

    private AssignmentRule rule() {
      return new AssignmentRule(
          name,
          rank,
          Optional.ofNullable(source),
          room,
          recorderMeeting,
          reject ? Action.REJECT : Action.TAKE,
          Optional.ofNullable(organizer),
          Optional.ofNullable(organizerFrom),
          Optional.ofNullable(meeting),
          people.coorganizers(),
          people.attendees(),
          subject,
          type == null ? "" : type.name().toLowerCase(Locale.ROOT),
          tags,
          1);
    }
  }

  /** Removes. */
  @Command(name = "remove", description = "Removes a rule.", mixinStandardHelpOptions = true)
  static final class Remove implements Effect.Changes {
    @Mixin private ArrivalsOption arrivals = new ArrivalsOption();

    @Parameters(paramLabel = "NAME", description = "The rule's name.")
    private String name = "";

    @Override
    public Integer call() throws Exception {
      try (ArrivalsOption.Open open = arrivals.open()) {
        open.rules().remove(open.tenant(), name, new Precondition.Always());
        Output.line("Rule '%s' is removed.".formatted(name));
        return 0;
      }
    }
  }
}
