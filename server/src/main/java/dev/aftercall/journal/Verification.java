package dev.aftercall.journal;

import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Walks a tenant's chain from its beginning, or from where it was walked to before. */
public final class Verification {
  private static final int PAGE = 2_000;

  private final ArchiveStore store;
  private final Optional<Path> archives;
  private final List<Seal> seals;
  private final Consumer<Chain> progress;

  /**
   * A verification.
   *
   * @param archives folder of the files, where they are to be read; else only their ends count
   * @param seals whose signatures are proved
   * @param progress hears how far it is
   */
  public Verification(
      ArchiveStore store, Optional<Path> archives, List<Seal> seals, Consumer<Chain> progress) {
    this.store = store;
    this.archives = archives;
    this.seals = List.copyOf(seals);
    this.progress = progress;
  }

  /** What came out. */
  public sealed interface Result {
    /** Every link holds, from the one behind {@code from} to {@code end}. */
    record Intact(Chain from, Chain end, int seals) implements Result {}

    /** The first thing that does not hold. */
    record Broken(long sequence, String what) implements Result {}
  }

  private static final class Fault extends Exception {
    private static final long serialVersionUID = 1L;
    private final long sequence;

    Fault(long sequence, String what) {
      super(what, null, false, false);
      this.sequence = sequence;
    }
  }

  /** Walks from there to the end. */
  public Result verify(UUID tenant, Chain from) throws IOException {
    Map<Long, Seal> sealed = new HashMap<>();
    for (Seal seal : seals) {
      if (seal.tenant().equals(tenant)) {
        Seal other = sealed.put(seal.chain().sequence(), seal);
        if (other != null && !other.chain().equals(seal.chain())) {
          return new Result.Broken(
              seal.chain().sequence(),
              "two seals give it different hashes: the chain was replaced");
        }
      }
    }
    try {
      Chain chain = throughArchives(tenant, from, sealed);
      List<Chain.Link> page = store.after(tenant, chain.sequence(), PAGE);
      while (!page.isEmpty()) {
        for (Chain.Link link : page) {
          chain = step(chain, link, sealed);
        }
        progress.accept(chain);
        page = store.after(tenant, chain.sequence(), PAGE);
      }
      end(tenant, chain, sealed);
      return new Result.Intact(from, chain, sealed.size());
    } catch (Fault e) {
      return new Result.Broken(e.sequence, String.valueOf(e.getMessage()));
    }
  }

  private Chain throughArchives(UUID tenant, Chain from, Map<Long, Seal> sealed)
      throws IOException, Fault {
    Chain chain = from;
    for (Archive archive : store.archives(tenant)) {
      if (archive.end().sequence() <= chain.sequence()) {
        continue;
      }
      boolean within = chain.sequence() > archive.before().sequence();
      if (!within && !archive.before().equals(chain)) {
        throw new Fault(
            chain.sequence() + 1,
            "the archive " + archive.file() + " does not begin where the chain stands");
      }
      chain = archives.isPresent() ? read(archives.get(), archive, chain, sealed) : archive.end();
      against(chain, sealed);
      progress.accept(chain);
    }
    return chain;
  }

  private static Chain read(Path folder, Archive archive, Chain from, Map<Long, Seal> sealed)
      throws IOException, Fault {
    if (!ArchiveFile.sha256(folder.resolve(archive.file())).equals(archive.sha256())) {
      throw new Fault(
          archive.before().sequence() + 1,
          "the file " + archive.file() + " is not the one that was archived");
    }
    Chain[] chain = {from};
    Fault[] fault = new Fault[1];
    ArchiveFile.read(
        folder,
        archive,
        link -> {
          if (fault[0] == null && link.sequence() > from.sequence()) {
            try {
              chain[0] = step(chain[0], link, sealed);
            } catch (Fault e) {
              fault[0] = e;
            }
          }
        });
    if (fault[0] != null) {
      throw fault[0];
    }
    if (!chain[0].equals(archive.end())) {
      throw new Fault(
          chain[0].sequence() + 1, "the archive " + archive.file() + " does not end where it says");
    }
    return chain[0];
  }

  private static Chain step(Chain chain, Chain.Link link, Map<Long, Seal> sealed) throws Fault {
    if (link.sequence() != chain.sequence() + 1) {
      throw new Fault(
          chain.sequence() + 1, "it is missing; the next one there is entry " + link.sequence());
    }
    if (!chain.leadsTo(link)) {
      throw new Fault(
          link.sequence(),
          "its hash is not that of its contents and the entry before (id "
              + link.written().id()
              + ", "
              + Ticks.format(link.written().entry().at())
              + ")");
    }
    against(link.end(), sealed);
    return link.end();
  }

  private static void against(Chain chain, Map<Long, Seal> sealed) throws Fault {
    Seal seal = sealed.get(chain.sequence());
    if (seal != null && !seal.chain().equals(chain)) {
      throw new Fault(
          chain.sequence(),
          "the seal of "
              + Ticks.format(seal.at())
              + " gives it another hash: the chain was written anew");
    }
  }

  private void end(UUID tenant, Chain chain, Map<Long, Seal> sealed) throws Fault {
    for (Seal seal : sealed.values()) {
      if (seal.chain().sequence() > chain.sequence()) {
        throw new Fault(
            chain.sequence() + 1,
            "the chain ends before it, but the seal of "
                + Ticks.format(seal.at())
                + " saw it reach entry "
                + seal.chain().sequence()
                + ": its end was cut off");
      }
    }
    Chain head =
        store.heads().stream()
            .filter(it -> it.tenant().equals(tenant))
            .map(Chain.Head::chain)
            .findFirst()
            .orElse(Chain.START);
    // Entries that came while we walked are for the next time.
    if (head.sequence() < chain.sequence()
        || (head.sequence() == chain.sequence() && !head.equals(chain))
        || (head.sequence() > chain.sequence()
            && store.after(tenant, chain.sequence(), 1).isEmpty())) {
      throw new Fault(
          chain.sequence() + 1,
          "the database says that the chain ends with entry "
              + head.sequence()
              + ", and it ends with "
              + chain.sequence());
    }
  }
}
