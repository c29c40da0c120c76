package dev.aftercall.cli;

import dev.aftercall.change.Precondition;
import dev.aftercall.jdbc.JdbcGrants;
import dev.aftercall.ruling.Grant;
import dev.aftercall.ruling.Grantee;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Grants a policy or unassigns it. */
@Command(
    name = "grant",
    description = "Grants a policy to a person, a group or everybody; or unassigns it.",
    mixinStandardHelpOptions = true)
final class PolicyGrant implements Effect.Changes {
  private static final Precondition ALWAYS = new Precondition.Always();

  @Mixin private HomeOption home = new HomeOption();

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The policy.")
  private @Nullable String name;

  @ArgGroup(multiplicity = "1")
  private To to = new To();

  @Option(
      names = "--rank",
      paramLabel = "N",
      description =
          "Rank of a group's grant; the lowest counts, no two have the same. Default:"
              + " ${DEFAULT-VALUE}.",
      defaultValue = "1")
  private int rank;

  @Option(
      names = "--unassign",
      description = "Take the grant back: whatever counts next counts then.")
  private boolean unassign;

  static final class To {
    @Option(names = "--user", paramLabel = "OID", description = "One person.")
    private @Nullable UUID user;

    @Option(names = "--group", paramLabel = "GUID", description = "The members of a group.")
    private @Nullable UUID group;

    @Option(names = "--global", description = "Everybody who has no other.")
    private boolean global;

    Grantee grantee() {
      if (user != null) {
        return new Grantee.User(user);
      }
      return group != null ? new Grantee.Group(group) : new Grantee.Everyone();
    }
  }

  @Override
  public Integer call() throws Exception {
    try (Home open = home.open()) {
      UUID tenant = home.tenant(open.database());
      JdbcGrants grants = new JdbcGrants(open.database());
      Grantee grantee = to.grantee();
      if (unassign) {
        grants.remove(tenant, grantee, ALWAYS);
        Output.line("Unassigned from %s.".formatted(grantee.text()));
        return 0;
      }
      String policy =
          Optional.ofNullable(name)
              .orElseThrow(() -> new Failure("Name the policy to grant, or --unassign."));
      if (rank < 1) {
        throw new Failure("--rank must be 1 or more; it is " + rank + ".");
      }
      Grant grant = new Grant(grantee, policy, grantee instanceof Grantee.Group ? rank : 0);
      grants.put(tenant, grant, ALWAYS);
      Warned.print(Warned.by(open.database()).of(tenant, grant));
      Output.line("Policy '%s' is granted to %s.".formatted(policy, text(grant)));
      return 0;
    }
  }

  /** To whom, in words. */
  static String text(Grant grant) {
    return grant.grantee() instanceof Grantee.Group
        ? grant.grantee().text() + " (rank " + grant.rank() + ")"
        : grant.grantee().text();
  }
}
