package dev.aftercall.recorder.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a file counts as written to its end. */
final class ScanTest {
  @TempDir Path folder;

  private final TestClock clock = new TestClock(TestClock.START);
  private final Faults faults = new Faults("test");

  private Scan scan() {
    return new Scan(folder, Duration.ofSeconds(10), new Contents.FileContents()::takes, clock);
  }

  private List<String> turn(Scan scan) throws IOException {
    List<String> taken = new ArrayList<>();
    boolean _ = scan.turn(found -> taken.add(found.path() + found.sidecar()), faults);
    return taken;
  }

  @Test
  void whatStaysAsItIsLongEnoughIsTaken() throws Exception {
    Scan scan = scan();
    WatchedFolders.put(folder, "a/film.mp4", new byte[5]);
    assertThat(turn(scan)).isEmpty();
    clock.advance(Duration.ofSeconds(9));
    assertThat(turn(scan)).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(turn(scan)).containsExactly("a/film.mp4");
  }

  @Test
  void whatGrowsWaits() throws Exception {
    Scan scan = scan();
    for (int size = 1; size < 6; size++) {
      WatchedFolders.put(folder, "film.mp4", new byte[size]);
      assertThat(turn(scan)).isEmpty();
      clock.advance(Duration.ofSeconds(9));
    }
    clock.advance(Duration.ofSeconds(1));
    assertThat(turn(scan)).containsExactly("film.mp4");
  }

  @Test
  void aSidecarThatIsStillWrittenIsWaitedFor() throws Exception {
    Scan scan = scan();
    WatchedFolders.put(folder, "film.mp4", new byte[5]);
    assertThat(turn(scan)).isEmpty();
    clock.advance(Duration.ofSeconds(9));
    WatchedFolders.put(folder, "film.json", new byte[5]);
    assertThat(turn(scan)).isEmpty();
    clock.advance(Duration.ofSeconds(10));
    assertThat(turn(scan)).containsExactly("film.mp4film.json");
  }

  @Test
  void anEmptyFileIsGivenAnHour() throws Exception {
    Scan scan = scan();
    WatchedFolders.put(folder, "film.mp4", new byte[0]);
    assertThat(turn(scan)).isEmpty();
    clock.advance(Duration.ofMinutes(59));
    assertThat(turn(scan)).isEmpty();
    clock.advance(Duration.ofMinutes(1));
    assertThat(turn(scan)).containsExactly("film.mp4");
  }

  @Test
  void anotherFileOfTheSameNameStartsAnew() throws Exception {
    Scan scan = scan();
    WatchedFolders.put(folder, "film.mp4", new byte[5]);
    assertThat(turn(scan)).isEmpty();
    clock.advance(Duration.ofSeconds(10));
    Path other = WatchedFolders.put(folder, ".other", new byte[5]);
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(folder.resolve("film.mp4")));
    Files.move(
        other, folder.resolve("film.mp4"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThat(turn(scan)).isEmpty();
  }

  @Test
  void whoseSidecarItIsIsNotGuessed() {
    Names.InFolder all =
        new Names.InFolder(
            List.of("a.json", "a.mp4", "a.vtt", "b.json", "b.mp4", "b.webm", "c.mp4"));
    assertThat(all.sidecarOf("a.mp4")).isEqualTo("a.json");
    assertThat(all.sidecarOf("a.vtt")).isEmpty();
    assertThat(all.sidecarOf("b.mp4")).isEmpty();
    assertThat(all.sidecarOf("c.mp4")).isEmpty();
    assertThat(
            new Names.InFolder(new TreeSet<>(List.of("b.mp4", "b.mp4.json")).stream().toList())
                .sidecarOf("b.mp4"))
        .isEqualTo("b.mp4.json");
  }
}
