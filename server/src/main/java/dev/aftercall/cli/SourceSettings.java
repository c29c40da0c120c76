package dev.aftercall.cli;

import dev.aftercall.arrival.Source;
import dev.aftercall.config.IntakeSource;
import dev.aftercall.config.Secret;
import dev.aftercall.fetch.Access;
import dev.aftercall.fetch.HostPattern;
import dev.aftercall.outbound.AddressRules;
import dev.aftercall.recorder.Connection;
import dev.aftercall.recorder.RecorderType;
import dev.aftercall.recorder.RemoteTenant;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Connects recorders as the settings say. */
final class SourceSettings {
  private SourceSettings() {}

  /**
   * The recorders.
   *
   * @param loopback whether this machine itself may be called, as in development
   */
  static List<Connection> connections(List<IntakeSource> sources, boolean loopback) {
    return sources.stream().map(source -> connection(source, loopback)).toList();
  }

  private static Connection connection(IntakeSource source, boolean loopback) {
    return new Connection(
        new Source(
            source.name(),
            source.type().name().toLowerCase(Locale.ROOT).replace('_', '-'),
            source.tenant(),
            source.delay(),
            source.gap(),
            // A mirror copies whose recordings are; there is nothing else to go by.
            source.asserts() || source.type() == RecorderType.GRAPH,
            source.store().endpoint()),
        source.type(),
        source.key(),
        source.secret().map(Secret::value),
        source.zone(),
        source.url(),
        access(source, loopback),
        source.folder().inbox(),
        source.followsDeletions(),
        remote(source),
        Set.copyOf(source.store().topics()));
  }

  private static Optional<RemoteTenant> remote(IntakeSource source) {
    IntakeSource.Remote remote = source.remote();
    return source.type() != RecorderType.GRAPH
        ? Optional.empty()
        : Optional.of(
            new RemoteTenant(
                source.tokenUrl().orElseThrow(),
                remote.scope().orElseGet(() -> origin(source.url().orElseThrow()) + "/.default"),
                remote.organizers(),
                remote.groups(),
                remote.calls(),
                remote.every()));
  }

  private static String origin(URI url) {
    return url.getScheme() + "://" + url.getRawAuthority();
  }

  private static Access access(IntakeSource source, boolean loopback) {
    return new Access(web(source, loopback), buckets(source.store()), folder(source.folder()));
  }

  private static Optional<Access.Web> web(IntakeSource source, boolean loopback) {
    IntakeSource.Reach reach = source.reach();
    List<HostPattern> hosts =
        Stream.concat(
                reach.hosts().stream(),
                // Who says where the recorder's API is, means that it be called.
                source.url().stream().map(HostPattern::of))
            .toList();
    if (hosts.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Access.Web(
            hosts,
            reach.redirectHosts(),
            new AddressRules(
                address -> reach.networks().stream().anyMatch(it -> it.contains(address)),
                loopback),
            reach.plainHttp(),
            Optional.empty(),
            reach.query().map(Secret::value)));
  }

  private static Optional<Access.Buckets> buckets(IntakeSource.Store store) {
    return store.buckets().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Access.Buckets(
                store.endpoint(),
                store.region(),
                new HashSet<>(store.buckets()),
                store
                    .accessKey()
                    .map(
                        key ->
                            new Access.Keys(
                                key, store.secretKey().map(Secret::value).orElseThrow())),
                store.pathStyle()));
  }

  private static Optional<Access.Folder> folder(IntakeSource.Folder folder) {
    return folder.path().map(path -> new Access.Folder(path, folder.seenAs()));
  }
}
