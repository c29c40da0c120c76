package dev.aftercall.cli;

import dev.aftercall.journal.JournalQuery;
import dev.aftercall.recording.RecordingId;
import dev.aftercall.time.Ticks;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which entries of the journal. */
final class JournalFilter {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "From this time on, such as 2024-05-01T10:00:00Z.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Before this time.")
  private @Nullable String to;

  @Option(names = "--caller", paramLabel = "ID", description = "Of this person or application.")
  private @Nullable String caller;

  @Option(names = "--app", paramLabel = "ID", description = "By this application.")
  private @Nullable String app;

  @Option(
      names = "--recording",
      paramLabel = "ID",
      description = "Of this recording or transcript.")
  private @Nullable String recording;

  @Option(
      names = "--allowed",
      paramLabel = "true|false",
      description = "What was let in, or refusals.")
  private @Nullable Boolean allowed;

  JournalQuery query(UUID tenant, int most) {
    return new JournalQuery(
        tenant,
        time("--from", from),
        time("--to", to),
        Optional.ofNullable(caller),
        Optional.ofNullable(app),
        Optional.ofNullable(recording).map(it -> artifact(it).toString()),
        Optional.ofNullable(allowed),
        Optional.empty(),
        most);
  }

  private Optional<Long> time(String option, @Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Ticks.parse(text));
    } catch (DateTimeException | ArithmeticException e) {
      throw wrong(option + " is '" + text + "'; write a time like 2024-05-01T10:00:00Z.");
    }
  }

  private UUID artifact(String id) {
    return RecordingId.artifact(id)
        .orElseThrow(() -> wrong("'" + id + "' is no id of a recording or transcript."));
  }

  private RuntimeException wrong(String message) {
    return command == null
        ? new IllegalStateException(message)
        : new ParameterException(command.commandLine(), message);
  }
}
