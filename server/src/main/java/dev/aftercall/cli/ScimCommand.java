package dev.aftercall.cli;

import dev.aftercall.jdbc.JdbcScimTokens;
import dev.aftercall.scim.ScimTokens;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How a directory keeps people and groups in step. */
@Command(
    name = "scim",
    description = "How a directory keeps people and groups in step (SCIM 2.0).",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = ScimCommand.Token.class)
final class ScimCommand {
  /** Provisioning tokens. */
  @Command(
      name = "token",
      description = "Long-lived tokens by which a directory's provisioning calls.",
      synopsisSubcommandLabel = "COMMAND",
      mixinStandardHelpOptions = true,
      subcommands = {Create.class, Show.class, Revoke.class})
  static final class Token {}

  /** Makes a token. */
  @Command(
      name = "create",
      description = "Makes a token and shows it, once. Only its hash is kept.",
      mixinStandardHelpOptions = true)
  static final class Create implements Effect.Changes {
    @Mixin private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "NAME", description = "What to call it, such as entra.")
    private String name = "";

    @Option(
        names = "--issuer",
        paramLabel = "URL",
        description =
            "The issuer of these people's tokens, where their ids are no GUIDs: as in their iss.")
    private @Nullable URI issuer;

    @Override
    public Integer call() throws Exception {
      Ids ids = Ids.secure();
      try (Home open = home.open()) {
        ScimTokens.Token token =
            new ScimTokens.Token(
                ids.guid(),
                home.tenant(open.database()),
                name,
                Optional.ofNullable(issuer).map(URI::toString),
                Ticks.of(InstantSource.system().instant()),
                Optional.empty());
        Output.line(new JdbcScimTokens(open.database()).create(token, ids.secret()));
        System.err.println(
            "Keep it: it is not shown again. The address to give the directory ends in /scim/v2."
                + " Revoke it with: aftercall scim token revoke "
                + token.id());
        return 0;
      }
    }
  }

  /** Lists tokens. */
  @Command(
      name = "list",
      description = "Lists tokens, without their secrets.",
      mixinStandardHelpOptions = true)
  static final class Show implements Effect.Reads {
    @Mixin private HomeOption home = new HomeOption();
    @Mixin private Output output = new Output();

    @Override
    public Integer call() throws Exception {
      try (Home open = home.open()) {
        output.table(
            List.of("id", "name", "issuer", "created", "revoked"),
            new JdbcScimTokens(open.database())
                .list(home.tenant(open.database())).stream()
                    .map(
                        token ->
                            List.of(
                                token.id().toString(),
                                token.name(),
                                token.issuer().orElse(""),
                                Ticks.format(token.created()),
                                token.revoked().map(Ticks::format).orElse("")))
                    .toList());
        return 0;
      }
    }
  }

  /** Revokes a token. */
  @Command(
      name = "revoke",
      description = "Revokes a token: from now on it opens nothing.",
      mixinStandardHelpOptions = true)
  static final class Revoke implements Effect.Changes {
    @Mixin private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "ID", description = "The token's id.")
    private UUID id = new UUID(0, 0);

    @Override
    public Integer call() throws Exception {
      try (Home open = home.open()) {
        boolean revoked =
            new JdbcScimTokens(open.database())
                .revoke(
                    home.tenant(open.database()), id, Ticks.of(InstantSource.system().instant()));
        if (!revoked) {
          throw new Failure(
              "There is no token " + id + " to revoke. See them with: aftercall scim token list");
        }
        Output.line("Revoked " + id + ".");
        return 0;
      }
    }
  }
}
