package dev.aftercall.content.disk;

import dev.aftercall.content.Stored;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What lies below the root, folder by folder, names in their order. Holds no more names than a page
 * has, however many a folder has; follows no link.
 */
final class Listing {
  /** Below the root; what lies there was set aside. */
  static final String ASIDE = "quarantine";

  /** Written and removed again by readiness checks. */
  static final String PROBE = ".writable";

  private final Path root;

  Listing(Path root) {
    this.root = root;
  }

  List<Stored> page(String after, int limit) throws IOException {
    List<Stored> found = new ArrayList<>();
    List<String> from = after.isEmpty() ? List.of() : List.of(after.split("/", -1));
    walk(root, "", from, limit, found);
    return found;
  }

  private void walk(Path folder, String prefix, List<String> after, int limit, List<Stored> found)
      throws IOException {
    String first = after.isEmpty() ? "" : after.getFirst();
    if (after.size() > 1) {
      // The marker lies in there: go on behind it.
      walk(
          folder.resolve(first),
          prefix + first + "/",
          after.subList(1, after.size()),
          limit,
          found);
    }
    String last = first;
    for (boolean more = true; more && found.size() < limit; ) {
      List<String> names = names(folder, last, limit);
      for (String name : names) {
        last = name;
        add(folder.resolve(name), prefix + name, limit, found);
        if (found.size() == limit) {
          return;
        }
      }
      more = names.size() == limit;
    }
  }

  private void add(Path entry, String path, int limit, List<Stored> found) throws IOException {
    if (path.equals(ASIDE) || path.equals(PROBE)) {
      return;
    }
    if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
      walk(entry, path + "/", List.of(), limit, found);
      return;
    }
    stored(entry, path).ifPresent(found::add);
  }

  /** The first names of a folder behind one. */
  private static List<String> names(Path folder, String after, int limit) throws IOException {
    TreeSet<String> first = new TreeSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        if (name.compareTo(after) > 0) {
          first.add(name);
          if (first.size() > limit) {
            first.pollLast();
          }
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of(); // It is gone since its name was read, or a marker named no folder.
    }
    return List.copyOf(first);
  }

  /** One entry; empty when it is gone. */
  Optional<Stored> stored(Path entry, String path) throws IOException {
    try {
      var attributes =
          Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      Stored stored = Stored.of(path, attributes.size(), attributes.lastModifiedTime().toInstant());
      return Optional.of(
          attributes.isRegularFile()
              ? stored
              : new Stored(path, Optional.empty(), stored.size(), stored.modified()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
