package dev.aftercall.recorder.folder;

import dev.aftercall.arrival.Arrivals;
import dev.aftercall.recorder.Connection;
import dev.aftercall.recorder.Recorder;
import dev.aftercall.time.Ids;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches folders, each on a virtual thread: told by the system that something came (inotify), and
 * by looking, because other machines write into shared folders unseen.
 */
public final class Watching implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watching.class);
  static final Duration PAUSE = Duration.ofSeconds(10);
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Arrivals arrivals;
  private final Supplier<String> archive;
  private final Ids ids;
  private final InstantSource clock;
  private final List<Watched> watched = new ArrayList<>();
  private volatile boolean closing;

  private record Watched(Thread thread, Notices notices) {}

  /**
   * Watches nothing yet.
   *
   * @param archive a name that no other archive has, of letters and digits; all its nodes have it
   */
  public Watching(Arrivals arrivals, Supplier<String> archive, Ids ids, InstantSource clock) {
    this.arrivals = arrivals;
    this.archive = archive;
    this.ids = ids;
    this.clock = clock;
  }

  /** Begins to watch a source's folder, if it is one that is watched. */
  public void begin(Connection connection, Recorder reader) {
    if (connection.type().watched()) {
      String name = connection.source().name();
      FolderWatch watch =
          new FolderWatch(connection, reader, arrivals, name + "-" + archive.get(), ids, clock);
      Notices notices = Notices.open(name);
      Thread thread =
          Thread.ofVirtual().name("watch-" + name).start(() -> run(name, watch, notices));
      watched.add(new Watched(thread, notices));
    }
  }

  private void run(String name, FolderWatch watch, Notices notices) {
    try {
      while (!closing) {
        boolean soon = watch.turn();
        notices.of(watch.folders());
        notices.await(soon ? SOON : PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("Source {}: its folder is watched no longer. Restart the server.", name, e);
    }
  }

  /** Ends; what was claimed is gone on with at the next start. */
  @Override
  public void close() {
    closing = true;
    watched.forEach(it -> it.notices().close());
    try {
      for (Watched it : watched) {
        it.thread().join(Duration.ofSeconds(10));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
