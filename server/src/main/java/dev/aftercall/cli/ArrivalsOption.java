package dev.aftercall.cli;

import dev.aftercall.Receiving;
import dev.aftercall.arrival.Arrival;
import dev.aftercall.arrival.ArrivalDesk;
import dev.aftercall.arrival.Arrivals;
import dev.aftercall.arrival.Mending;
import dev.aftercall.config.IntakeSource;
import dev.aftercall.config.Settings;
import dev.aftercall.intake.Intake;
import dev.aftercall.jdbc.JdbcAssignmentRules;
import dev.aftercall.time.Ids;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What recorders announced, opened for a command. */
final class ArrivalsOption {
  @Mixin private HomeOption home = new HomeOption();

  @Option(
      names = "--sources",
      paramLabel = "FILE",
      description = "Where intake.source.<name>.* are set, when it is not --config.")
  private @Nullable Path sources;

  /** One tenant's arrivals; closed after the command. */
  record Open(Home home, UUID tenant, Arrivals arrivals, ArrivalDesk desk, Optional<Path> ffmpeg)
      implements AutoCloseable {
    Arrival find(UUID id) {
      return desk.find(tenant, id);
    }

    Mending mending() {
      return new Mending(desk, ffmpeg, home.dataDir(), Ids.secure());
    }

    JdbcAssignmentRules rules() {
      return new JdbcAssignmentRules(home.database());
    }

    @Override
    public void close() throws IOException {
      home.close();
    }
  }

  Open open() throws IOException {
    Home opened = home.open();
    Ids ids = Ids.secure();
    InstantSource clock = InstantSource.system();
    Intake intake = opened.intake(ids, clock);
    Arrivals arrivals =
        Receiving.arrivals(
            opened.database(),
            intake,
            Receiving.connected(SourceSettings.connections(connected(), false)),
            ids,
            clock);
    return new Open(
        opened,
        home.tenant(opened.database()),
        arrivals,
        new ArrivalDesk(arrivals, intake.custody()),
        home.ffmpeg());
  }

  private List<IntakeSource> connected() {
    Optional<Path> file = Optional.ofNullable(sources).or(home::config);
    return file.isEmpty() ? List.of() : Settings.sources(file.get(), System.getenv());
  }
}
