package dev.aftercall.cli;

import dev.aftercall.jdbc.RuleEditor;
import dev.aftercall.jdbc.RuleEditor.Grantee;
import dev.aftercall.ruling.Policy;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Application access policies: which applications may read on behalf of which people. */
@Command(
    name = "policy",
    description = {
      "Application access policies: which applications may read on behalf of which people.",
      "One policy counts for a person: the direct grant, else that of the group with the lowest"
          + " rank, else the global one. A running server obeys within a second."
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      PolicyCommand.Create.class,
      PolicyCommand.Grant.class,
      PolicyCommand.Show.class,
      PolicyCommand.Remove.class,
      PolicyPreview.class
    })
final class PolicyCommand {
  /** Makes a policy. */
  @Command(
      name = "create",
      description = "Makes a policy, or replaces the applications of one.",
      mixinStandardHelpOptions = true)
  static final class Create implements Callable<Integer> {
    @Mixin private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "NAME", description = "What to call it.")
    private String name = "";

    @Option(
        names = "--app",
        paramLabel = "CLIENT-ID",
        required = true,
        split = ",",
        description = "An application it lets in; may be repeated.")
    private List<String> apps = List.of();

    @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.")
    private String description = "";

    @Override
    public Integer call() throws Exception {
      try (Home open = home.open()) {
        RuleEditor rules = new RuleEditor(open.database(), home.tenant(open.database()));
        rules.putPolicy(new Policy(name, description, apps));
        Output.line(
            "Policy '%s' lets %s in. Grant it: aftercall policy grant %s --user OID"
                .formatted(name, String.join(", ", apps), name));
        return 0;
      }
    }
  }

  /** Grants a policy or unassigns it. */
  @Command(
      name = "grant",
      description = "Grants a policy to a person, a group or everybody; or unassigns it.",
      mixinStandardHelpOptions = true)
  static final class Grant implements Callable<Integer> {
    @Mixin private HomeOption home = new HomeOption();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The policy.")
    private @Nullable String name;

    @ArgGroup(multiplicity = "1")
    private To to = new To();

    @Option(
        names = "--rank",
        paramLabel = "N",
        description = "Rank of a group's grant; the lowest counts. Default: ${DEFAULT-VALUE}.",
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

      Grantee grantee(int rank) {
        if (user != null) {
          return new Grantee.User(user);
        }
        return group != null ? new Grantee.Group(group, rank) : new Grantee.Everyone();
      }
    }

    @Override
    public Integer call() throws Exception {
      try (Home open = home.open()) {
        RuleEditor rules = new RuleEditor(open.database(), home.tenant(open.database()));
        Grantee grantee = to.grantee(rank);
        if (unassign) {
          boolean was = rules.revoke(grantee);
          Output.line(
              (was ? "Unassigned from %s." : "Nothing was granted to %s.")
                  .formatted(text(grantee)));
          return was ? 0 : 1;
        }
        String policy =
            Optional.ofNullable(name)
                .orElseThrow(() -> new Failure("Name the policy to grant, or --unassign."));
        if (!rules.hasPolicy(policy)) {
          throw new Failure(
              "There is no policy '" + policy + "'. See them with: aftercall policy list");
        }
        rules.grant(grantee, policy);
        Output.line("Policy '%s' is granted to %s.".formatted(policy, text(grantee)));
        return 0;
      }
    }
  }

  /** Lists policies and grants. */
  @Command(
      name = "list",
      description = "Lists policies and grants.",
      mixinStandardHelpOptions = true)
  static final class Show implements Callable<Integer> {
    @Mixin private HomeOption home = new HomeOption();
    @Mixin private Output output = new Output();

    @Override
    public Integer call() throws Exception {
      try (Home open = home.open()) {
        RuleEditor rules = new RuleEditor(open.database(), home.tenant(open.database()));
        List<RuleEditor.Grant> grants = rules.grants();
        output.table(
            List.of("policy", "apps", "grantedTo", "description"),
            rules.policies().stream()
                .map(
                    policy ->
                        List.of(
                            policy.name(),
                            String.join(",", policy.appIds()),
                            granted(grants, policy.name()),
                            policy.description()))
                .toList());
        return 0;
      }
    }

    private static String granted(List<RuleEditor.Grant> grants, String policy) {
      return String.join(
          "; ",
          grants.stream()
              .filter(grant -> grant.policy().equals(policy))
              .map(grant -> text(grant.grantee()))
              .toList());
    }
  }

  /** Removes a policy. */
  @Command(
      name = "remove",
      description = "Removes a policy with its grants.",
      mixinStandardHelpOptions = true)
  static final class Remove implements Callable<Integer> {
    @Mixin private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "NAME", description = "The policy.")
    private String name = "";

    @Override
    public Integer call() throws Exception {
      try (Home open = home.open()) {
        RuleEditor rules = new RuleEditor(open.database(), home.tenant(open.database()));
        if (!rules.removePolicy(name)) {
          throw new Failure(
              "There is no policy '" + name + "'. See them with: aftercall policy list");
        }
        Output.line("Policy '%s' and its grants are removed.".formatted(name));
        return 0;
      }
    }
  }

  private static String text(Grantee grantee) {
    return switch (grantee) {
      case Grantee.User user -> "user " + user.id();
      case Grantee.Group group -> "group " + group.id() + " (rank " + group.rank() + ")";
      case Grantee.Everyone everyone -> "everybody";
    };
  }
}
