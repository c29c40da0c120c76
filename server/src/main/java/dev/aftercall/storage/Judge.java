package dev.aftercall.storage;

import dev.aftercall.content.ContentKey;
import dev.aftercall.content.ContentStore;
import dev.aftercall.content.Stored;
import dev.aftercall.digest.Sha256;
import dev.aftercall.storage.Finding.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Looks anew at what seemed wrong in passing, and says what it is. A hand-over, a deletion or a
 * purge between the two looks is nobody's fault.
 */
final class Judge {
  private static final int BUFFER = 256 * 1024;

  private final Promises promises;
  private final ContentStore contents;
  private final StorageCheck.Terms terms;
  private final InstantSource clock;

  Judge(Promises promises, ContentStore contents, StorageCheck.Terms terms, InstantSource clock) {
    this.promises = promises;
    this.contents = contents;
    this.terms = terms;
    this.clock = clock;
  }

  void missing(Promised seen, Ledger ledger) throws IOException {
    Optional<Promised> promise = stillPromised(seen);
    if (promise.isEmpty() || contents.stat(seen.key()).isPresent()) {
      return;
    }
    if (promises.underWay(seen.tenant(), seen.artifact())) {
      ledger.count(Optional.of(seen.tenant()), Count.PENDING, 1);
      return;
    }
    ledger.found(finding(Kind.MISSING, seen, promise.get().size() + " bytes", "nothing"));
  }

  void orphan(Stored seen, boolean quarantine, Ledger ledger) throws IOException {
    ContentKey key = seen.key().orElseThrow();
    Optional<Stored> stored = contents.stat(key);
    if (stored.isEmpty() || promises.find(key.tenant(), key.artifact()).isPresent()) {
      return;
    }
    boolean young = stored.get().modified().isAfter(clock.instant().minus(terms.grace()));
    if (young || promises.underWay(key.tenant(), key.artifact())) {
      ledger.count(Optional.of(key.tenant()), Count.PENDING, 1);
      return;
    }
    Finding orphan =
        new Finding(
            Kind.ORPHAN,
            seen.path(),
            Optional.of(key.tenant()),
            "",
            stored.get().size() + " bytes");
    if (quarantine && contents.quarantine(key).isPresent()) {
      ledger.setAside(orphan);
    } else {
      ledger.found(orphan);
    }
  }

  void size(Promised seen, Ledger ledger) throws IOException {
    Optional<Promised> promise = stillPromised(seen);
    Optional<Stored> stored = contents.stat(seen.key());
    if (promise.isPresent() && stored.isPresent() && stored.get().size() != promise.get().size()) {
      ledger.found(
          finding(
              Kind.SIZE, seen, promise.get().size() + " bytes", stored.get().size() + " bytes"));
    }
  }

  void hash(Promised seen, Ledger ledger) throws IOException {
    String hash;
    try {
      hash = sha256(seen, ledger);
    } catch (IOException e) {
      if (stillPromised(seen).isEmpty() || contents.stat(seen.key()).isEmpty()) {
        return; // Gone meanwhile; the next run says whether it should be.
      }
      contents.check(); // A store that fails as a whole says so here, and the run goes on later.
      ledger.found(finding(Kind.UNREADABLE, seen, "", String.valueOf(e.getMessage())));
      return;
    }
    ledger.count(Optional.of(seen.tenant()), Count.HASHED, 1);
    ledger.count(Optional.of(seen.tenant()), Count.HASHED_BYTES, seen.size());
    if (hash.equals(seen.sha256())) {
      ledger.sound(seen.key().path());
    } else if (stillPromised(seen).isPresent()) {
      ledger.found(finding(Kind.HASH, seen, seen.sha256(), hash));
    }
  }

  private String sha256(Promised seen, Ledger ledger) throws IOException {
    MessageDigest digest = Sha256.digest();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = contents.read(seen.key(), 0, seen.size())) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        terms.pace().read(read);
        ledger.beat();
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private Optional<Promised> stillPromised(Promised seen) {
    return promises.find(seen.tenant(), seen.artifact());
  }

  private static Finding finding(Kind kind, Promised about, String expected, String found) {
    return new Finding(kind, about.key().path(), Optional.of(about.tenant()), expected, found);
  }
}
