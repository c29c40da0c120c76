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
