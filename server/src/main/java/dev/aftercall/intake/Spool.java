package dev.aftercall.intake;

import dev.aftercall.digest.Sha256;
import dev.aftercall.intake.IntakeException.Kind;
import dev.aftercall.media.Faststart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of unfinished uploads: one file each, appended to and hashed on the way, so that a
 * finished file need not be read again. After a restart the hash is made from the file.
 */
final class Spool {
  private static final int BUFFER = 256 * 1024;
  private static final String NO_ROOM =
      "There is no room left to keep the recording. What was received is kept; make room and go on"
          + " from nextExpectedRanges.";

  private final Path folder;
  private final Path quarantine;
  private final Map<String, Running> running = new ConcurrentHashMap<>();

  /** The hash of a file's first bytes, which are being brought to the disk. */
  private static final class Running {
    private final MessageDigest digest = Sha256.digest();
    private final WriteBack writeBack;
    private long hashed;

    Running(Path file) {
      this.writeBack = new WriteBack(file);
    }

    /**
     * Hashes a piece, a large one by a thread of its own: hashing takes as long as writing does,
     * and neither needs the other.
     */
    CompletableFuture<Void> update(byte[] bytes, int length) {
      hashed += length;
      if (length == BUFFER) {
        return CompletableFuture.runAsync(
            () -> digest.update(bytes, 0, length), Thread::startVirtualThread);
      }
      digest.update(bytes, 0, length);
      return CompletableFuture.completedFuture(null);
    }

    /** It has seen what is not in the file: from now on it fits no file of any length. */
    void spoil() {
      hashed = -1;
    }
  }

  Spool(Path dataDir) throws IOException {
    this.folder = Files.createDirectories(dataDir.resolve("spool"));
    this.quarantine = Files.createDirectories(dataDir.resolve("quarantine"));
  }

  Path file(String uploadId) {
    return folder.resolve(uploadId);
  }

  boolean exists(String uploadId) {
    return Files.exists(file(uploadId));
  }

  /** Bytes received. */
  long size(String uploadId) throws IOException {
    Path file = file(uploadId);
    return Files.exists(file) ? Files.size(file) : 0;
  }

  /**
   * The byte to go on from. What another process received may be the whole file, which it died
   * before it could take in; the last byte is asked for again then, so that there is one to send.
   */
  long next(String uploadId) throws IOException {
    long size = size(uploadId);
    return size == 0 || running.containsKey(uploadId) ? size : size - 1;
  }

