package dev.aftercall.content.disk;

import dev.aftercall.content.Content;
import dev.aftercall.content.ContentKey;
import dev.aftercall.content.ContentStore;
import dev.aftercall.content.FileSlice;
import dev.aftercall.content.Stored;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/** Keeps content as files on a local disk, or on anything mounted that honours fsync. */
public final class DiskContentStore implements ContentStore {
  private final Path root;
  private final Folders folders;
  private final Transfer transfer;
  private final Listing listing;

  /**
   * A store below {@code root}, which is made if it is missing and may itself be a link.
   *
   * @throws IOException when the root is not a folder and cannot be made one
   */
  public DiskContentStore(Path root) throws IOException {
    this(root, Transfer.LOCAL);
  }

  DiskContentStore(Path root, Transfer transfer) throws IOException {
    try {
      this.root = makeRoot(root.toAbsolutePath());
    } catch (IOException e) {
      throw new IOException("cannot make the content folder " + root + ": " + reason(e), e);
    }
    this.folders = new Folders(this.root);
    this.transfer = transfer;
    this.listing = new Listing(this.root);
  }

  @Override
  public void keep(ContentKey key, Path file) throws IOException {
    Path target = target(key);
    Path folder = Folders.of(target);
    boolean kept = size(target) >= 0;
    if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
      if (!kept) {
        throw new NoSuchFileException(file.toString(), target.toString(), "nothing to keep");
      }
      // An earlier keep may have been killed between its rename and this.
      folders.sync(folder);
      return;
    }
    if (!isFile(file) || Files.size(file) == 0) {
      throw new FileSystemException(file.toString(), target.toString(), "not a file with content");
    }
    if (kept) {
      if (Files.mismatch(file, target) != -1) {
        throw new FileAlreadyExistsException(target.toString(), file.toString(), "other bytes");
      }
      folders.sync(folder);
      Files.delete(file);
      return;
    }
    sync(file);
    folders.make(folder);
    bring(file, target, folder);
  }

  private void bring(Path file, Path target, Path folder) throws IOException {
    try {
      transfer.rename(file, target);
    } catch (AtomicMoveNotSupportedException e) {
      bringCopy(file, target, folder);
      return;
    }
    try {
      folders.sync(folder);
    } catch (IOException e) {
      // Not durable, so not kept: the caller gets the file back.
      undo(() -> transfer.rename(target, file), e);
      throw e;
    }
  }

  private void bringCopy(Path file, Path target, Path folder) throws IOException {
    Path partial = partial(target);
    try {
      // Left by a process that was killed while it copied.
      Files.deleteIfExists(partial);
      transfer.copy(file, partial);
      transfer.rename(partial, target);
      folders.sync(folder);
    } catch (IOException e) {
      undo(() -> Files.deleteIfExists(partial), e);
      undo(() -> Files.deleteIfExists(target), e);
      throw new IOException("cannot copy " + file + " to " + target + ": " + reason(e), e);
    }
    Files.delete(file);
  }

  @Override
  public Optional<Content> open(ContentKey key) throws IOException {
    Path target = target(key);
    long size = size(target);
    return size < 0 ? Optional.empty() : Optional.of(new Content.OnDisk(target, size));
  }

  @Override
  public InputStream read(ContentKey key, long offset, long length) throws IOException {
    Path target = target(key);
    if (size(target) < 0) {
      throw new NoSuchFileException(target.toString());
    }
    return FileSlice.open(target, offset, length);
  }

  @Override
  public boolean delete(ContentKey key) throws IOException {
    Path target = target(key);
    Path folder = Folders.of(target);
    if (!folders.exist(folder)) {
      return false;
    }
    boolean found = Files.deleteIfExists(target);
    Files.deleteIfExists(partial(target));
    // Also when there was none: whoever removed it may not have got so far.
    folders.sync(folder);
    return found;
  }

  @Override
  public List<Stored> list(String after, int limit) throws IOException {
    return listing.page(after, limit);
  }

  @Override
  public Optional<Stored> stat(ContentKey key) throws IOException {
    Path target = target(key);
    return size(target) < 0 ? Optional.empty() : listing.stored(target, key.path());
  }

  @Override
  public Optional<String> quarantine(ContentKey key) throws IOException {
    Path target = target(key);
    if (size(target) < 0) {
      return Optional.empty();
    }
    String aside = Listing.ASIDE + "/" + key.path();
    Path free = root.resolve(aside);
    for (int number = 2; Files.exists(free, LinkOption.NOFOLLOW_LINKS); number++) {
      free = root.resolve(aside + "." + number);
    }
    folders.make(Folders.of(free));
    transfer.rename(target, free);
    folders.sync(Folders.of(free));
    folders.sync(Folders.of(target));
    return Optional.of(root.relativize(free).toString());
  }

  @Override
  public void check() throws IOException {
    Path probe = root.resolve(Listing.PROBE);
    try {
      try (FileChannel channel =
          FileChannel.open(
              probe,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS)) {
        channel.write(ByteBuffer.wrap(new byte[] {1}));
        channel.force(true);
      }
      Files.deleteIfExists(probe);
      folders.sync(root);
    } catch (IOException e) {
      undo(() -> Files.deleteIfExists(probe), e);
      throw new IOException(
          "cannot write to the content folder "
              + root
              + ": "
              + reason(e)
              + ". See that the disk is mounted and writable by this user, and that it has room.",
          e);
    }
  }

  private static Path makeRoot(Path root) throws IOException {
    Path before = root;
    while (Files.notExists(before)) {
      before = Folders.of(before);
    }
    Path made = Files.createDirectories(root).toRealPath();
    if (!before.equals(root)) {
      new Folders(before.toRealPath()).sync(Folders.of(made));
    }
    return made;
  }

  private Path target(ContentKey key) {
    return root.resolve(key.path());
  }

  /** Made from the key, so that what a killed process leaves is found again and removed. */
  private static Path partial(Path target) {
    return target.resolveSibling(target.getFileName() + ".partial");
  }

  /** Length of what is kept there, -1 when nothing is. */
  private long size(Path target) throws IOException {
    if (!folders.exist(Folders.of(target))) {
      return -1;
    }
    try {
      var attributes =
          Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isRegularFile() ? attributes.size() : -1;
    } catch (NoSuchFileException e) {
      return -1;
    }
  }

  private static boolean isFile(Path path) {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof FileSystemException failed) {
      // Its message is only a path where the kind of exception says the rest.
      return failed.getReason() == null ? e.toString() : failed.getReason();
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  private static void undo(Step step, IOException cause) {
    try {
      step.run();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private interface Step {
    void run() throws IOException;
  }
}
