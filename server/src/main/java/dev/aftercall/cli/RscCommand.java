package dev.aftercall.cli;

import dev.aftercall.access.RecordingAccess;
import dev.aftercall.change.Precondition;
import dev.aftercall.change.Versioned;
import dev.aftercall.jdbc.JdbcConsents;
import dev.aftercall.meeting.MeetingId;
import dev.aftercall.query.Paging;
import dev.aftercall.ruling.Consent;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Resource-specific consent: one application, one meeting's chat. */
@Command(
    name = "rsc",
    description = {
      "Resource-specific consent: what an application may do within one meeting's chat.",
      "It needs no access policy and counts in private scheduled meetings only."
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {RscCommand.Grant.class, RscCommand.Revoke.class, RscCommand.Show.class})
final class RscCommand {
  /** What both commands take. */
  static final class Chosen {
    @Mixin private HomeOption home = new HomeOption();

    @ArgGroup(multiplicity = "1")
    private Chat chat = new Chat();

    @Option(
        names = "--app",
        paramLabel = "CLIENT-ID",
        required = true,
        description = "The application.")
    private String app = "";

    @Option(
        names = "--permission",
        paramLabel = "NAME",
        description = "The permission. Default: ${DEFAULT-VALUE}.",
        defaultValue = RecordingAccess.READ_CHAT)
    private String permission = RecordingAccess.READ_CHAT;

    static final class Chat {
      @Option(
          names = "--thread",
          paramLabel = "ID",
          description = "The chat's thread id, 19:meeting_...@thread.v2.")
      private @Nullable String thread;

      @Option(names = "--meeting", paramLabel = "ID", description = "Or the meeting's id.")
      private @Nullable String meeting;

      String threadId() {
        if (thread != null) {
          return thread;
        }
        return MeetingId.parse(String.valueOf(meeting))
            .orElseThrow(() -> new Failure("'" + meeting + "' is not a meeting's id."))
            .threadId();
      }
    }

    int set(boolean granted) throws Exception {
      try (Home open = home.open()) {
        UUID tenant = home.tenant(open.database());
        JdbcConsents consents = new JdbcConsents(open.database());
        Consent consent = new Consent(chat.threadId(), app, permission);
        if (granted) {
          consents.give(tenant, consent);
          Warned.print(Warned.by(open.database()).of(tenant, consent));
        } else {
          consents.takeBack(tenant, consent, new Precondition.Always());
        }
        Output.line(
            (granted ? "%s has %s in %s." : "%s no longer has %s in %s.")
                .formatted(app, permission, consent.threadId()));
        return 0;
      }
    }
  }

  /** Consents. */
  @Command(
      name = "grant",
      description = "Consents to a permission of an application in a chat.",
      mixinStandardHelpOptions = true)
  static final class Grant implements Effect.Changes {
    @Mixin private Chosen consent = new Chosen();

    @Override
    public Integer call() throws Exception {
      return consent.set(true);
    }
  }

  /** Takes consent back. */
  @Command(
      name = "revoke",
      description = "Takes the consent back.",
      mixinStandardHelpOptions = true)
  static final class Revoke implements Effect.Changes {
    @Mixin private Chosen consent = new Chosen();

    @Override
    public Integer call() throws Exception {
      return consent.set(false);
    }
  }

  /** Lists consents. */
  @Command(name = "list", description = "Lists consents by chat.", mixinStandardHelpOptions = true)
  static final class Show implements Effect.Reads {
    @Mixin private HomeOption home = new HomeOption();
    @Mixin private Output output = new Output();

    @Override
    public Integer call() throws Exception {
      try (Home open = home.open()) {
        output.table(
            List.of("threadId", "appId", "permission"),
            new JdbcConsents(open.database())
                .list(home.tenant(open.database()), Optional.empty(), Paging.ALL).items().stream()
                    .map(Versioned::value)
                    .map(it -> List.of(it.threadId(), it.appId(), it.permission()))
                    .toList());
        return 0;
      }
    }
  }
}
