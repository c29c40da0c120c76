package dev.aftercall.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.arrival.Arrival;
import dev.aftercall.arrival.ArrivalStore;
import dev.aftercall.arrival.Sources;
import dev.aftercall.change.Precondition;
import dev.aftercall.content.Content;
import dev.aftercall.content.ContentKey;
import dev.aftercall.content.disk.DiskContentStore;
import dev.aftercall.jdbc.Database;
import dev.aftercall.jdbc.JdbcArrivals;
import dev.aftercall.jdbc.JdbcAssignmentRules;
import dev.aftercall.query.Paging;
import dev.aftercall.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** The data folder of a server that recorders send files to, looked into while it is down. */
final class PushedFiles {
  private static final UUID ADA = TestServer.guid("Ada");

  private final Path dataDir;

  PushedFiles(Path dataDir) {
    this.dataDir = dataDir;
  }

  /** Arguments of {@code start-dev} that connect one source, whose recordings are all Ada's. */
  List<String> connect(String type) throws IOException {
    String prefix = "intake.source." + type + ".";
    return connect(
        List.of(
            prefix + "type = " + type,
            prefix + "tenant = " + TestServer.TENANT,
            prefix + "secret = " + Sources.SECRET));
  }

  /** The same for several, with these lines of settings. */
  List<String> connect(List<String> settings) throws IOException {
    try (Database database = Database.open(Database.Location.in(dataDir))) {
      new JdbcAssignmentRules(database)
          .put(TestServer.TENANT, Sources.rule("all", "*", ADA), new Precondition.Always());
    }
    Path file = dataDir.resolve("sources.properties");
    Files.write(file, settings);
    return List.of("--sources", file.toString());
  }

  /** Each of these is there once, whole, and nothing else is. */
  void assertHolds(Collection<String> hashes) throws IOException {
    assertHolds(hashes, List.of());
  }

  /**
   * The same, but of these files some were no recordings: they are in quarantine, each once.
   *
   * @param hashes of recordings and transcripts
   * @param junk hashes of the others
   */
  void assertHolds(Collection<String> hashes, Collection<String> junk) throws IOException {
    DiskContentStore contents = new DiskContentStore(dataDir.resolve("content"));
    try (Database database = Database.open(Database.Location.in(dataDir))) {
      List<Arrival> all =
          new JdbcArrivals(database, "test")
              .list(
                  TestServer.TENANT,
                  new ArrivalStore.Wanted(Set.of(), Optional.empty(), Optional.empty()),
                  Paging.ALL);
      assertThat(all).filteredOn(it -> it.state() == Arrival.State.QUARANTINED).hasSameSizeAs(junk);
      List<Arrival> arrivals =
          all.stream().filter(it -> it.state() != Arrival.State.QUARANTINED).toList();
      assertThat(arrivals).allMatch(it -> it.state() == Arrival.State.READY);
      assertThat(arrivals)
          .extracting(it -> it.facts().orElseThrow().sha256())
          .containsExactlyInAnyOrderElementsOf(hashes);
      Set<String> known = new HashSet<>();
      for (Arrival arrival : arrivals) {
        ContentKey key = new ContentKey(TestServer.TENANT, arrival.artifact().orElseThrow());
        known.add(key.path());
        Content.OnDisk content = (Content.OnDisk) contents.open(key).orElseThrow();
        assertThat(Samples.sha256(Files.readAllBytes(content.file())))
            .isEqualTo(arrival.facts().orElseThrow().sha256());
      }
      assertThat(
              database.<Integer>read(
                  handle ->
                      handle
                          .createQuery(
                              "select (select count(*) from recording)"
                                  + " + (select count(*) from transcript)")
                          .mapTo(Integer.class)
                          .one()))
          .isEqualTo(hashes.size());
      assertThat(files("content")).isEqualTo(known);
      assertThat(files("spool")).isEmpty();
      assertThat(asideHashes()).containsExactlyInAnyOrderElementsOf(junk);
    }
  }

  private List<String> asideHashes() throws IOException {
    List<String> hashes = new ArrayList<>();
    for (String name : files("quarantine")) {
      if (!name.endsWith(".txt")) {
        hashes.add(Samples.sha256(Files.readAllBytes(dataDir.resolve("quarantine").resolve(name))));
      }
    }
    return hashes;
  }

  private Set<String> files(String name) throws IOException {
    Path folder = dataDir.resolve(name);
    Set<String> names = new HashSet<>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(Files::isRegularFile)
          .forEach(file -> names.add(folder.relativize(file).toString()));
    }
    return names;
  }
}
