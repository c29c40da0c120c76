package dev.aftercall.recorder.folder;

import static dev.aftercall.arrival.Sources.recordings;
import static dev.aftercall.recorder.folder.WatchedFolders.arrivals;
import static dev.aftercall.recorder.folder.WatchedFolders.arrived;
import static dev.aftercall.recorder.folder.WatchedFolders.files;
import static dev.aftercall.recorder.folder.WatchedFolders.put;
import static dev.aftercall.recorder.folder.WatchedFolders.rule;
import static dev.aftercall.recorder.folder.WatchedFolders.until;
import static dev.aftercall.recorder.folder.WatchedFolders.untilFiles;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.arrival.Arrival;
import dev.aftercall.arrival.Arrival.State;
import dev.aftercall.arrival.ArrivalDesk;
import dev.aftercall.recorder.Inbox;
import dev.aftercall.recorder.Inbox.Afterwards;
import dev.aftercall.recorder.RecorderType;
import dev.aftercall.testing.Media;
import dev.aftercall.testing.PostgresServer;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import dev.aftercall.time.Ticks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files put into a folder that a real server watches. */
final class WatchFolderTest {
  @TempDir Path folder;

  private TestServer server(Afterwards afterwards, String room) {
    return new TestServer(watching(folder, WatchedFolders.atOnce(afterwards)), rule(room));
  }

  private static TestSetup.Difference watching(Path folder, Inbox inbox) {
    return TestSetup.source(WatchedFolders.source(RecorderType.FOLDER, folder, inbox));
  }

