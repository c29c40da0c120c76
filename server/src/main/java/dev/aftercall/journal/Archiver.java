package dev.aftercall.journal;

import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Moves whole months out of the database into files. A month ends at the first entry of a later
 * one, so that files hold the chain without gaps. Whatever it dies in, the next run goes on: a file
 * is written anew until its row is there, and entries are removed only after that.
 */
public final class Archiver {
  private static final int PAGE = 2_000;

  private final ArchiveStore store;
  private final Path folder;
  private final Consumer<Archive> progress;

  /**
   * Archives into that folder.
   *
   * @param progress hears of each file that is in its place
   */
  public Archiver(ArchiveStore store, Path folder, Consumer<Archive> progress) {
    this.store = store;
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * Archives a tenant's months before that one.
   *
   * @return how many entries were moved
   */
  public long archive(UUID tenant, YearMonth before) throws IOException {
    long moved = 0;
    List<Archive> known = store.archives(tenant);
    Chain chain = known.isEmpty() ? Chain.START : known.getLast().end();
    clear(tenant, chain.sequence());
    List<Chain.Link> first = store.after(tenant, chain.sequence(), 1);
    while (!first.isEmpty() && month(first.getFirst()).isBefore(before)) {
      Archive archive = write(tenant, month(first.getFirst()), chain);
      store.archived(archive);
      progress.accept(archive);
      clear(tenant, archive.end().sequence());
      moved += archive.entries();
      chain = archive.end();
      first = store.after(tenant, chain.sequence(), 1);
    }
    return moved;
  }

  private Archive write(UUID tenant, YearMonth month, Chain before) throws IOException {
    try (ArchiveFile.Writer writer =
        new ArchiveFile.Writer(folder, tenant, month.toString(), before)) {
      List<Chain.Link> page = store.after(tenant, before.sequence(), PAGE);
      while (!page.isEmpty()) {
        for (Chain.Link link : page) {
          // What came late belongs to an earlier month, and stands here all the same.
          if (month(link).isAfter(month)) {
            return writer.finish();
          }
          writer.add(link);
        }
        page = store.after(tenant, writer.chain().sequence(), PAGE);
      }
      return writer.finish();
    }
  }

  private void clear(UUID tenant, long upTo) {
    int removed = PAGE;
    while (removed == PAGE) {
      removed = store.remove(tenant, upTo, PAGE);
    }
  }

  private static YearMonth month(Chain.Link link) {
    return YearMonth.from(Ticks.toInstant(link.written().entry().at()).atOffset(ZoneOffset.UTC));
  }
}
