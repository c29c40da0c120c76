package dev.aftercall.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aftercall.digest.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files so large that the disk is made to write them while they come. */
final class SpoolTest {
  private static final int PIECE = 1 << 20;
  private static final int PIECES = 100;

  @TempDir Path folder;
  private Spool spool;

  @BeforeEach
  void open() throws IOException {
    spool = new Spool(folder);
  }

  @Test
  void whatWasBroughtToTheDiskOnTheWayIsWholeAndHashed() throws Exception {
    assertThat(spool.append("film", new Pieces(() -> {}), Long.MAX_VALUE)).isTrue();

    String sha256 = spool.sha256("film");
    spool.sync("film");

    try (InputStream in = Files.newInputStream(spool.file("film"))) {
      assertThat(sha256).isEqualTo(Sha256.hex(in));
    }
    assertThat(spool.size("film")).isEqualTo((long) PIECE * PIECES);
  }

  /** Hashing does not wait for writing: what was hashed and not written must not count. */
  @Test
  void whatIsSentAnewAfterAWriteFailedIsHashedAsItCame() throws Exception {
    Pieces bytes = new Pieces(() -> Thread.currentThread().interrupt());
    assertThatThrownBy(() -> spool.append("film", bytes, Long.MAX_VALUE))
        .isInstanceOf(ClosedByInterruptException.class);
    assertThat(Thread.interrupted()).isTrue();

    byte[] last = new byte[256 * 1024];
    Arrays.fill(last, (byte) 7);
    spool.append("film", new ByteArrayInputStream(last), Long.MAX_VALUE);

    try (InputStream in = Files.newInputStream(spool.file("film"))) {
      assertThat(spool.sha256("film")).isEqualTo(Sha256.hex(in));
    }
  }

  @Test
  void aFileThatTheDiskCannotWriteIsDroppedAndNotTrusted() {
    Pieces bytes = new Pieces(() -> Files.delete(spool.file("film")));

    assertThatThrownBy(() -> spool.append("film", bytes, Long.MAX_VALUE))
        .isInstanceOf(WriteBack.Lost.class)
        .hasMessageContaining("could not write");

    assertThat(spool.exists("film")).isFalse();
  }

  @Test
  void noneIsDurableWhoseFileIsGone() throws Exception {
    spool.append("film", new ByteArrayInputStream(new byte[PIECE]), Long.MAX_VALUE);
    Files.delete(spool.file("film"));

    assertThatThrownBy(() -> spool.sync("film")).isInstanceOf(IOException.class);
  }

  /** A hundred pieces, before the tenth of which something happens. */
  private static final class Pieces extends InputStream {
    private final Happening happening;
    private final byte[] piece = new byte[PIECE];
    private int given;

    Pieces(Happening happening) {
      this.happening = happening;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("The spool reads many at a time.");
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (given == PIECES * PIECE) {
        return -1;
      }
      if (given == 10 * PIECE) {
        happening.happen();
      }
      int left = PIECE - given % PIECE;
      int read = Math.min(length, left);
      System.arraycopy(piece, 0, into, offset, read);
      given += read;
      return read;
    }
  }

  @FunctionalInterface
  private interface Happening {
    void happen() throws IOException;
  }
}
