package dev.aftercall.cli;

import dev.aftercall.change.ChangeRefused;
import dev.aftercall.change.Precondition;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.RecordingId;
import dev.aftercall.retention.Archive;
import dev.aftercall.retention.ArchiveItem;
import dev.aftercall.retention.Outlook.View;
import dev.aftercall.retention.Removal;
import dev.aftercall.retention.Tags;
import dev.aftercall.time.Ticks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Recordings and transcripts as administrators see them. */
@Command(
    name = "recording",
    description = "Recordings and transcripts: what is kept, until when, and the trash.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      RecordingCommand.Show.class,
      RecordingCommand.Delete.class,
      RecordingCommand.Restore.class,
      RecordingCommand.Tag.class
    })
final class RecordingCommand {
  private enum State {
    LIVE,
    TRASH,
    ALL
  }

  /** Lists items. */
  @Command(
      name = "list",
      description = "Lists recordings or transcripts in the order of their ends.",
      mixinStandardHelpOptions = true)
  static final class Show implements Effect.Reads {
    private static final int PAGE = 500;

    @Mixin private HomeOption home = new HomeOption();
    @Mixin private Output output = new Output();

    @Option(names = "--transcripts", description = "Transcripts instead of recordings.")
    private boolean transcripts;

    @Option(
        names = "--state",
        paramLabel = "STATE",
        description = "live, trash or all. Default: live.",
        defaultValue = "live")
    private State state = State.LIVE;

    @Option(names = "--organizer", paramLabel = "OID", description = "Of that person alone.")
    private @Nullable UUID organizer;

    @Override
    public Integer call() throws Exception {
      try (Opened archive = Opened.by(home)) {
        Archive.Ask ask =
            new Archive.Ask(
                transcripts ? Artifact.Kind.TRANSCRIPT : Artifact.Kind.RECORDING,
                state == State.ALL ? Optional.empty() : Optional.of(state == State.TRASH),
                Optional.ofNullable(organizer),
                Optional.empty(),
                Optional.empty(),
                true);
        List<List<String>> rows = new ArrayList<>();
        Optional<Archive.Position> after = Optional.empty();
        List<ArchiveItem> page = archive.rooms().archive().page(archive.tenant(), ask, after, PAGE);
        while (!page.isEmpty()) {
          archive.outlook().views(archive.tenant(), page).forEach(view -> rows.add(row(view)));
          after = Optional.of(Archive.Position.of(page.getLast()));
          page = archive.rooms().archive().page(archive.tenant(), ask, after, PAGE);
        }
        output.table(
            List.of(
                "artifact",
                "organizer",
                "ended",
                "bytes",
                "state",
                "until",
                "cause",
                "tags",
                "holds"),
            rows);
        return 0;
      }
    }

    private static List<String> row(View view) {
      ArchiveItem item = view.item();
      return List.of(
          item.artifact().toString(),
          item.organizer().toString(),
          Ticks.format(item.ended()),
          Long.toString(item.size()),
          item.removal().isEmpty() ? "live" : "trash",
          view.ends().map(Ticks::format).orElse("never"),
          view.cause(),
          String.join(",", item.tags().stream().sorted().toList()),
          String.join(",", view.holds()));
    }
  }

  /** What the commands about some items take. */
  static final class Items {
    @Mixin private HomeOption home = new HomeOption();

    @Parameters(
        paramLabel = "ID",
        arity = "1..*",
        description = "GUID of a recording or transcript, or its id in Graph.")
    private List<String> ids = List.of();

    /** What is done to one. */
    interface Deed {
      void to(Opened archive, UUID artifact);
    }

    int each(String done, Deed deed) throws Exception {
      try (Opened archive = Opened.by(home)) {
        int failed = 0;
        for (String id : ids) {
          try {
            deed.to(
                archive,
                RecordingId.artifact(id).orElseThrow(() -> new Failure("'" + id + "' is no id.")));
            Output.line(done.formatted(id));
          } catch (ChangeRefused | Failure e) {
            failed++;
            System.err.println("aftercall: " + id + ": " + Failure.explain(e));
          }
        }
        return failed == 0 ? 0 : 1;
      }
    }
  }

  /** Deletes. */
  @Command(
      name = "delete",
      description = "Moves recordings or transcripts to the trash.",
      mixinStandardHelpOptions = true)
  static final class Delete implements Effect.Changes {
    @Mixin private Items items = new Items();

    @Override
    public Integer call() throws Exception {
      return items.each(
          "%s is in the trash.",
          (archive, artifact) ->
              archive
                  .rooms()
                  .trash()
                  .remove(
                      archive.tenant(),
                      artifact,
                      Removal.deleted(archive.now(), Opened.WHO),
                      new Precondition.Always()));
    }
  }

  /** Restores. */
  @Command(
      name = "restore",
      description = "Brings recordings or transcripts back from the trash.",
      mixinStandardHelpOptions = true)
  static final class Restore implements Effect.Changes {
    @Mixin private Items items = new Items();

    @Override
    public Integer call() throws Exception {
      return items.each(
          "%s is back.",
          (archive, artifact) ->
              archive
                  .rooms()
                  .trash()
                  .restore(archive.tenant(), artifact, new Precondition.Always(), archive.now()));
    }
  }

  /** Tags. */
  @Command(
      name = "tag",
      description = "Replaces the tags of recordings or transcripts; without --tag, removes them.",
      mixinStandardHelpOptions = true)
  static final class Tag implements Effect.Changes {
    @Mixin private Items items = new Items();

    @Option(
        names = "--tag",
        paramLabel = "TAG",
        split = ",",
        description = "A tag; may be repeated.")
    private List<String> tags = List.of();

    @Override
    public Integer call() throws Exception {
      java.util.Set<String> words;
      try {
        words = Tags.of(tags);
      } catch (IllegalArgumentException e) {
        throw new Failure(String.valueOf(e.getMessage()));
      }
      return items.each(
          "%s is tagged.",
          (archive, artifact) ->
              archive
                  .rooms()
                  .archive()
                  .tag(archive.tenant(), artifact, words, new Precondition.Always()));
    }
  }
}
