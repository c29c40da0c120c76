package dev.aftercall.cli;

import dev.aftercall.change.Precondition;
import dev.aftercall.change.Versioned;
import dev.aftercall.jdbc.JdbcGrants;
import dev.aftercall.jdbc.JdbcPolicies;
import dev.aftercall.query.Paging;
import dev.aftercall.ruling.Grant;
import dev.aftercall.ruling.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
      PolicyCommand.Change.class,
      PolicyGrant.class,
      PolicyCommand.Show.class,
      PolicyCommand.Remove.class,
      PolicyPreview.class
    })
final class PolicyCommand {
  private static final Precondition ALWAYS = new Precondition.Always();

  /** Makes a policy. */
  @Command(
      name = "create",
      description = "Makes a policy, or replaces the applications of one.",
      mixinStandardHelpOptions = true)
  static final class Create implements Effect.Changes {
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
        UUID tenant = home.tenant(open.database());
        Policy policy = Policy.named(name, description, apps);
        new JdbcPolicies(open.database()).put(tenant, policy, ALWAYS);
        Warned.print(Warned.by(open.database()).of(tenant, policy));
        Output.line(
            "Policy '%s' lets %s in. Grant it: aftercall policy grant %s --user OID"
                .formatted(name, String.join(", ", apps), name));
        return 0;
      }
    }
  }

  /** Changes a policy. */
  @Command(
      name = "change",
      description = "Adds applications to a policy, takes them out, or describes it anew.",
      mixinStandardHelpOptions = true)
  static final class Change implements Effect.Changes {
    @Mixin private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "NAME", description = "The policy.")
    private String name = "";

    @Option(
        names = "--add-app",
        paramLabel = "CLIENT-ID",
        split = ",",
        description = "An application to let in as well; may be repeated.")
    private List<String> added = List.of();

    @Option(
        names = "--remove-app",
        paramLabel = "CLIENT-ID",
        split = ",",
        description = "An application to let in no longer; may be repeated.")
    private List<String> removed = List.of();

    @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.")
    private @Nullable String description;

    @Override
    public Integer call() throws Exception {
      try (Home open = home.open()) {
        UUID tenant = home.tenant(open.database());
        Policy after =
            new JdbcPolicies(open.database()).change(tenant, name, ALWAYS, this::changed).value();
        Warned.print(Warned.by(open.database()).of(tenant, after));
        Output.line("Policy '%s' lets %s in.".formatted(name, String.join(", ", after.appIds())));
        return 0;
      }
    }

    private Policy changed(Policy before) {
      List<String> apps = new ArrayList<>(before.appIds());
      apps.removeAll(removed);
      apps.addAll(added);
      return Policy.named(
          name, Optional.ofNullable(description).orElse(before.description()), apps);
    }
  }

  /** Lists policies and grants. */
  @Command(
      name = "list",
      description = "Lists policies and grants.",
      mixinStandardHelpOptions = true)
  static final class Show implements Effect.Reads {
    @Mixin private HomeOption home = new HomeOption();
    @Mixin private Output output = new Output();

    @Override
    public Integer call() throws Exception {
      try (Home open = home.open()) {
        UUID tenant = home.tenant(open.database());
        List<Versioned<Grant>> grants =
            new JdbcGrants(open.database()).list(tenant, Optional.empty(), Paging.ALL).items();
        output.table(
            List.of("policy", "apps", "grantedTo", "description"),
            new JdbcPolicies(open.database())
                .list(tenant, Paging.ALL).items().stream()
                    .map(Versioned::value)
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

    private static String granted(List<Versioned<Grant>> grants, String policy) {
      return String.join(
          "; ",
          grants.stream()
              .map(Versioned::value)
              .filter(grant -> grant.policy().equals(policy))
              .map(PolicyGrant::text)
              .toList());
    }
  }

  /** Removes a policy. */
  @Command(
      name = "remove",
      description = "Removes a policy with its grants.",
      mixinStandardHelpOptions = true)
  static final class Remove implements Effect.Changes {
    @Mixin private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "NAME", description = "The policy.")
    private String name = "";

    @Override
    public Integer call() throws Exception {
      try (Home open = home.open()) {
        new JdbcPolicies(open.database()).remove(home.tenant(open.database()), name, ALWAYS);
        Output.line("Policy '%s' and its grants are removed.".formatted(name));
        return 0;
      }
    }
  }
}
