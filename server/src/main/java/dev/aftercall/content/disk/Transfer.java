package dev.aftercall.content.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The two ways by which a file gets into the store; tests put failing disks in their place. */
interface Transfer {
  /**
   * Renames in one step.
   *
   * @throws java.nio.file.AtomicMoveNotSupportedException when source and target lie on different
   *     filesystems
   */
  void rename(Path from, Path to) throws IOException;

  /** Copies to a file that is not there yet, and syncs it. */
  void copy(Path from, Path to) throws IOException;

  /** The disks of this machine. */
  Transfer LOCAL =
      new Transfer() {
        @Override
        public void rename(Path from, Path to) throws IOException {
          Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }

        @Override
        public void copy(Path from, Path to) throws IOException {
          try (FileChannel source = FileChannel.open(from, StandardOpenOption.READ);
              FileChannel target =
                  FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long size = source.size();
            for (long position = 0; position < size; ) {
              long copied = source.transferTo(position, size - position, target);
              if (copied <= 0) {
                throw new IOException(from + " ended at " + position + " of " + size + " bytes");
              }
              position += copied;
            }
            target.force(true);
          }
        }
      };
}
