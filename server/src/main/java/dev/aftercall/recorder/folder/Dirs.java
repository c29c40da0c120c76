package dev.aftercall.recorder.folder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Folders below a root, opened step by step without following a link (openat with O_NOFOLLOW): who
 * may write into the folder cannot lead a rename out of it.
 */
final class Dirs {
  private Dirs() {}

  /** Opens the root itself, which may be reached by a link: the operator named it. */
  // What the JDK gives on Linux and other Unix systems; the caller closes it.
  @SuppressWarnings({"unchecked", "StreamResourceLeak"})
  static SecureDirectoryStream<Path> root(Path root) throws IOException {
    DirectoryStream<Path> stream = Files.newDirectoryStream(root);
    if (stream instanceof SecureDirectoryStream<?> secure) {
      return (SecureDirectoryStream<Path>) secure;
    }
    stream.close();
    throw new IOException("This system cannot open folders without following links; use Linux.");
  }

  /** Opens a folder below it. */
  static SecureDirectoryStream<Path> below(Path root, List<String> steps) throws IOException {
    SecureDirectoryStream<Path> at = root(root);
    for (String step : steps) {
      try (SecureDirectoryStream<Path> before = at) {
        at = in(before, step);
      }
    }
    return at;
  }

  /** Opens a folder in another. */
  static SecureDirectoryStream<Path> in(SecureDirectoryStream<Path> folder, String name)
      throws IOException {
    return folder.newDirectoryStream(Path.of(name), LinkOption.NOFOLLOW_LINKS);
  }

  /** What is known of a name in a folder, itself and not what it links to. */
  static BasicFileAttributes attributes(SecureDirectoryStream<Path> folder, String name)
      throws IOException {
    return folder
        .getFileAttributeView(
            Path.of(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes();
  }

  /** The names in a folder, sorted, as many as are looked at in one turn. */
  static List<String> names(SecureDirectoryStream<Path> folder, int most) {
    List<String> names = new ArrayList<>();
    for (Path entry : folder) {
      names.add(String.valueOf(entry.getFileName()));
      if (names.size() == most) {
        break;
      }
    }
    names.sort(null);
    return names;
  }

  /** Makes names in a folder durable. */
  static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