  private static byte[] json(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aFileOfARoomIsThereAndIsMovedToDone() throws Exception {
    try (TestServer server = server(Afterwards.MOVE, "sales/*")) {
      put(folder, "Sales/EMEA/film.mp4", Media.mp4());
      Arrival arrival = arrived(server, 1, State.READY).getFirst();
      assertThat(arrival.announcement().occasion().room()).isEqualTo("Sales/EMEA");
      assertThat(arrival.announcement().file().name()).isEqualTo("film.mp4");
      untilFiles(folder, "done/Sales/EMEA/film.mp4");
      assertThat(folder.resolve("done/Sales/EMEA/film.mp4")).hasBinaryContent(Media.mp4());
      assertThat(recordings(server)).isEqualTo(1);
    }
  }

  @Test
  void withoutAnythingElseItEndedWhenItWasLastWritten() throws Exception {
    Path file = put(folder, "film.mp4", Media.mp4());
    Instant written = Instant.parse("2026-01-31T10:00:02Z");
    Files.setLastModifiedTime(file, FileTime.from(written));
    try (TestServer server = server(Afterwards.MOVE, "*")) {
      Arrival arrival = arrived(server, 1, State.READY).getFirst();
      assertThat(arrival.announcement().occasion().end()).isEqualTo(Ticks.of(written));
      assertThat(arrival.announcement().occasion().start()).isLessThan(Ticks.of(written));
    }
  }

  @Test
  void whatLiesThereAtTheStartIsTakenAndDeletedWhereThatIsAsked() throws Exception {
    put(folder, "one.mp4", Media.mp4());
    put(folder, "room/two.mp4", Media.mp4(Media.mp4().length + 100));
    try (TestServer server = server(Afterwards.DELETE, "*")) {
      arrived(server, 2, State.READY);
      untilFiles(folder);
      assertThat(recordings(server)).isEqualTo(2);
    }
  }

  @Test
  void aSidecarSaysWhatItIs() throws Exception {
    put(
        folder,
        "film.mp4.json",
        json(
            "{\"sourceId\":\"s-1\",\"room\":\"Board\",\"meeting\":\"m-7\","
                + "\"start\":\"2026-01-31T09:00:00Z\",\"fileName\":\"board.mp4\","
                + "\"password\":\"hidden\"}"));
    put(folder, "film.mp4", Media.mp4());
    put(folder, "other.json", json("{\"room\":\"Other\"}"));
    put(folder, "other.mp4", Media.mp4(Media.mp4().length + 100));
    try (TestServer server = server(Afterwards.MOVE, "*")) {
      List<Arrival> all = arrived(server, 2, State.READY);
      Arrival board =
          all.stream()
              .filter(it -> it.announcement().sourceId().equals("s-1"))
              .findFirst()
              .orElseThrow();
      assertThat(board.announcement().occasion().meeting()).isEqualTo("m-7");
      assertThat(board.announcement().occasion().start())
          .isEqualTo(Ticks.parse("2026-01-31T09:00:00Z"));
      assertThat(board.announcement().file().name()).isEqualTo("board.mp4");
      assertThat(board.envelope()).doesNotContain("hidden").contains("\"path\":\"film.mp4\"");
      untilFiles(
          folder, "done/film.mp4", "done/film.mp4.json", "done/other.json", "done/other.mp4");
    }
  }

  @Test
  void aSidecarThatCannotBeReadLeavesItsFileToAPerson() throws Exception {
    put(folder, "film.mp4.json", json("{\"room\":"));
    put(folder, "film.mp4", Media.mp4());
    try (TestServer server = server(Afterwards.DELETE, "*")) {
      untilFiles(folder, "failed/film.mp4", "failed/film.mp4.json", "failed/film.mp4.reason.txt");
      assertThat(arrived(server, 1, State.REJECTED).getFirst().reason()).contains("film.mp4.json");
      assertThat(folder.resolve("failed/film.mp4.reason.txt")).content().contains("JSON");
      assertThat(recordings(server)).isZero();
    }
  }

  @Test
  void whatIsNoMediaGoesToFailedWithTheReason() throws Exception {
    put(folder, "room/notes.mp4", json("not a film"));
    try (TestServer server = server(Afterwards.DELETE, "*")) {
      Arrival arrival = arrived(server, 1, State.QUARANTINED).getFirst();
      untilFiles(folder, "failed/room/notes.mp4", "failed/room/notes.mp4.reason.txt");
      assertThat(folder.resolve("failed/room/notes.mp4.reason.txt"))
          .content()
          .contains("QUARANTINED", arrival.reason(), "move it back");
      assertThat(folder.resolve("failed/room/notes.mp4")).content().isEqualTo("not a film");
    }
  }

  @Test
  void whatNobodyOwnsStaysClaimedUntilSomebodyDoes() throws Exception {
    put(folder, "film.mp4", Media.mp4());
    try (TestServer server = server(Afterwards.DELETE, "other")) {
      arrived(server, 1, State.UNASSIGNED);
      assertThat(files(folder)).hasSize(2).allMatch(it -> it.startsWith(".claimed/drop-"));
    }
  }

  @Test
  void unfinishedHiddenAndLinkedNamesAreLeft() throws Exception {
    put(folder, "a.mp4.part", Media.mp4());
    put(folder, "b.tmp", Media.mp4());
    put(folder, "c.mp4.crdownload", Media.mp4());
    put(folder, ".d.mp4.AbCdEf", Media.mp4());
    put(folder, ".hidden/e.mp4", Media.mp4());
    put(folder, "lonely.json", json("{}"));
    Path elsewhere = Files.createTempFile("elsewhere", ".mp4");
    Files.write(elsewhere, Media.mp4());
    Files.createSymbolicLink(folder.resolve("link.mp4"), elsewhere);
    Files.createSymbolicLink(folder.resolve("linked"), elsewhere.toAbsolutePath().resolve(".."));
    put(folder, "good.mp4", Media.mp4());
    try (TestServer server = server(Afterwards.DELETE, "*")) {
      arrived(server, 1, State.READY);
      untilFiles(
          folder,
          ".d.mp4.AbCdEf",
          ".hidden/e.mp4",
          "a.mp4.part",
          "b.tmp",
          "c.mp4.crdownload",
          "link.mp4",
          "linked",
          "lonely.json");
      Files.move(folder.resolve("a.mp4.part"), folder.resolve("a.mp4"));
      arrived(server, 2, State.READY);
      assertThat(elsewhere).exists();
    }
  }

  @Test
  void theSameNameAgainIsAnotherFile() throws Exception {
    try (TestServer server = server(Afterwards.MOVE, "*")) {
      put(folder, "film.mp4", Media.mp4());
      untilFiles(folder, "done/film.mp4");
      byte[] second = Media.mp4(Media.mp4().length + 100);
      put(folder, "film.mp4", second);
      List<Arrival> both = arrived(server, 2, State.READY);
      assertThat(recordings(server)).isEqualTo(2);
      String id =
          both.stream()
              .filter(it -> it.facts().orElseThrow().size() == second.length)
              .findFirst()
              .orElseThrow()
              .announcement()
              .sourceId();
      untilFiles(folder, "done/film.mp4", "done/" + id + "/film.mp4");
      assertThat(folder.resolve("done/film.mp4")).hasBinaryContent(Media.mp4());
      assertThat(folder.resolve("done/" + id + "/film.mp4")).hasBinaryContent(second);
    }
  }

  @Test
  void anotherFileUnderTheSameSourceIdIsNotTakenForIt() throws Exception {
    try (TestServer server = server(Afterwards.DELETE, "*")) {
      put(folder, "a.mp4.json", json("{\"sourceId\":\"same\"}"));
      put(folder, "a.mp4", Media.mp4());
      untilFiles(folder);
      put(folder, "b.mp4.json", json("{\"sourceId\":\"same\"}"));
      put(folder, "b.mp4", Media.mp4(Media.mp4().length + 100));
      untilFiles(folder, "failed/b.mp4", "failed/b.mp4.json", "failed/b.mp4.reason.txt");
      assertThat(folder.resolve("failed/b.mp4.reason.txt")).content().contains("sourceId");
      put(folder, "c.mp4.json", json("{\"sourceId\":\"same\"}"));
      put(folder, "c.mp4", Media.mp4());
      untilFiles(folder, "failed/b.mp4", "failed/b.mp4.json", "failed/b.mp4.reason.txt");
      assertThat(arrivals(server)).hasSize(1);
      assertThat(recordings(server)).isEqualTo(1);
    }
  }

  @Test
  void whatIsWrittenToAfterItWasTakenIsNotGivenAway() throws Exception {
    put(folder, "film.mp4", Media.mp4());
    try (TestServer server = server(Afterwards.DELETE, "other")) {
      Arrival arrival = arrived(server, 1, State.UNASSIGNED).getFirst();
      Path claimed = folder.resolve(String.valueOf(arrival.announcement().file().location()));
      byte[] more = Media.mp4(Media.mp4().length + 100);
      Files.write(claimed, more);
      Arrival _ =
          new ArrivalDesk(server.arrivals(), server.intake().custody())
              .assign(
                  arrival,
                  new ObjectMapper()
                      .createObjectNode()
                      .put("organizer", WatchedFolders.ADA.toString()));
      untilFiles(folder, "failed/film.mp4", "failed/film.mp4.reason.txt");
      assertThat(folder.resolve("failed/film.mp4")).hasBinaryContent(more);
      assertThat(folder.resolve("failed/film.mp4.reason.txt")).content().contains("written to");
    }
  }

  @Test
  void aClaimThatSomebodyDiedOverIsGoneOnWith() throws Exception {
    put(folder, "film.mp4", Media.mp4());
    put(folder, "film.mp4.json", json("{\"room\":\"Board\"}"));
    TestSetup.Difference database = TestSetup.database(PostgresServer.freshDatabase());
    TestSetup.Difference watched = watching(folder, WatchedFolders.atOnce(Afterwards.MOVE));
    String claimed;
    Instant now;
    try (TestServer first = new TestServer(database, watched)) {
      arrived(first, 1, State.UNASSIGNED);
      now = first.clock().instant();
      int _ = first.database().write(handle -> handle.execute("delete from arrival"));
      claimed =
          files(folder).stream().filter(it -> it.endsWith("/film.mp4")).findFirst().orElseThrow();
    }
    // As if it had died after its file was renamed: the sidecar is where it was, and the archive
    // knows of nothing; and another time before that, long ago.
    Path claim = folder.resolve(claimed).resolveSibling(".");
    Files.move(claim.resolve("film.mp4.json"), folder.resolve("film.mp4.json"));
    Path owner = folder.resolve(claimed).resolve("../..").normalize();
    put(owner, "before/claim.json", json("{\"claim\":\"before\",\"path\":\"x.mp4\"}"));
    Files.setLastModifiedTime(owner.resolve("before"), FileTime.from(now.minusSeconds(4_000)));
    try (TestServer second = new TestServer(database, watched, rule("Board"))) {
      arrived(second, 1, State.READY);
      untilFiles(folder, "done/film.mp4", "done/film.mp4.json");
    }
  }

  @Test
  void twoNodesTakeEachFileOnce() throws Exception {
    var database = PostgresServer.freshDatabase();
    for (int i = 0; i < 20; i++) {
      put(folder, "room/" + i + ".mp4", Media.mp4(Media.mp4().length + 100 + i));
    }
    Inbox inbox = WatchedFolders.atOnce(Afterwards.MOVE);
    try (TestServer one =
        new TestServer(TestSetup.database(database), watching(folder, inbox), rule("*"))) {
      try (TestServer two = new TestServer(TestSetup.database(database), watching(folder, inbox))) {
        for (int i = 20; i < 40; i++) {
          put(folder, "room/" + i + ".mp4", Media.mp4(Media.mp4().length + 100 + i));
        }
        arrived(two, 40, State.READY);
        untilFiles(
            folder,
            IntStream.range(0, 40).mapToObj(i -> "done/room/" + i + ".mp4").toArray(String[]::new));
      }
      assertThat(recordings(one)).isEqualTo(40);
    }
  }

  @Test
  void anotherArchiveLeavesOurClaims() throws Exception {
    put(folder, "film.mp4", Media.mp4());
    try (TestServer ours = server(Afterwards.DELETE, "other")) {
      arrived(ours, 1, State.UNASSIGNED);
      try (TestServer theirs = server(Afterwards.DELETE, "other")) {
        put(folder, "again.mp4", Media.mp4(Media.mp4().length + 100));
        until(
            "one of them takes the other file",
            () -> arrivals(ours).size() + arrivals(theirs).size() == 2);
        // Whoever was slower leaves nothing, once it has seen that.
        until("two files, each with its claim", () -> files(folder).size() == 4);
        assertThat(files(folder)).hasSize(4);
      }
    }
  }
}
