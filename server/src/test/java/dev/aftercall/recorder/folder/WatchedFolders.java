package dev.aftercall.recorder.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.arrival.Arrival;
import dev.aftercall.arrival.Arrival.State;
import dev.aftercall.arrival.Sources;
import dev.aftercall.fetch.Access;
import dev.aftercall.recorder.Connection;
import dev.aftercall.recorder.Inbox;
import dev.aftercall.recorder.RecorderType;
import dev.aftercall.testing.Poll;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Folders as tests watch them, and what may be seen of them from outside. */
final class WatchedFolders {
  static final UUID ADA = TestServer.guid("Ada");

  private WatchedFolders() {}

  /** A source that watches a folder. */
  static Connection source(RecorderType type, Path root, Inbox inbox) {
    Access access =
        new Access(
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Access.Folder(root, Optional.empty())));
    Connection usual = Sources.of("drop", type, Optional.empty(), access);
    return new Connection(
        usual.source(),
        type,
        Optional.empty(),
        Optional.empty(),
        ZoneOffset.UTC,
        Optional.empty(),
        access,
        inbox,
        false);
  }

  /** What is complete as soon as it is seen. */
  static Inbox atOnce(Inbox.Afterwards afterwards) {
    return new Inbox(Duration.ZERO, afterwards);
  }

  /** Recordings of rooms like that are Ada's. */
  static TestSetup.Difference rule(String room) {
    return TestSetup.rule(Sources.rule("of " + room, room, ADA));
  }

  static List<Arrival> arrivals(TestServer server) {
    return Sources.arrivals(server);
  }

  /** Waits until there are so many, all of them in that state. */
  static List<Arrival> arrived(TestServer server, int many, State state) {
    until(
        many + " arrivals " + state,
        () -> {
          List<Arrival> all = arrivals(server);
          return all.size() == many && all.stream().allMatch(it -> it.state() == state);
        });
    return arrivals(server);
  }

  static void until(String what, Callable<Boolean> condition) {
    Poll.until(what, Duration.ofSeconds(90), condition);
  }

  /** Every file below a folder, claims included. */
  static Set<String> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      Set<String> names = new TreeSet<>();
      all.filter(file -> !Files.isDirectory(file))
          .forEach(file -> names.add(folder.relativize(file).toString()));
      return names;
    } catch (IOException | java.io.UncheckedIOException e) {
      return Set.of("somebody is at it"); // looked at again
    }
  }

  /** Waits until these files and no others are there. */
  static void untilFiles(Path folder, String... names) {
    Set<String> wanted = new TreeSet<>(List.of(names));
    try {
      until("these files and no others", () -> files(folder).equals(wanted));
    } catch (AssertionError e) {
      assertThat(files(folder)).isEqualTo(wanted);
      throw e;
    }
  }

  /** Writes a file, and its folders. */
  static Path put(Path folder, String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    return Files.write(file, bytes);
  }
}
