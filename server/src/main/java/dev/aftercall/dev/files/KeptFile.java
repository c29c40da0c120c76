package dev.aftercall.dev.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Writes a file whole or not at all: beside its place first, forced to the disk, then moved. The
 * mode is given at creation, so that a secret is at no moment readable by others.
 */
public final class KeptFile {
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> ALL = PosixFilePermissions.fromString("rw-r--r--");

  private KeptFile() {}

  /** Writes what only the owner may read: mode 0600. */
  public static void writeSecret(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8), OWNER);
  }

  /** Writes what everybody on the machine may read: mode 0644. */
  public static void writeOpen(Path file, byte[] bytes) throws IOException {
    write(file, bytes, ALL);
  }

  private static void write(Path file, byte[] bytes, Set<PosixFilePermission> mode)
      throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(file + " lies in no folder.");
    }
    Files.createDirectories(folder);
    FileAttribute<Set<PosixFilePermission>> asMode = PosixFilePermissions.asFileAttribute(mode);
    Path beside = Files.createTempFile(folder, "." + file.getFileName(), ".new", asMode);
    try {
      try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(true);
      }
      // The process's umask may have narrowed the mode of an open file; containers read it too.
      Files.setPosixFilePermissions(beside, mode);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(beside);
    }
  }
}