  long usableSpace() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  /**
   * Appends what the stream gives, to the byte {@code limit} at most. What came before the stream
   * failed stays: the sender goes on from there.
   *
   * @return false when the stream had more than that
   */
  boolean append(String uploadId, InputStream bytes, long limit)
      throws IOException, IntakeException {
    try (FileChannel channel =
        FileChannel.open(file(uploadId), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long position = channel.size();
      Running hash = running(uploadId, position);
      Filling in = new Filling(bytes);
      for (int read = in.next(); read > 0; read = in.next()) {
        if (position + read > limit) {
          return false;
        }
        keep(channel, position, in.buffer, read, hash);
        position += read;
      }
      in.complain();
      return true;
    } catch (WriteBack.Lost e) {
      throw lost(uploadId, e);
    } catch (IOException e) {
      if (full(e)) {
        throw storageFull();
      }
      throw e;
    }
  }

  /**
   * Reads a stream in pieces of one size. A network gives a few KiB at a time, and a file written
   * so lies in small pages of memory, which cost the kernel twice the work when it is sent from
   * there.
   */
  private static final class Filling {
    private final byte[] buffer = new byte[BUFFER];
    private final InputStream in;
    private @Nullable IOException failure;

    Filling(InputStream in) {
      this.in = in;
    }

    /** Fills the buffer; less than the whole of it at the end, or when the stream fails. */
    int next() {
      int filled = 0;
      try {
        while (failure == null && filled < BUFFER) {
          int read = in.read(buffer, filled, BUFFER - filled);
          if (read < 0) {
            break;
          }
          filled += read;
        }
      } catch (IOException e) {
        failure = e;
      }
      return filled;
    }

    /** Throws what ended the stream before its end. */
    void complain() throws IOException {
      if (failure != null) {
        throw failure;
      }
    }
  }

  /** Writes and hashes a piece, all of it or nothing. */
  private static void keep(
      FileChannel channel, long position, byte[] piece, int length, @Nullable Running hash)
      throws IOException {
    CompletableFuture<Void> hashing =
        hash == null ? CompletableFuture.completedFuture(null) : hash.update(piece, length);
    try {
      write(channel, position, ByteBuffer.wrap(piece, 0, length));
    } catch (IOException e) {
      if (hash != null) {
        hash.spoil();
      }
      throw e;
    } finally {
      // The buffer is filled anew after this.
      hashing.join();
    }
    if (hash != null) {
      hash.writeBack.grown(hash.hashed);
    }
  }

  private static void write(FileChannel channel, long position, ByteBuffer bytes)
      throws IOException {
    long at = position;
    try {
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
    } catch (IOException e) {
      // Half a piece must not count as received.
      try {
        channel.truncate(position);
      } catch (IOException closed) {
        e.addSuppressed(closed);
      }
      throw e;
    }
  }

  /** Makes a file and its name durable. */
  void sync(String uploadId) throws IOException, IntakeException {
    try {
      for (Path path : List.of(file(uploadId), folder)) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
          channel.force(true);
        }
      }
    } catch (IOException e) {
      throw lost(uploadId, e);
    }
  }

  /** Drops a file that the disk did not take; what it says of it from now on could be untrue. */
  private IntakeException lost(String uploadId, IOException e) throws IOException {
    delete(uploadId);
    if (full(e)) {
      return new IntakeException(
          Kind.STORAGE_FULL,
          "There is no room left to keep the recording, and what was received is gone. Make room"
              + " and send it again from nextExpectedRanges.");
    }
    throw e;
  }

  /** The running hash, when it has seen every byte of the file. */
  private @Nullable Running running(String uploadId, long position) {
    if (position == 0) {
      Running fresh = new Running(file(uploadId));
      running.put(uploadId, fresh);
      return fresh;
    }
    Running known = running.get(uploadId);
    return known != null && known.hashed == position ? known : null;
  }

  /** SHA-256 of the whole file, from the running hash or else by reading it. */
  String sha256(String uploadId) throws IOException, IntakeException {
    Running known = running.remove(uploadId);
    try {
      if (known != null) {
        known.writeBack.end();
      }
    } catch (WriteBack.Lost e) {
      throw lost(uploadId, e);
    }
    if (known != null && known.hashed == size(uploadId)) {
      return HexFormat.of().formatHex(known.digest.digest());
    }
    try (InputStream in = Files.newInputStream(file(uploadId))) {
      return Sha256.hex(in);
    }
  }

  /**
   * Writes an MP4 anew beside itself, its movie box in front; the same file gives the same bytes.
   *
   * @return empty where it begins so already, or holds something that could break by being moved
   */
  Optional<Path> movieInFront(String uploadId) throws IOException {
    Path moved = folder.resolve(uploadId + ".mp4");
    Files.deleteIfExists(moved);
    return Faststart.rewrite(file(uploadId), moved) == Faststart.Outcome.REWRITTEN
        ? Optional.of(moved)
        : Optional.empty();
  }

  /** Sets a file aside with the reason beside it. */
  void quarantine(String uploadId, String reason) throws IOException {
    running.remove(uploadId);
    Files.writeString(quarantine.resolve(uploadId + ".txt"), reason + "\n");
    if (exists(uploadId) && Files.exists(quarantine.resolve(uploadId))) {
      // A mended one that is no better; what came stays.
      Files.delete(file(uploadId));
    } else if (exists(uploadId)) {
      Files.move(file(uploadId), quarantine.resolve(uploadId), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Why a file was set aside; empty when none of its bytes are. */
  Optional<String> whySetAside(String uploadId) throws IOException {
    return Files.exists(quarantine.resolve(uploadId)) && !exists(uploadId)
        ? Optional.of(Files.readString(quarantine.resolve(uploadId + ".txt")).strip())
        : Optional.empty();
  }

  /** Takes a file back from where it was set aside; a mended one takes the place of what came. */
  void readmit(String uploadId, Optional<Path> mended) throws IOException {
    Path from = mended.orElse(quarantine.resolve(uploadId));
    if (Files.exists(from)) {
      Files.move(from, file(uploadId), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Where a file lies that was set aside; it may be gone. */
  Path setAside(String uploadId) {
    return quarantine.resolve(uploadId);
  }

  void delete(String uploadId) throws IOException {
    running.remove(uploadId);
    Files.deleteIfExists(file(uploadId));
  }

  void forget(String uploadId) {
    running.remove(uploadId);
  }

  /** Whether the disk said that it is full; Java tells it by the message alone. */
  static boolean full(Throwable e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    boolean says =
        message.contains("no space left")
            || message.contains("disk quota exceeded")
            || message.contains("sqlite_full")
            || message.contains("file too large");
    Throwable cause = e.getCause();
    return says || (cause != null && full(cause));
  }

  static IntakeException storageFull() {
    return new IntakeException(Kind.STORAGE_FULL, NO_ROOM);
  }

  /** The same, told by what says so. */
  private static IntakeException storageFull(Throwable cause) {
    return new IntakeException(Kind.STORAGE_FULL, NO_ROOM, cause);
  }

  /** Writes to the catalogue, which may lie on a full disk as well. */
  static <T> T unlessFull(Supplier<T> write) throws IntakeException {
    try {
      return write.get();
    } catch (RuntimeException e) {
      if (full(e)) {
        // With its cause: in a transaction that others share they are to know it too.
        throw storageFull(e);
      }
      throw e;
    }
  }
}
