package dev.aftercall;

import dev.aftercall.arrival.Arrival;
import dev.aftercall.arrival.ArrivalDesk;
import dev.aftercall.arrival.Arrivals;
import dev.aftercall.arrival.Collecting;
import dev.aftercall.arrival.Doorbell;
import dev.aftercall.arrival.Withdrawals;
import dev.aftercall.digest.Sha256;
import dev.aftercall.fetch.FetchException;
import dev.aftercall.fetch.FetchLimits;
import dev.aftercall.fetch.Fetched;
import dev.aftercall.fetch.Fetcher;
import dev.aftercall.fetch.Location;
import dev.aftercall.fetch.source.SourceFetcher;
import dev.aftercall.http.IntakeUploads;
import dev.aftercall.http.RecorderMessages;
import dev.aftercall.http.Route;
import dev.aftercall.http.TalkUploads;
import dev.aftercall.intake.Intake;
import dev.aftercall.jdbc.Database;
import dev.aftercall.jdbc.JdbcArchive;
import dev.aftercall.jdbc.JdbcArrivals;
import dev.aftercall.jdbc.JdbcAssignmentRules;
import dev.aftercall.jdbc.JdbcMirrors;
import dev.aftercall.jdbc.JdbcSecrets;
import dev.aftercall.jdbc.JdbcTrash;
import dev.aftercall.metrics.Metrics;
import dev.aftercall.recorder.Connection;
import dev.aftercall.recorder.Recorder;
import dev.aftercall.recorder.Recorders;
import dev.aftercall.recorder.folder.Watching;
import dev.aftercall.recorder.graph.Mirroring;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The part of the wiring diagram that takes in what recorders announce. */
public record Receiving(
    List<Route> routes,
    Arrivals arrivals,
    ArrivalDesk desk,
    Withdrawals withdrawals,
    Optional<Collecting> collecting,
    Watching watching,
    Mirroring mirroring,
    Server.Parts parts)
    implements AutoCloseable {
  static Receiving start(Server.Parts parts, Intake intake) {
    Map<String, RecorderMessages.Connected> connected = connected(parts.sources());
    Arrivals arrivals = arrivals(parts.database(), intake, connected, parts.ids(), parts.clock());
    List<Route> routes = new ArrayList<>(new IntakeUploads(intake, arrivals).routes());
    ArrivalDesk desk = new ArrivalDesk(arrivals, intake.custody());
    Withdrawals withdrawals = withdrawals(parts, arrivals, desk, intake);
    routes.addAll(new RecorderMessages(arrivals, withdrawals, connected, parts.clock()).routes());
    routes.addAll(new TalkUploads(arrivals, connected, parts.clock()).routes());
    // Without a source there is nothing to fetch, and no thread that looks for it.
    Optional<Collecting> collecting =
        connected.isEmpty()
            ? Optional.empty()
            : Optional.of(
                Collecting.start(
                    arrivals,
                    intake,
                    arrival -> fetcher(parts, connected, arrival),
                    parts.clock()));
    Mirroring mirroring =
        new Mirroring(arrivals, new JdbcMirrors(parts.database()), parts.ids(), parts.clock());
    connected.values().forEach(it -> mirroring.begin(it.recorder()));
    return new Receiving(
        routes,
        arrivals,
        desk,
        withdrawals,
        collecting,
        watching(parts, connected, arrivals),
        mirroring,
        parts);
  }

  private static Withdrawals withdrawals(
      Server.Parts parts, Arrivals arrivals, ArrivalDesk desk, Intake intake) {
    return new Withdrawals(
        arrivals,
        new Withdrawals.Waiting(desk, intake.custody(), parts.retention().trashPeriod()),
        new JdbcArchive(parts.database()),
        new JdbcTrash(parts.database()),
        parts.clock());
  }

  /** Watches the folders among the sources; without one nothing runs. */
  private static Watching watching(
      Server.Parts parts, Map<String, RecorderMessages.Connected> connected, Arrivals arrivals) {
    JdbcSecrets secrets = new JdbcSecrets(parts.database(), parts.ids());
    Watching watching =
        new Watching(
            arrivals,
            () -> Sha256.hex(secrets.of("names of claims")).substring(0, 8),
            parts.ids(),
            parts.clock());
    connected.values().forEach(it -> watching.begin(it.connection(), it.recorder()));
    return watching;
  }

  /** The adapters of connected recorders, by the source's name; also for the command line. */
  public static Map<String, RecorderMessages.Connected> connected(List<Connection> sources) {
    Map<String, RecorderMessages.Connected> connected = new LinkedHashMap<>();
    for (Connection connection : sources) {
      connected.put(
          connection.source().name(),
          new RecorderMessages.Connected(connection, Recorders.of(connection)));
    }
    return connected;
  }

  /** The way in for what they announce; also for the command line. */
  public static Arrivals arrivals(
      Database database,
      Intake intake,
      Map<String, RecorderMessages.Connected> connected,
      Ids ids,
      InstantSource clock) {
    Map<String, Arrivals.Recorder> recorders = new LinkedHashMap<>();
    connected.forEach(
        (name, it) ->
            recorders.put(name, new Arrivals.Recorder(it.connection().source(), it.recorder())));
    return new Arrivals(
        new Arrivals.Rooms(
            new JdbcArrivals(database, ids.guid().toString()),
            new JdbcAssignmentRules(database),
            intake),
        recorders,
        new Doorbell(),
        ids,
        clock);
  }

  private static Fetcher fetcher(
      Server.Parts parts, Map<String, RecorderMessages.Connected> connected, Arrival arrival)
      throws FetchException {
    RecorderMessages.Connected source = connected.get(arrival.source());
    if (source == null) {
      throw new FetchException(
          FetchException.Kind.REFUSED,
          "The source '"
              + arrival.source()
              + "' is not connected any more. Connect it in the settings again.");
    }
    Recorder recorder = source.recorder();
    return new TellingOfRefusals(
        SourceFetcher.of(
            source.connection().access().with(recorder.credential(arrival.credential())),
            FetchLimits.usual(parts.intake().maxSize())),
        recorder);
  }

  /** Lets the recorder know that its credential was refused. */
  private record TellingOfRefusals(Fetcher fetcher, Recorder recorder) implements Fetcher {
    @Override
    public Fetched open(Location at, long from, Optional<String> validator) throws FetchException {
      try {
        return fetcher.open(at, from, validator);
      } catch (FetchException e) {
        if (e.kind() == FetchException.Kind.REFUSED) {
          recorder.refused();
        }
        throw e;
      }
    }

    @Override
    public void close() {
      fetcher.close();
    }
  }

  /** What operators see of it on the page of metrics. */
  void watched(Metrics metrics) {
    metrics
        .gauge(
            "aftercall_intake_arrivals",
            "What recorders announced, by source and by how far it has come.",
            List.of("source", "state"),
            this::counts)
        .level(
            "aftercall_intake_oldest_unfinished_seconds",
            "How long ago the oldest file was announced that is still on its way.",
            () -> {
              long now = Ticks.of(parts.clock().instant());
              return (now - arrivals.store().oldestUnfinished().orElse(now)) / 1e7;
            });
    if (mirroring.any()) {
      metrics.gauge(
          "aftercall_intake_mirror_age_seconds",
          "How long ago a tenant that is mirrored was followed to its end, by source.",
          "source",
          mirroring::ages);
    }
  }

  private Map<List<String>, Long> counts() {
    Map<List<String>, Long> all = new LinkedHashMap<>();
    Map<String, Map<Arrival.State, Long>> counted = arrivals.store().counts();
    Set<String> sources = new TreeSet<>(counted.keySet());
    sources.addAll(arrivals.recorders().keySet());
    for (String source : sources) {
      for (Arrival.State state : Arrival.State.values()) {
        all.put(
            List.of(source, state.word()),
            counted.getOrDefault(source, Map.of()).getOrDefault(state, 0L));
      }
    }
    return all;
  }

  void tidy() {
    if (collecting.isEmpty()) {
      return; // Nobody writes what there would be to forget.
    }
    arrivals.store().tidy(Ticks.of(parts.clock().instant()));
    withdrawals.tidy();
  }

  @Override
  public void close() {
    watching.close();
    mirroring.close();
    collecting.ifPresent(Collecting::close);
  }
}
