package dev.aftercall.recorder.folder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.aftercall.recorder.Inbox.Afterwards;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a file that was taken, whoever else is at it. */
final class PuttingAwayTest {
  private static final Claim CLAIM =
      new Claim(
          "drop-1", "id-1", JsonNodeFactory.instance.objectNode().put("path", "room/film.mp4"));

  @TempDir private Path root = Path.of("");
  private Path claimed = Path.of("");

  @BeforeEach
  void claim() throws Exception {
    claimed = Files.createDirectories(root.resolve(Names.CLAIMED).resolve("drop-1/id-1"));
    Files.writeString(claimed.resolve(Claim.WORDS), "{}");
  }

  private void done() throws Exception {
    new PuttingAway(root, new Claims(root, "drop-1", InstantSource.system()), Afterwards.MOVE)
        .done(CLAIM);
  }

  @Test
  void aFileGoesWhereItLayBelowDone() throws Exception {
    Files.writeString(claimed.resolve("film.mp4"), "film");
    done();
    assertThat(WatchedFolders.files(root)).containsExactly("done/room/film.mp4");
  }

  @Test
  void oneOfTheSameNameGoesBesideIt() throws Exception {
    Files.createDirectories(root.resolve("done/room"));
    Files.writeString(root.resolve("done/room/film.mp4"), "another film");
    Files.writeString(claimed.resolve("film.mp4"), "film");
    done();
    assertThat(WatchedFolders.files(root))
        .containsExactly("done/room/film.mp4", "done/room/id-1/film.mp4");
    assertThat(root.resolve("done/room/film.mp4")).hasContent("another film");
  }

  @Test
  void whatAnotherNodePutAwayMeanwhileLeavesNothingBeside() throws Exception {
    // The other node moved it there, and has not removed the claim yet.
    Files.createDirectories(root.resolve("done/room"));
    Files.writeString(root.resolve("done/room/film.mp4"), "film");
    done();
    assertThat(WatchedFolders.files(root)).containsExactly("done/room/film.mp4");
  }

  @Test
  void whatIsGoneLeavesNothingThatHoldsItsName() throws Exception {
    done();
    assertThat(WatchedFolders.files(root)).isEmpty();
  }
}
