package dev.aftercall.content.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/** The folders between the root and a file: made, synced, and never followed out of the root. */
final class Folders {
  private final Path root;

  Folders(Path root) {
    this.root = root;
  }

  static Path of(Path entry) {
    return Objects.requireNonNull(entry.getParent(), "every entry lies below the root");
  }

  /** Makes the folders down to {@code folder} where they are missing. */
  void make(Path folder) throws IOException {
    for (Path level = root; !level.equals(folder); ) {
      level = level.resolve(folder.getName(level.getNameCount()));
      try {
        Files.createDirectory(level);
      } catch (FileAlreadyExistsException e) {
        refuseUnlessFolder(level, Files.isDirectory(level, LinkOption.NOFOLLOW_LINKS));
      }
    }
  }

  /** Says whether {@code folder} is there, and refuses a link or a file in its place. */
  boolean exist(Path folder) throws IOException {
    for (Path level = root; !level.equals(folder); ) {
      level = level.resolve(folder.getName(level.getNameCount()));
      // Asked once a level: this is on the way of every range.
      try {
        refuseUnlessFolder(
            level,
            Files.readAttributes(level, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isDirectory());
      } catch (NoSuchFileException e) {
        return false;
      }
    }
    return true;
  }

  /**
   * Makes the entries of {@code folder} durable, and it and its parents themselves up to the root:
   * also those made by a process that was killed before it could sync them.
   */
  void sync(Path folder) throws IOException {
    for (Path level = folder; ; level = of(level)) {
      try (FileChannel channel = FileChannel.open(level, StandardOpenOption.READ)) {
        channel.force(true);
      }
      if (level.equals(root)) {
        return;
      }
    }
  }

  private static void refuseUnlessFolder(Path level, boolean folder) throws NotDirectoryException {
    if (!folder) {
      // A link could lead out of the root, and with it one tenant's bytes to another place.
      throw new NotDirectoryException(
          level + ": a link or a file stands where the content store keeps a folder");
    }
  }
}
