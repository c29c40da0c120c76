package dev.aftercall.cli;

import dev.aftercall.config.Settings;
import dev.aftercall.jdbc.Database;
import dev.aftercall.jdbc.RuleEditor;
import dev.aftercall.metering.Tariff;
import dev.aftercall.notification.NotificationSettings;
import dev.aftercall.retention.RetentionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which Aftercall a command works on; a server may run on it or not. */
final class HomeOption {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data folder of start-dev. Default: ${DEFAULT-VALUE}.",
      defaultValue = ".aftercall")
  private Path data = Path.of(".aftercall");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration file of start; counts instead of --data.")
  private @Nullable Path config;

  @Option(
      names = "--tenant",
      paramLabel = "GUID",
      description = "Tenant to work on. Default: the only one there is.")
  private @Nullable UUID tenant;

  private @Nullable Settings loaded;
  private @Nullable Home held;

  private Settings settings(Path file) {
    if (loaded == null) {
      loaded = Settings.load(Optional.of(file), System.getenv());
    }
    return loaded;
  }

  /** Opens it for whoever runs the command; until that is closed the command gets the same. */
  Home hold() throws IOException {
    Home opened = open();
    held = opened;
    return opened;
  }

  Home open() throws IOException {
    if (held != null) {
      return held.lend();
    }
    if (config != null) {
      return Home.of(settings(config));
    }
    if (!Files.isDirectory(data)) {
      throw wrong(
          "There is no data folder "
              + data.toAbsolutePath()
              + ". Name one with --data, or a configuration file with --config.");
    }
    return Home.in(data);
  }

  /** The tenant that was named, if one was. */
  Optional<UUID> named() {
    return Optional.ofNullable(tenant);
  }

  /** The configuration file that was named, if one was. */
  Optional<Path> config() {
    return Optional.ofNullable(config);
  }

  /** Where ffmpeg is, if the settings say it. */
  Optional<Path> ffmpeg() {
    return config == null ? Optional.empty() : settings(config).intake().ffmpeg();
  }

  /** How long things are kept there. */
  RetentionSettings retention() {
    return config == null
        ? RetentionSettings.DEFAULT
        : Start.retention(settings(config).retention());
  }

  /** By what retrievals of content are priced there. */
  Tariff tariff() {
    return config == null ? Tariff.DOCUMENTED : Start.tariff(settings(config).metering());
  }

  /** To whom and how changes are told there. */
  NotificationSettings notifications() {
    return config == null
        ? NotificationSettings.DEVELOPMENT
        : Start.notifications(settings(config).notifications());
  }

  UUID tenant(Database database) {
    if (tenant != null) {
      return tenant;
    }
    List<UUID> known = RuleEditor.tenants(database);
    if (known.size() != 1) {
      throw wrong(
          known.isEmpty()
              ? "No tenant is known yet; name one with --tenant."
              : "Several tenants are known; choose one with --tenant: " + known);
    }
    return known.getFirst();
  }

  private ParameterException wrong(String message) {
    if (command == null) {
      throw new IllegalStateException(message);
    }
    return new ParameterException(command.commandLine(), message);
  }
}
