package dev.aftercall.recorder.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said of a folder that stays broken. */
final class FaultsTest {
  private static final Logger LOG = Logger.getLogger(Faults.class.getName());

  private final List<String> said = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          said.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    LOG.addHandler(handler);
  }

  @AfterEach
  void end() {
    LOG.removeHandler(handler);
  }

  @Test
  void aFaultIsSaidOnceAndItsEnd() {
    Faults faults = new Faults("drop");
    for (int turn = 0; turn < 100; turn++) {
      faults.add("x.mp4 could not be claimed", new AccessDeniedException("/srv/x.mp4"));
      faults.turned();
    }
    assertThat(said).hasSize(1).first().asString().contains("drop", "x.mp4", "Let it read and");
    faults.turned();
    faults.turned();
    assertThat(said).hasSize(2).last().asString().contains("works again");
    faults.add("x.mp4 could not be claimed", new AccessDeniedException("/srv/x.mp4"));
    faults.turned();
    assertThat(said).hasSize(3);
  }

  @Test
  void aThousandFaultsAreNotAThousandLines() {
    Faults faults = new Faults("drop");
    for (int file = 0; file < 1_000; file++) {
      faults.add(file + ".mp4 could not be claimed");
    }
    assertThat(said).hasSizeLessThanOrEqualTo(100);
  }
}
