package dev.aftercall.cli;

import dev.aftercall.meeting.GraphIds;
import java.util.UUID;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code aftercall}. */
@Command(
    name = "aftercall",
    description = "Keeps meeting recordings and serves them through the Microsoft Graph API.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Root.Version.class,
    subcommands = {
      StartDev.class,
      Start.class,
      Import.class,
      IntakeCommand.class,
      PolicyCommand.class,
      RscCommand.class,
      TenantCommand.class,
      GroupCommand.class,
      SubscriptionsCommand.class,
      RetentionCommand.class,
      HoldCommand.class,
      RecordingCommand.class,
      DisposalCommand.class,
      JournalCommand.class,
      WhyCommand.class,
      ApplicationCommand.class,
      UsageCommand.class,
      ScimCommand.class,
      VerifyStorage.class,
      WarmUp.class
    })
final class Root {
  /** What the build wrote into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Root.class.getPackage().getImplementationVersion();
      return new String[] {"aftercall " + (version == null ? "(not built)" : version)};
    }
  }

  /** Runs a command line and returns the exit code: 0 done, 1 failed, 2 not understood. */
  static int run(String... arguments) {
    return new CommandLine(new Root())
        .setExecutionStrategy(new Witness())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(100)
        .registerConverter(UUID.class, Root::guid)
        .setParameterExceptionHandler(Root::notUnderstood)
        .setExecutionExceptionHandler(
            (failure, line, parsed) -> {
              line.getErr().println("aftercall: " + Failure.explain(failure));
              return 1;
            })
        .execute(arguments);
  }

  private static UUID guid(String text) {
    return GraphIds.guid(text)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + text + "' is not a GUID like 33a1bb67-2083-4edc-ad5d-9feacd43708b"));
  }

  private static int notUnderstood(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    command.getErr().println("aftercall: " + failure.getMessage());
    UnmatchedArgumentException.printSuggestions(failure, command.getErr());
    command.getErr().println("See: " + command.getCommandSpec().qualifiedName() + " --help");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }
}
