package dev.aftercall.intake;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Has the disk write what came while more comes. The system by itself begins only after half a
 * minute, and whoever sends the last byte would wait for all of them to be written.
 */
final class WriteBack {
  private static final long STRIDE = 32L << 20;

  private final Path file;
  private long due = STRIDE;
  private CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);

  WriteBack(Path file) {
    this.file = file;
  }

  /** The disk could not write; it tells that only once, so nothing of the file can be trusted. */
  static final class Lost extends IOException {
    private static final long serialVersionUID = 1L;

    Lost(Path file, CompletionException e) {
      super("The disk could not write " + file + ": " + e.getMessage(), e);
    }
  }

  /** Told how long the file is by now. */
  void grown(long size) throws Lost {
    if (size >= due && writing.isDone()) {
      end();
      due = size + STRIDE;
      writing = CompletableFuture.runAsync(this::write, Thread::startVirtualThread);
    }
  }

  private void write() {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.force(false);
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  /** Waits until nothing is being written. */
  void end() throws Lost {
    try {
      writing.join();
    } catch (CompletionException e) {
      throw new Lost(file, e);
    }
  }
}
