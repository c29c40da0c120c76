package dev.aftercall.cli;

import dev.aftercall.jdbc.RuleEditor;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
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
      GroupCommand.Add.class,
      GroupCommand.Remove.class,
      GroupImport.class,
      GroupExport.class
    })
final class GroupCommand {
  /** What both commands take. */
  static final class Members {
    @Mixin private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "GROUP", description = "The group's object id.")
    private UUID group = new UUID(0, 0);

    @Option(
        names = "--user",
        paramLabel = "OID",
        required = true,
        split = ",",
        description = "A person; may be repeated.")
    private List<UUID> users = List.of();

    int set(boolean member) throws Exception {
      try (Home open = home.open()) {
        RuleEditor rules = new RuleEditor(open.database(), home.tenant(open.database()));
        for (UUID user : users) {
          rules.setMember(group, user, member);
          Output.line(
              (member ? "%s is in group %s." : "%s is not in group %s.").formatted(user, group));
        }
        return 0;
      }
    }
  }

  /** Puts people in. */
  @Command(name = "add", description = "Puts people into a group.", mixinStandardHelpOptions = true)
  static final class Add implements Callable<Integer> {
    @Mixin private Members members = new Members();

    @Override
    public Integer call() throws Exception {
      return members.set(true);
    }
  }

  /** Takes people out. */
  @Command(
      name = "remove",
      description = "Takes people out of a group.",
      mixinStandardHelpOptions = true)
  static final class Remove implements Callable<Integer> {
    @Mixin private Members members = new Members();

    @Override
    public Integer call() throws Exception {
      return members.set(false);
    }
  }
}
