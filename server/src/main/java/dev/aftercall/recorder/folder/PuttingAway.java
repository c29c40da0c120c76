package dev.aftercall.recorder.folder;

import dev.aftercall.recorder.Inbox.Afterwards;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Puts claimed files away, each below {@code done} or {@code failed} where it lay below the folder.
 * The file itself goes last: dying before leaves a claim to be put away again.
 */
final class PuttingAway {
  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  private final Path root;
  private final Claims claims;
  private final Afterwards afterwards;

  PuttingAway(Path root, Claims claims, Afterwards afterwards) {
    this.root = root;
    this.claims = claims;
    this.afterwards = afterwards;
  }

  /** The archive has it. */
  void done(Claim claim) throws IOException {
    if (afterwards == Afterwards.DELETE) {
      try (SecureDirectoryStream<Path> from = Dirs.below(root, claim.steps())) {
        from.deleteFile(Path.of(claim.name()));
      } catch (NoSuchFileException e) {
        // another node did
      }
    } else {
      move(claim, Names.DONE, "");
    }
    claims.remove(claim);
  }

  /** The archive does not have it, or not as it is now. */
  void failed(Claim claim, String reason) throws IOException {
    move(claim, Names.FAILED, reason);
    claims.remove(claim);
  }

  private void move(Claim claim, String to, String reason) throws IOException {
    List<String> steps = new ArrayList<>(List.of((to + "/" + claim.path()).split("/")));
    String name = steps.removeLast();
    if (!move(claim, steps, name, reason)) {
      // A file of that name is there: this one goes beside it, into a folder of its own.
      steps.add(claim.id());
      boolean _ = move(claim, steps, name, reason);
    }
  }

  /** Whether the name was free. */
  private boolean move(Claim claim, List<String> steps, String name, String reason)
      throws IOException {
    Path folder = root.resolve(String.join("/", steps));
    Files.createDirectories(folder);
    try (SecureDirectoryStream<Path> from = Dirs.below(root, claim.steps());
        SecureDirectoryStream<Path> to = Dirs.below(root, steps)) {
      // The claim's id holds the name, because a rename would replace whatever has it. Nobody takes
      // it away while the file is there: another node may be at the same claim, and rename onto it.
      byte[] hold = claim.id().getBytes(StandardCharsets.UTF_8);
      if (!write(to, name, hold) && !holds(to, name, hold)) {
        return false;
      }
      explain(to, claim, reason);
      sidecar(from, to, claim);
      if (!moved(from, claim, to, name) && holds(to, name, hold)) {
        delete(to, name);
      }
    } catch (NoSuchFileException e) {
      return true; // another node put it away
    }
    Dirs.force(folder);
    return true;
  }

  /** Whether the file was there; else another node put it away, under this name or beside it. */
  private static boolean moved(
      SecureDirectoryStream<Path> from, Claim claim, SecureDirectoryStream<Path> to, String name)
      throws IOException {
    try {
      from.move(Path.of(claim.name()), to, Path.of(name));
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static boolean holds(SecureDirectoryStream<Path> to, String name, byte[] hold)
      throws IOException {
    try (var channel =
        to.newByteChannel(
            Path.of(name), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      return Arrays.equals(hold, Channels.newInputStream(channel).readNBytes(hold.length + 1));
    } catch (IOException e) {
      return false; // gone, or nothing of ours
    }
  }

  private static void explain(SecureDirectoryStream<Path> to, Claim claim, String reason)
      throws IOException {
    if (reason.isEmpty()) {
      return;
    }
    boolean fits = claim.name().getBytes(StandardCharsets.UTF_8).length <= 200;
    String name = (fits ? claim.name() : claim.id()) + ".reason.txt";
    byte[] text = (reason + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
    boolean _ = write(to, name, text);
  }

  /** A copy, so that whoever dies here finds it where it was. */
  private static void sidecar(
      SecureDirectoryStream<Path> from, SecureDirectoryStream<Path> to, Claim claim)
      throws IOException {
    if (claim.sidecar().isEmpty()) {
      return;
    }
    try (var in =
        from.newByteChannel(
            Path.of(claim.sidecar()), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      boolean _ = write(to, claim.sidecar(), Channels.newInputStream(in).readAllBytes());
    } catch (NoSuchFileException e) {
      // it was taken away
    }
  }

  /** Whether the name was free; what has it already, of an earlier try or file, stays. */
  private static boolean write(SecureDirectoryStream<Path> to, String name, byte[] bytes)
      throws IOException {
    boolean made = false;
    try (var channel = to.newByteChannel(Path.of(name), NEW)) {
      made = true;
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      if (made) {
        delete(to, name); // the disk is full: half of it says nothing
      }
      throw e;
    }
  }

  private static void delete(SecureDirectoryStream<Path> from, String name) throws IOException {
    try {
      from.deleteFile(Path.of(name));
    } catch (NoSuchFileException e) {
      // it was never made
    }
  }
}
