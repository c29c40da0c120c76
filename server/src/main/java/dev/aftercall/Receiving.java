package dev.aftercall;

import dev.aftercall.arrival.Arrival;
import dev.aftercall.arrival.ArrivalDesk;
import dev.aftercall.arrival.Arrivals;
import dev.aftercall.arrival.Collecting;
import dev.aftercall.arrival.Doorbell;
import dev.aftercall.fetch.Access;
import dev.aftercall.fetch.FetchException;
import dev.aftercall.fetch.FetchLimits;
import dev.aftercall.fetch.Fetcher;
import dev.aftercall.fetch.source.SourceFetcher;
import dev.aftercall.http.IntakeUploads;
import dev.aftercall.http.RecorderMessages;
import dev.aftercall.http.Route;
import dev.aftercall.intake.Intake;
import dev.aftercall.jdbc.Database;
import dev.aftercall.jdbc.JdbcArrivals;
import dev.aftercall.jdbc.JdbcAssignmentRules;
import dev.aftercall.recorder.Connection;
import dev.aftercall.recorder.Recorder;
import dev.aftercall.recorder.Recorders;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The part of the wiring diagram that takes in what recorders announce. */
public record Receiving(
    List<Route> routes,
    Arrivals arrivals,
    ArrivalDesk desk,
    Optional<Collecting> collecting,
    Server.Parts parts)
    implements AutoCloseable {
  static Receiving start(Server.Parts parts, Intake intake) {
    Map<String, RecorderMessages.Connected> connected = connected(parts.sources());
    Arrivals arrivals = arrivals(parts.database(), intake, connected, parts.ids(), parts.clock());
    List<Route> routes = new ArrayList<>(new IntakeUploads(intake, arrivals).routes());
    routes.addAll(new RecorderMessages(arrivals, connected, parts.clock()).routes());
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
    return new Receiving(
        routes, arrivals, new ArrivalDesk(arrivals, intake.custody()), collecting, parts);
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
    Access access = source.connection().access();
    Optional<Access.Web> web =
        access
            .web()
            .map(
                it ->
                    new Access.Web(
                        it.hosts(),
                        it.redirectHosts(),
                        it.addresses(),
                        it.plainHttp(),
                        recorder.credential(arrival.credential()),
                        it.query()));
    return SourceFetcher.of(
        new Access(web, access.buckets(), access.folder()),
        FetchLimits.usual(parts.intake().maxSize()));
  }

  void tidy() {
    arrivals.store().tidy(Ticks.of(parts.clock().instant()));
  }

  @Override
  public void close() {
    collecting.ifPresent(Collecting::close);
  }
}
