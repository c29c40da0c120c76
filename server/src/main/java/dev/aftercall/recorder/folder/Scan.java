package dev.aftercall.recorder.folder;

import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Looks through a folder and its sub-folders for files that nobody writes any more: size, time and
 * identity of file and sidecar stayed as they are for as long as it takes. For one thread.
 */
final class Scan {
  /** Names looked at in one folder, and files remembered, in one turn; the others wait. */
  private static final int MOST = 20_000;

  private static final int DEEPEST = 16;

  /** A recorder may open its file long before it writes. */
  private static final Duration EMPTY = Duration.ofHours(1);

  private final Path root;
  private final Duration settle;
  private final Predicate<String> wanted;
  private final InstantSource clock;
  private Map<String, Seen> before = new HashMap<>();
  private Map<String, Seen> now = new HashMap<>();
  private List<Path> folders = new ArrayList<>();

  private record Seen(String mark, Instant since) {}

  /**
   * A file as it lies there.
   *
   * @param folder in which it lies, open while it is looked at
   * @param path from the root on
   * @param sidecar its name; "" for none
   */
  record Found(
      SecureDirectoryStream<Path> folder,
      String name,
      String path,
      BasicFileAttributes attributes,
      String sidecar) {}

  /** What is done with a file that is settled. */
  @FunctionalInterface
  interface Taker {
    void take(Found found);
  }

  /**
   * Looks at nothing yet.
   *
   * @param wanted which names are taken
   */
  Scan(Path root, Duration settle, Predicate<String> wanted, InstantSource clock) {
    this.wanted = wanted;
    this.root = root;
    this.settle = settle;
    this.clock = clock;
  }

  /**
   * Looks once.
   *
   * @return whether files are there that must settle yet
   */
  boolean turn(Taker taker, Faults faults) throws IOException {
    now = new HashMap<>();
    folders = new ArrayList<>();
    try (SecureDirectoryStream<Path> folder = Dirs.root(root)) {
      look(folder, "", 0, taker, faults);
    }
    before = now;
    return !now.isEmpty();
  }

  /** The folders that were looked at. */
  List<Path> folders() {
    return folders;
  }

  private void look(
      SecureDirectoryStream<Path> folder, String path, int depth, Taker taker, Faults faults) {
    folders.add(root.resolve(path));
    List<String> names = Dirs.names(folder, MOST);
    Names.InFolder sidecars = new Names.InFolder(names);
    for (String name : names) {
      boolean ours = depth == 0 && (name.equals(Names.DONE) || name.equals(Names.FAILED));
      if (ours || Names.ignored(name)) {
        continue;
      }
      String below = path.isEmpty() ? name : path + "/" + name;
      try {
        BasicFileAttributes attributes = Dirs.attributes(folder, name);
        if (attributes.isDirectory() && depth < DEEPEST) {
          try (SecureDirectoryStream<Path> next =
              folder.newDirectoryStream(Path.of(name), LinkOption.NOFOLLOW_LINKS)) {
            look(next, below, depth + 1, taker, faults);
          }
        } else if (attributes.isRegularFile() && wanted.test(name)) {
          file(new Found(folder, name, below, attributes, sidecars.sidecarOf(name)), taker);
        }
      } catch (NoSuchFileException | NotDirectoryException e) {
        // Somebody else took it, or its writer gave it another name.
      } catch (IOException e) {
        faults.add(below + " could not be looked at", e);
      }
    }
  }

  private void file(Found found, Taker taker) throws IOException {
    String mark = mark(found.attributes());
    if (!found.sidecar().isEmpty()) {
      mark += mark(Dirs.attributes(found.folder(), found.sidecar()));
    }
    Seen known = before.get(found.path());
    Instant at = clock.instant();
    Seen seen = known != null && known.mark().equals(mark) ? known : new Seen(mark, at);
    Duration needed = found.attributes().size() > 0 || settle.compareTo(EMPTY) > 0 ? settle : EMPTY;
    if (Duration.between(seen.since(), at).compareTo(needed) >= 0) {
      taker.take(found);
    } else if (now.size() < MOST) {
      now.put(found.path(), seen);
    }
  }

  private static String mark(BasicFileAttributes attributes) {
    return attributes.size()
        + ":"
        + attributes.lastModifiedTime().toInstant()
        + ":"
        + attributes.fileKey()
        + ";";
  }
}
