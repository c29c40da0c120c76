package dev.aftercall.retention;

import dev.aftercall.recording.Artifact;
import dev.aftercall.retention.RetentionRules.Expiry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;

/** What would happen at a date: the dry run. Changes nothing. */
public final class Outlook {
  private static final int PAGE = 500;
  private static final int SAMPLES = 10;

  private final Archive archive;
  private final Trash trash;
  private final Holds holds;
  private final RuleKeeper rules;
  private final RetentionSettings settings;

  /** Over these stores. */
  public Outlook(RetentionRun.Rooms rooms, RetentionSettings settings) {
    this.archive = rooms.archive();
    this.trash = rooms.trash();
    this.holds = rooms.holds();
    this.rules = rooms.rules();
    this.settings = settings;
  }

  /**
   * So many items of so many bytes, with a few of them.
   *
   * @param samples those that go first
   */
  public record Share(long items, long bytes, List<Sample> samples) {
    /** Copies the list. */
    public Share {
      samples = List.copyOf(samples);
    }
  }

  /** One of them; {@code since} is when its time was over. */
  public record Sample(ArchiveItem item, long since, String rule) {}

  /**
   * What a run would do then.
   *
   * @param expiring live items that would go to the trash
   * @param purging items in the trash that would be purged
   * @param held items in the trash that would be purged, were they not held
   */
  public record Forecast(long at, Share expiring, Share purging, Share held) {}

  /**
   * An item with what is to come of it.
   *
   * @param ends when it goes to the trash, or from there, in ticks; empty for never
   * @param cause name of the rule that says so; of what was deleted, who did it
   * @param holds names of those that keep it
   */
  public record View(ArchiveItem item, Optional<Long> ends, String cause, List<String> holds) {
    /** Copies the list. */
    public View {
      holds = List.copyOf(holds);
    }
  }

  /** What is to come of items, which must know their participants. */
  public List<View> views(UUID tenant, List<ArchiveItem> items) {
    RetentionRules now = rules(tenant);
    List<Hold> standing = holds.all(tenant, false);
    return items.stream().map(item -> view(item, now, standing)).toList();
  }

  private View view(ArchiveItem item, RetentionRules now, List<Hold> standing) {
    List<String> keeping =
        standing.stream().filter(hold -> hold.covers(item)).map(Hold::name).toList();
    if (item.removal().isPresent()) {
      Removal removal = item.removal().get();
      String cause = removal.rule().isEmpty() ? removal.by() : removal.rule();
      return new View(item, Optional.of(settings.purgedAt(removal)), cause, keeping);
    }
    Expiry expiry = now.of(item);
    return new View(item, expiry.at(), expiry.rule(), keeping);
  }

  private static final class Tally {
    private long items;
    private long bytes;
    private final List<Sample> samples = new ArrayList<>();

    void add(ArchiveItem item, long since, String rule) {
      items++;
      bytes += item.size();
      if (samples.size() < SAMPLES) {
        samples.add(new Sample(item, since, rule));
      }
    }

    Share share() {
      return new Share(items, bytes, samples);
    }
  }

  /** The tenant's rules, behind them the server's default. */
  public RetentionRules rules(UUID tenant) {
    return new RetentionRules(rules.all(tenant), settings.defaultDays());
  }

  /**
   * A run at that time, had nothing happened until then.
   *
   * @param at ticks
   */
  public Forecast at(UUID tenant, long at) {
    Tally expiring = new Tally();
    expiring(
        tenant,
        rules(tenant),
        at,
        (item, expiry) -> expiring.add(item, expiry.at().orElseThrow(), expiry.rule()));
    List<Hold> standing = holds.all(tenant, false);
    Tally purging = new Tally();
    Tally held = new Tally();
    long before = settings.purgedBefore(at);
    Optional<Trash.Position> after = Optional.empty();
    List<ArchiveItem> page = trash.page(tenant, before, after, PAGE);
    while (!page.isEmpty()) {
      for (ArchiveItem item : page) {
        Removal removal = item.removal().orElseThrow();
        boolean kept = standing.stream().anyMatch(hold -> hold.covers(item));
        (kept ? held : purging).add(item, settings.purgedAt(removal), removal.rule());
      }
      after = Optional.of(Trash.Position.of(page.getLast()));
      page = trash.page(tenant, before, after, PAGE);
    }
    return new Forecast(at, expiring.share(), purging.share(), held.share());
  }

  /** Goes through the live items whose time is over then. */
  void expiring(UUID tenant, RetentionRules now, long at, BiConsumer<ArchiveItem, Expiry> to) {
    Optional<Long> endedBefore = now.endedBefore(at);
    if (endedBefore.isEmpty()) {
      return;
    }
    for (Artifact.Kind kind : Artifact.Kind.values()) {
      Archive.Ask ask = Archive.Ask.live(kind, endedBefore.get());
      Optional<Archive.Position> after = Optional.empty();
      List<ArchiveItem> page = archive.page(tenant, ask, after, PAGE);
      while (!page.isEmpty()) {
        for (ArchiveItem item : page) {
          Expiry expiry = now.of(item);
          if (expiry.over(at)) {
            to.accept(item, expiry);
          }
        }
        after = Optional.of(Archive.Position.of(page.getLast()));
        page = archive.page(tenant, ask, after, PAGE);
      }
    }
  }
}
