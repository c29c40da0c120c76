package dev.aftercall.cli;

import dev.aftercall.change.Precondition;
import dev.aftercall.jdbc.JdbcTenantSwitches;
import dev.aftercall.ruling.Switches;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
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
    subcommands = {TenantCommand.Set.class, TenantCommand.Show.class})
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
  static final class Set implements Effect.Changes {
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
        Switches after =
            new JdbcTenantSwitches(open.database())
                .change(tenant, new Precondition.Always(), this::changed)
                .value();
        Warned.print(Warned.by(open.database()).of(tenant, after));
        if (download != null) {
          Output.line("Tenant %s: participants' downloads: %s".formatted(tenant, download));
        }
        if (transcripts != null) {
          Output.line("Tenant %s: Graph access to transcripts: %s".formatted(tenant, transcripts));
        }
        if (attributed != null) {
          Output.line("Tenant %s: speakers' names: %s".formatted(tenant, attributed));
        }
        for (UUID group : exempt) {
          Output.line("Tenant %s: group %s is exempt from the block.".formatted(tenant, group));
        }
        for (UUID group : notExempt) {
          Output.line("Tenant %s: group %s is not exempt from the block.".formatted(tenant, group));
        }
        return 0;
      }
    }

    private Switches changed(Switches before) {
      Switches after = before;
      if (download != null) {
        after = after.withParticipantDownload(download == Switch.ALLOW);
      }
      if (transcripts != null) {
        after = after.withGraphTranscriptAccess(transcripts == OnOff.ON);
      }
      if (attributed != null) {
        after = after.withAttributedTranscripts(attributed == OnOff.ON);
      }
      java.util.Set<UUID> groups = new HashSet<>(after.exemptGroups());
      groups.addAll(exempt);
      notExempt.forEach(groups::remove);
      return after.withExemptGroups(groups);
    }
  }

  /** Shows switches. */
  @Command(name = "show", description = "Shows the switches.", mixinStandardHelpOptions = true)
  static final class Show implements Effect.Reads {
    @Mixin private HomeOption home = new HomeOption();
    @Mixin private Output output = new Output();

    @Override
    public Integer call() throws Exception {
      try (Home open = home.open()) {
        UUID tenant = home.tenant(open.database());
        Switches now = new JdbcTenantSwitches(open.database()).of(tenant).value();
        output.table(
            List.of(
                "tenant",
                "participantDownload",
                "graphTranscriptAccess",
                "attributedTranscripts",
                "downloadExemptGroupIds"),
            List.of(
                List.of(
                    tenant.toString(),
                    Boolean.toString(now.participantDownload()),
                    Boolean.toString(now.graphTranscriptAccess()),
                    Boolean.toString(now.attributedTranscripts()),
                    String.join(
                        ",", now.exemptGroups().stream().map(UUID::toString).sorted().toList()))));
        return 0;
      }
    }
  }
}
