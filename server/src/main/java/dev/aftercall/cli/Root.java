package dev.aftercall.cli;

import dev.aftercall.config.SettingsException;
import dev.aftercall.meeting.GraphIds;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
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
      PolicyCommand.class,
      RscCommand.class,
      TenantCommand.class,
      GroupCommand.class,
      JournalCommand.class,
      WarmUp.class
    })
public final class Root {
  /** What the build wrote into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Root.class.getPackage().getImplementationVersion();
      return new String[] {"aftercall " + (version == null ? "(not built)" : version)};
    }
  }

  /** Runs a command line and returns the exit code: 0 done, 1 failed, 2 not understood. */
  public static int run(String... arguments) {
    Logging.quiet();
    return new CommandLine(new Root())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(100)
        .registerConverter(UUID.class, Root::guid)
        .setParameterExceptionHandler(Root::notUnderstood)
        .setExecutionExceptionHandler(
            (failure, line, parsed) -> {
              line.getErr().println("aftercall: " + explain(failure));
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

  private static String explain(Exception failure) {
    String message = String.valueOf(failure.getMessage());
    // The message of these is the path alone.
    if (failure instanceof NoSuchFileException) {
      return "There is no file or folder " + message + ".";
    }
    if (failure instanceof AccessDeniedException) {
      return "This user may not read or write " + message + ".";
    }
    boolean known =
        failure instanceof SettingsException
            || failure instanceof IOException
            || failure instanceof CommandFailed
            || failure instanceof IllegalStateException;
    return known ? message : failure.toString();
  }

  /** A command that cannot do what it was asked, with the reason for people. */
  static final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandFailed(String message) {
      super(message);
    }
  }
}
