package dev.aftercall.cli;

import dev.aftercall.change.Precondition;
import dev.aftercall.http.admin.HoldScopes;
import dev.aftercall.retention.ArchiveItem;
import dev.aftercall.retention.Hold;
import dev.aftercall.time.Ticks;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Legal holds. */
@Command(
    name = "hold",
    description = "Legal holds: what they cover is never purged while they stand.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {HoldCommand.Place.class, HoldCommand.Show.class, HoldCommand.Release.class})
final class HoldCommand {
  /** Places a hold. */
  @Command(
      name = "place",
      description = "Places a hold; says what it came too late for.",
      mixinStandardHelpOptions = true)
  static final class Place implements Effect.Changes {
    @Mixin private HomeOption home = new HomeOption();
    @Mixin private Output output = new Output();

    @Parameters(paramLabel = "NAME", description = "What to call it.")
    private String name = "";

    @Option(
        names = "--scope",
        paramLabel = "SCOPE",
        required = true,
        description = "person, meeting, tenant or query.")
    private String scope = "";

    @Option(
        names = "--value",
        paramLabel = "VALUE",
        description = "A person's object id, a meeting's id, or a $filter of callRecording.")
    private @Nullable String value;

    @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.")
    private String description = "";

    @Override
    public Integer call() throws Exception {
      try (Opened archive = Opened.by(home)) {
        Hold hold =
            new Hold(
                archive.ids().guid(),
                archive.tenant(),
                name,
                description,
                HoldScopes.read(
                    archive.rooms().archive(), archive.tenant(), scope, Optional.ofNullable(value)),
                archive.now(),
                Opened.WHO,
                Optional.empty(),
                1);
        List<ArchiveItem> late = archive.rooms().holds().place(hold);
        output.table(
            List.of("hold", "id", "tooLateFor"),
            List.of(
                List.of(
                    name,
                    hold.id().toString(),
                    String.join(" ", late.stream().map(it -> it.artifact().toString()).toList()))));
        return 0;
      }
    }
  }

  /** Lists holds. */
  @Command(name = "list", description = "Lists holds.", mixinStandardHelpOptions = true)
  static final class Show implements Effect.Reads {
    @Mixin private HomeOption home = new HomeOption();
    @Mixin private Output output = new Output();

    @Option(names = "--released", description = "The released ones too.")
    private boolean released;

    @Override
    public Integer call() throws Exception {
      try (Opened archive = Opened.by(home)) {
        output.table(
            List.of("name", "id", "scope", "value", "placed", "released"),
            archive.rooms().holds().all(archive.tenant(), released).stream()
                .map(
                    hold ->
                        List.of(
                            hold.name(),
                            hold.id().toString(),
                            HoldScopes.word(hold.scope()),
                            HoldScopes.value(hold.scope()).orElse(""),
                            Ticks.format(hold.placed()),
                            hold.released().map(it -> Ticks.format(it.at())).orElse("")))
                .toList());
        return 0;
      }
    }
  }

  /** Releases a hold. */
  @Command(
      name = "release",
      description = "Releases a hold: what it alone kept may be purged from now on.",
      mixinStandardHelpOptions = true)
  static final class Release implements Effect.Changes {
    @Mixin private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "NAME", description = "The hold.")
    private String name = "";

    @Override
    public Integer call() throws Exception {
      try (Opened archive = Opened.by(home)) {
        Hold hold =
            archive.rooms().holds().all(archive.tenant(), false).stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow(
                    () -> new Failure("No hold '" + name + "' stands. See: aftercall hold list"));
        archive
            .rooms()
            .holds()
            .release(
                archive.tenant(),
                hold.id(),
                new Hold.Release(archive.now(), Opened.WHO),
                new Precondition.Always());
        Output.line("Hold '%s' is released.".formatted(name));
        return 0;
      }
    }
  }
}
