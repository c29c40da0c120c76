package dev.aftercall.recorder.folder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.recorder.Envelope;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The claims that lie in a folder; those of other archives are only told of. */
final class Claims {
  private static final int MOST = 100_000;
  private static final int LARGEST = 4 << 20;

  /** After which a claim without its file is one that somebody died over. */
  private static final Duration LEFT = Duration.ofHours(1);

  private final Path root;
  private final String owner;
  private final InstantSource clock;

  Claims(Path root, String owner, InstantSource clock) {
    this.root = root;
    this.owner = owner;
    this.clock = clock;
  }

  /** The ids of ours. */
  List<String> all(Faults faults) throws IOException {
    try (SecureDirectoryStream<Path> claimed = Dirs.below(root, List.of(Names.CLAIMED))) {
      List<String> owners = Dirs.names(claimed, MOST);
      for (String other : owners) {
        if (!other.equals(owner)) {
          faults.note(
              "files in "
                  + Names.CLAIMED
                  + "/"
                  + other
                  + " belong to another archive, or to this source under another name. If that is"
                  + " gone for good, move its files back into the folder");
        }
      }
      if (!owners.contains(owner)) {
        return List.of();
      }
      try (SecureDirectoryStream<Path> ours = Dirs.in(claimed, owner)) {
        return new ArrayList<>(Dirs.names(ours, MOST));
      }
    } catch (NoSuchFileException e) {
      return List.of(); // nothing was ever claimed
    }
  }

  /** Opens a claim; empty where its file is not there, or no longer. */
  Optional<Claim> open(String id) throws IOException {
    try (SecureDirectoryStream<Path> folder = Dirs.below(root, List.of(Names.CLAIMED, owner, id))) {
      Claim claim = new Claim(owner, id, words(folder));
      try {
        Dirs.attributes(folder, claim.name());
      } catch (NoSuchFileException e) {
        sweep(id, Optional.of(claim));
        return Optional.empty();
      }
      bringSidecar(claim, folder);
      return Optional.of(claim);
    } catch (NoSuchFileException e) {
      sweep(id, Optional.empty());
      return Optional.empty();
    }
  }

  private static ObjectNode words(SecureDirectoryStream<Path> folder) throws IOException {
    byte[] bytes;
    try (var channel =
        folder.newByteChannel(
            Path.of(Claim.WORDS), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      bytes = Channels.newInputStream(channel).readNBytes(LARGEST);
    }
    try {
      if (Envelope.read(bytes) instanceof ObjectNode words) {
        return words;
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw new IOException(Claim.WORDS + " is not as it was written");
  }

  /** Lets a sidecar follow its file; who claimed it may have died before. */
  private void bringSidecar(Claim claim, SecureDirectoryStream<Path> to) throws IOException {
    if (claim.sidecar().isEmpty()) {
      return;
    }
    List<String> steps = new ArrayList<>(List.of(claim.path().split("/")));
    steps.removeLast();
    try (SecureDirectoryStream<Path> from = Dirs.below(root, steps)) {
      BasicFileAttributes there = Dirs.attributes(from, claim.sidecar());
      String modified = claim.words().path("sidecarModified").asText();
      if (there.lastModifiedTime().toInstant().toString().equals(modified)) {
        from.move(Path.of(claim.sidecar()), to, Path.of(claim.sidecar()));
      }
    } catch (NoSuchFileException e) {
      // it came along
    }
  }

  /** Removes what is left of a claim whose file is gone, once nobody can be at it any more. */
  private void sweep(String id, Optional<Claim> claim) throws IOException {
    Path folder = root.resolve(Names.CLAIMED).resolve(owner).resolve(id);
    BasicFileAttributes known;
    try {
      known = Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return;
    }
    Instant touched = known.lastModifiedTime().toInstant();
    if (known.isDirectory() && touched.plus(LEFT).isBefore(clock.instant())) {
      if (claim.isPresent()) {
        remove(claim.get());
      } else {
        remove(id);
      }
    }
  }

  /** Removes a claim whose file was put away; what else lies there stays. */
  void remove(Claim claim) throws IOException {
    if (!claim.sidecar().isEmpty()) {
      deleteIn(claim.id(), claim.sidecar());
    }
    remove(claim.id());
  }

  private void remove(String id) throws IOException {
    deleteIn(id, Claim.WORDS);
    Files.deleteIfExists(root.resolve(Names.CLAIMED).resolve(owner).resolve(id));
  }

  private void deleteIn(String id, String name) throws IOException {
    try (SecureDirectoryStream<Path> folder = Dirs.below(root, List.of(Names.CLAIMED, owner, id))) {
      folder.deleteFile(Path.of(name));
    } catch (NoSuchFileException e) {
      // another node did
    }
  }
}
