package dev.aftercall.cli;

import dev.aftercall.jdbc.JournalReader;
import dev.aftercall.journal.JournalAccesses.Access;
import dev.aftercall.journal.JournalAccesses.Position;
import dev.aftercall.journal.Sessions.Session;
import dev.aftercall.recording.RecordingId;
import dev.aftercall.time.Ticks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Who watched or downloaded a recording. */
@Command(
    name = "who",
    description = "Lists who watched or downloaded a recording or transcript, newest first.",
    mixinStandardHelpOptions = true)
final class JournalWho implements Effect.Reads {
  private static final int PAGE = 1_000;

  @Mixin private HomeOption home = new HomeOption();
  @Mixin private Output output = new Output();

  @Parameters(
      paramLabel = "RECORDING",
      description = "Its id as Graph's API gives it, or its GUID.")
  private String recording = "";

  @Spec private @Nullable CommandSpec command;

  @Override
  public Integer call() throws Exception {
    Optional<UUID> artifact = RecordingId.artifact(recording);
    if (artifact.isEmpty() && command != null) {
      throw new ParameterException(
          command.commandLine(), "'" + recording + "' is no id of a recording or transcript.");
    }
    try (Home open = home.open()) {
      JournalReader reader = new JournalReader(open.database());
      UUID tenant = home.tenant(open.database());
      List<List<String>> rows = new ArrayList<>();
      List<Access> page = reader.accesses(tenant, artifact.orElseThrow(), Optional.empty(), PAGE);
      while (!page.isEmpty()) {
        page.forEach(access -> rows.add(row(access)));
        Session last = page.getLast().session();
        page =
            reader.accesses(
                tenant,
                artifact.orElseThrow(),
                Optional.of(new Position(last.first(), last.id())),
                PAGE);
      }
      output.table(
          List.of(
              "first",
              "last",
              "caller",
              "app",
              "action",
              "rule",
              "requests",
              "bytes",
              "ranges",
              "minutes"),
          rows);
      return 0;
    }
  }

  private static List<String> row(Access access) {
    Session session = access.session();
    return List.of(
        Ticks.format(session.first()),
        Ticks.format(session.last()),
        access.caller(),
        access.app(),
        access.action(),
        session.rule(),
        Long.toString(session.decisions()),
        Long.toString(session.bytes()),
        session.ranges().toString(),
        Long.toString(session.minutes()));
  }
}
