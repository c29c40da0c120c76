package dev.aftercall.cli;

import dev.aftercall.change.Precondition;
import dev.aftercall.change.Versioned;
import dev.aftercall.jdbc.JdbcGroups;
import dev.aftercall.query.Paging;
import dev.aftercall.ruling.GroupMember;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who is in which group, for policies granted to groups and for exemptions. */
@Command(
    name = "group",
    description = "Who is in which group, for policies granted to groups and for exemptions.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      GroupCommand.Create.class,
      GroupCommand.Add.class,
      GroupCommand.Remove.class,
      GroupCommand.Show.class,
      GroupCommand.Delete.class,
      GroupImport.class,
      GroupExport.class
    })
final class GroupCommand {
  private static final Precondition ALWAYS = new Precondition.Always();

  /** Makes a group. */
  @Command(
      name = "create",
      description = "Makes a group, or renames one; its members stay.",
      mixinStandardHelpOptions = true)
  static final class Create implements Effect.Changes {
    @Mixin private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "GROUP", description = "The group's object id.")
    private UUID group = new UUID(0, 0);

    @Option(names = "--name", paramLabel = "TEXT", description = "What people call it.")
    private String name = "";

    @Override
    public Integer call() throws Exception {
      try (Home open = home.open()) {
        JdbcGroups groups = new JdbcGroups(open.database());
        groups.put(home.tenant(open.database()), group, name, ALWAYS);
        Output.line("There is a group %s '%s'.".formatted(group, name));
        return 0;
      }
    }
  }

  /** Who is put in or taken out. */
  static final class Members {
    @Mixin private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "GROUP", description = "The group's object id.")
    private UUID group = new UUID(0, 0);

    @Option(
        names = "--user",
        paramLabel = "OID",
        split = ",",
        description = "A person; may be repeated.")
    private List<UUID> users = List.of();

    @Option(
        names = "--group",
        paramLabel = "GUID",
        split = ",",
        description = "A group within the group; may be repeated.")
    private List<UUID> within = List.of();

    /** What is done to one. */
    @FunctionalInterface
    interface Step {
      void take(JdbcGroups groups, UUID tenant, UUID group, GroupMember member);
    }

    int each(String said, Step step) throws Exception {
      if (users.isEmpty() && within.isEmpty()) {
        throw new Failure("Name somebody with --user or --group.");
      }
      try (Home open = home.open()) {
        UUID tenant = home.tenant(open.database());
        JdbcGroups groups = new JdbcGroups(open.database());
        List<GroupMember> members =
            Stream.<GroupMember>concat(
                    users.stream().map(GroupMember.Person::new),
                    within.stream().map(GroupMember.Nested::new))
                .toList();
        for (GroupMember member : members) {
          step.take(groups, tenant, group, member);
          Warned.print(Warned.by(open.database()).of(tenant, member));
          Output.line(said.formatted(member.id(), group));
        }
        return 0;
      }
    }
  }

  /** Puts people in. */
  @Command(
      name = "add",
      description = "Puts people or groups into a group, which need not be there.",
      mixinStandardHelpOptions = true)
  static final class Add implements Effect.Changes {
    @Mixin private Members members = new Members();

    @Override
    public Integer call() throws Exception {
      return members.each(
          "%s is in group %s.",
          (groups, tenant, group, member) -> {
            if (groups.find(tenant, group).isEmpty()) {
              groups.put(tenant, group, "", ALWAYS);
            }
            groups.join(tenant, group, member, ALWAYS);
          });
    }
  }

  /** Takes people out. */
  @Command(
      name = "remove",
      description = "Takes people or groups out of a group.",
      mixinStandardHelpOptions = true)
  static final class Remove implements Effect.Changes {
    @Mixin private Members members = new Members();

    @Override
    public Integer call() throws Exception {
      return members.each(
          "%s is not in group %s.",
          (groups, tenant, group, member) -> groups.leave(tenant, group, member, ALWAYS));
    }
  }

  /** Lists groups or the members of one. */
  @Command(
      name = "list",
      description = "Lists groups, or who is in one itself.",
      mixinStandardHelpOptions = true)
  static final class Show implements Effect.Reads {
    @Mixin private HomeOption home = new HomeOption();
    @Mixin private Output output = new Output();

    @Parameters(arity = "0..1", paramLabel = "GROUP", description = "The group's object id.")
    private @Nullable UUID group;

    @Override
    public Integer call() throws Exception {
      try (Home open = home.open()) {
        UUID tenant = home.tenant(open.database());
        JdbcGroups groups = new JdbcGroups(open.database());
        Optional<UUID> one = Optional.ofNullable(group);
        if (one.isPresent()) {
          output.table(
              List.of("type", "id"),
              groups.members(tenant, one.get(), Paging.ALL).items().stream()
                  .map(Versioned::value)
                  .map(
                      member ->
                          List.of(
                              member instanceof GroupMember.Nested ? "group" : "user",
                              member.id().toString()))
                  .toList());
          return 0;
        }
        output.table(
            List.of("group", "name", "people", "groups"),
            groups.list(tenant, Paging.ALL).items().stream()
                .map(Versioned::value)
                .map(
                    it ->
                        List.of(
                            it.id().toString(),
                            it.displayName(),
                            Integer.toString(it.people()),
                            Integer.toString(it.groups())))
                .toList());
        return 0;
      }
    }
  }

  /** Removes a group. */
  @Command(
      name = "delete",
      description = "Removes a group; what is granted to it counts for nobody then.",
      mixinStandardHelpOptions = true)
  static final class Delete implements Effect.Changes {
    @Mixin private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "GROUP", description = "The group's object id.")
    private UUID group = new UUID(0, 0);

    @Override
    public Integer call() throws Exception {
      try (Home open = home.open()) {
        new JdbcGroups(open.database()).remove(home.tenant(open.database()), group, ALWAYS);
        Output.line("Group %s is removed.".formatted(group));
        return 0;
      }
    }
  }
}
