package dev.aftercall.recorder.folder;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the system says of new names in folders. It may say nothing: then it is looked now and then.
 */
final class Notices implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

  /** The system has some ten thousand for all programs together. */
  private static final int MOST = 1_000;

  /** Between two looks, so that a thousand new files are not a thousand looks. */
  private static final long GATHERED_MILLIS = 100;

  private final Optional<WatchService> service;
  private final Map<Path, WatchKey> watched = new HashMap<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  private Notices(Optional<WatchService> service) {
    this.service = service;
  }

  static Notices open(String source) {
    try {
      return new Notices(Optional.of(FileSystems.getDefault().newWatchService()));
    } catch (IOException e) {
      LOG.warn(
          "Source {}: the system does not tell what comes ({}); its folder is looked at every few"
              + " seconds instead. More inotify instances help (fs.inotify.max_user_instances).",
          source,
          e.getMessage());
      return new Notices(Optional.empty());
    }
  }

  /** From now on of these folders. */
  void of(List<Path> folders) {
    watched.values().removeIf(key -> !key.isValid());
    for (Path folder : folders) {
      if (service.isPresent() && watched.size() < MOST && !watched.containsKey(folder)) {
        try {
          watched.put(folder, folder.register(service.get(), StandardWatchEventKinds.ENTRY_CREATE));
        } catch (IOException | ClosedWatchServiceException e) {
          // It is looked at all the same.
        }
      }
    }
  }

  /** Waits for something new, but no longer than that. */
  void await(Duration most) throws InterruptedException {
    if (service.isEmpty()) {
      boolean _ = ended.await(most.toMillis(), TimeUnit.MILLISECONDS);
      return;
    }
    try {
      WatchKey key = service.get().poll(most.toMillis(), TimeUnit.MILLISECONDS);
      if (key != null) {
        boolean _ = ended.await(GATHERED_MILLIS, TimeUnit.MILLISECONDS);
      }
      while (key != null) {
        key.pollEvents();
        key.reset();
        key = service.get().poll();
      }
    } catch (ClosedWatchServiceException e) {
      // Whoever waits is to end.
    }
  }

  /** Whoever waits waits no longer. */
  @Override
  public void close() {
    ended.countDown();
    try {
      if (service.isPresent()) {
        service.get().close();
      }
    } catch (IOException e) {
      LOG.debug("Ending notices", e);
    }
  }
}
