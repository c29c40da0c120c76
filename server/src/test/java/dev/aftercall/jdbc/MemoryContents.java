package dev.aftercall.jdbc;

import dev.aftercall.content.Content;
import dev.aftercall.content.ContentKey;
import dev.aftercall.content.ContentStore;
import dev.aftercall.content.Stored;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers of which keys there would be bytes, and which of these are held. */
final class MemoryContents implements ContentStore {
  final Set<ContentKey> kept = ConcurrentHashMap.newKeySet();
  final Set<ContentKey> held = ConcurrentHashMap.newKeySet();

  @Override
  public void keep(ContentKey key, Path file) {
    kept.add(key);
  }

  @Override
  public Optional<Content> open(ContentKey key) {
    return kept.contains(key)
        ? Optional.of(new Content.OnDisk(Path.of(key.path()), 1))
        : Optional.empty();
  }

  @Override
  public InputStream read(ContentKey key, long offset, long length) throws NoSuchFileException {
    throw new NoSuchFileException(key.path());
  }

  @Override
  public boolean delete(ContentKey key) throws java.io.IOException {
    if (held.contains(key)) {
      throw new java.io.IOException("held: " + key.path());
    }
    return kept.remove(key);
  }

  @Override
  public boolean hold(ContentKey key, boolean on) {
    boolean changed = on ? held.add(key) : held.remove(key);
    return changed || kept.contains(key);
  }

  @Override
  public List<Stored> list(String after, int limit) {
    return kept.stream()
        .map(MemoryContents::stored)
        .filter(stored -> stored.path().compareTo(after) > 0)
        .sorted(Comparator.comparing(Stored::path))
        .limit(limit)
        .toList();
  }

  @Override
  public Optional<Stored> stat(ContentKey key) {
    return kept.contains(key) ? Optional.of(stored(key)) : Optional.empty();
  }

  @Override
  public Optional<String> quarantine(ContentKey key) {
    return kept.remove(key) ? Optional.of("quarantine/" + key.path()) : Optional.empty();
  }

  private static Stored stored(ContentKey key) {
    return Stored.of(key.path(), 1, Instant.EPOCH);
  }

  @Override
  public void check() {}
}
