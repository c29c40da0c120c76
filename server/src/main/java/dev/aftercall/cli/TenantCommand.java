package dev.aftercall.cli;

import dev.aftercall.jdbc.RuleEditor;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A tenant's switches. */
@Command(
    name = "tenant",
    description = "A tenant's switches.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = TenantCommand.Set.class)
final class TenantCommand {
  private enum Switch {
    ALLOW,
    BLOCK
  }

  private enum OnOff {
    ON,
    OFF
  }

  /** Sets switches. */
  @Command(
      name = "set",
      description = "Sets switches; what is not named stays. A running server obeys in a second.",
      mixinStandardHelpOptions = true)
  static final class Set implements Callable<Integer> {
    @Mixin private HomeOption home = new HomeOption();

    @Option(
        names = "--participant-download",
        paramLabel = "allow|block",
        description = "Whether people on the invitation may download, or only the organizer.")
    private @Nullable Switch download;

    @Option(
        names = "--graph-transcript-access",
        paramLabel = "on|off",
        description = "Whether Graph gives transcripts out at all. On until it is set.")
    private @Nullable OnOff transcripts;

    @Option(
        names = "--attributed-transcripts",
        paramLabel = "on|off",
        description = "Whether transcripts say who spoke. On until it is set.")
    private @Nullable OnOff attributed;

    @Option(
        names = "--exempt-group",
        paramLabel = "GUID",
        description = "A group whose invited members may download although it is blocked.")
    private List<UUID> exempt = List.of();

    @Option(
        names = "--no-exempt-group",
        paramLabel = "GUID",
        description = "A group that is no longer exempt.")
    private List<UUID> notExempt = List.of();

    @Override
    public Integer call() throws Exception {
      try (Home open = home.open()) {
        UUID tenant = home.tenant(open.database());
        RuleEditor rules = new RuleEditor(open.database(), tenant);
        if (download != null) {
          rules.setParticipantDownload(download == Switch.ALLOW);
          Output.line("Tenant %s: participants' downloads: %s".formatted(tenant, download));
        }
        if (transcripts != null) {
          rules.setGraphTranscriptAccess(transcripts == OnOff.ON);
          Output.line("Tenant %s: Graph access to transcripts: %s".formatted(tenant, transcripts));
        }
        if (attributed != null) {
          rules.setAttributedTranscripts(attributed == OnOff.ON);
          Output.line("Tenant %s: speakers' names: %s".formatted(tenant, attributed));
        }
        for (UUID group : exempt) {
          rules.setDownloadExempt(group, true);
          Output.line("Tenant %s: group %s is exempt from the block.".formatted(tenant, group));
        }
        for (UUID group : notExempt) {
          rules.setDownloadExempt(group, false);
          Output.line("Tenant %s: group %s is not exempt from the block.".formatted(tenant, group));
        }
        return 0;
      }
    }
  }
}
