package dev.aftercall.recorder.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.recorder.Envelope;
import dev.aftercall.recorder.folder.Scan.Found;
import dev.aftercall.time.Ids;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a file out of the folder by renaming it, so that of several nodes that see it one gets it,
 * and a new file may have its old name at once. What is known of it was made durable beside where
 * it goes; dying before the rename leaves the file in the folder, dying after it leaves a claim
 * that any node goes on with.
 */
final class Claiming {
  private static final int LARGEST_SIDECAR = 1 << 20;

  private final Path root;
  private final String owner;
  private final Ids ids;

  /**
   * Claims for an owner.
   *
   * @param owner a name that all nodes of one archive have for this source, and no other archive
   */
  Claiming(Path root, String owner, Ids ids) {
    this.root = root;
    this.owner = owner;
    this.ids = ids;
  }

  /**
   * Claims a file.
   *
   * @return the claim's id; empty when another was quicker
   */
  Optional<String> claim(Found found) throws IOException {
    String id = ids.guid().toString();
    Path ours = root.resolve(Names.CLAIMED).resolve(owner);
    Path folder = Files.createDirectories(ours.resolve(id));
    try {
      write(folder.resolve(Claim.WORDS), words(found, id));
      try (SecureDirectoryStream<Path> to = Dirs.below(root, List.of(Names.CLAIMED, owner, id))) {
        found.folder().move(Path.of(found.name()), to, Path.of(found.name()));
      }
    } catch (NoSuchFileException e) {
      undo(folder); // another node took it
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      undo(folder);
      throw e;
    }
    Dirs.force(folder);
    Dirs.force(ours);
    return Optional.of(id);
  }

  private static void undo(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(Claim.WORDS));
    Files.deleteIfExists(folder);
  }

  private ObjectNode words(Found found, String id) throws IOException {
    ObjectNode words = JsonNodeFactory.instance.objectNode();
    words.put("claim", id);
    words.put("path", found.path());
    words.put("location", String.join("/", Names.CLAIMED, owner, id, found.name()));
    words.put("size", found.attributes().size());
    words.put(
        "modified",
        found
            .attributes()
            .lastModifiedTime()
            .toInstant()
            .truncatedTo(ChronoUnit.MICROS)
            .toString());
    if (!found.sidecar().isEmpty()) {
      words.put("sidecarName", found.sidecar());
      words.put(
          "sidecarModified",
          Dirs.attributes(found.folder(), found.sidecar())
              .lastModifiedTime()
              .toInstant()
              .toString());
      sidecar(found, words);
    }
    return words;
  }

  private static void sidecar(Found found, ObjectNode words) throws IOException {
    byte[] bytes;
    try (var channel =
        found
            .folder()
            .newByteChannel(
                Path.of(found.sidecar()),
                Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      bytes = Channels.newInputStream(channel).readNBytes(LARGEST_SIDECAR + 1);
    }
    if (bytes.length > LARGEST_SIDECAR) {
      words.put("unreadable", found.sidecar() + " is larger than 1 MiB");
      return;
    }
    try {
      JsonNode said = Envelope.read(bytes);
      if (said.isObject()) {
        words.set("sidecar", Envelope.read(Envelope.withoutCredentials(said)));
      } else {
        words.put("unreadable", found.sidecar() + " is no JSON object");
      }
    } catch (IllegalArgumentException e) {
      words.put("unreadable", found.sidecar() + " cannot be read: " + e.getMessage());
    }
  }

  private static void write(Path file, ObjectNode words) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(words.toString());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }
}
