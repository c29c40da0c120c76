package dev.aftercall.recorder.folder;

import dev.aftercall.arrival.Arrival;
import dev.aftercall.digest.Sha256;
import dev.aftercall.fetch.Access;
import dev.aftercall.fetch.Fetched;
import dev.aftercall.fetch.Locations;
import dev.aftercall.fetch.disk.FolderFetcher;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Whether the archive has what a claim holds, before the claim's file is put away as done. */
final class Proof {
  private final Path root;

  Proof(Path root) {
    this.root = root;
  }

  /**
   * What is missing; empty when nothing is.
   *
   * @param location in this claim of the file that the arrival brought
   */
  Optional<String> missing(Claim claim, String location, Arrival ready) throws IOException {
    Arrival.Facts facts = ready.facts().orElseThrow();
    if (location.equals(ready.announcement().file().location()) && untouched(claim)) {
      return Optional.empty();
    }
    String here = hash(location);
    return here.equals(facts.sha256())
        ? Optional.empty()
        : Optional.of(
            "the archive has other bytes of it (SHA-256 "
                + facts.sha256()
                + "). It was written to after it was taken, or its sourceId was used before.");
  }

  /** Whether the file is as it was when it was claimed, before anything of it was read. */
  private boolean untouched(Claim claim) throws IOException {
    try (SecureDirectoryStream<Path> folder = Dirs.below(root, claim.steps())) {
      BasicFileAttributes there = Dirs.attributes(folder, claim.name());
      return there.size() == claim.words().path("size").longValue()
          && there
              .lastModifiedTime()
              .toInstant()
              .truncatedTo(ChronoUnit.MICROS)
              .toString()
              .equals(claim.words().path("modified").asText());
    }
  }

  private String hash(String location) throws IOException {
    try (FolderFetcher folder =
            new FolderFetcher(new Access.Folder(root, Optional.empty()), Long.MAX_VALUE);
        Fetched file = folder.open(Locations.of(location), 0, Optional.empty())) {
      return Sha256.hex(file.bytes());
    }
  }
}
