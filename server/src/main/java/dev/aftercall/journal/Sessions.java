package dev.aftercall.journal;

import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.journal.Journal.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The content sessions of one caller and application with one artifact in one form: requests with
 * no more than half an hour between them are one viewing or download.
 */
public final class Sessions {
  /** Half an hour. */
  public static final long GAP_TICKS = 30L * 60 * 10_000_000;

  private static final Set<String> CONTENT = Set.of("content", "attributed_content");
  private static final int REDIRECT = 302;

  private final List<Session> changed = new ArrayList<>();
  private Optional<Session> latest;

  /** Goes on from what is known. */
  public Sessions(Optional<Session> latest) {
    this.latest = latest;
  }

  /**
   * A viewing or download.
   *
   * @param id of the entry that began it
   * @param rule that let the caller in at first
   * @param first ticks
   * @param last ticks
   * @param decisions how often the content was opened
   * @param ends how many of those are known to be over
   * @param redirects how often the object store was to send the bytes; how many it sent is not
   *     known
   * @param bytes that were sent, repeated ones as often as they were
   * @param ranges which bytes were sent
   * @param minutes that it was metered with
   */
  public record Session(
      String id,
      String rule,
      long first,
      long last,
      long decisions,
      long ends,
      long redirects,
      long bytes,
      Ranges ranges,
      long minutes) {
    static Session begin(Written written) {
      Entry entry = written.entry();
      long at = entry.at();
      return new Session(written.id(), entry.rule(), at, at, 0, 0, 0, 0, Ranges.NONE, 0)
          .with(entry);
    }

    boolean near(Entry entry) {
      return entry.at() <= last + GAP_TICKS && entry.at() >= first - GAP_TICKS;
    }

    Session with(Entry entry) {
      Delivery delivery = entry.delivery();
      boolean end = delivery.status() != 0;
      return new Session(
          id,
          rule,
          Math.min(first, entry.at()),
          Math.max(last, entry.at()),
          decisions + (end ? 0 : 1),
          ends + (end ? 1 : 0),
          redirects + (delivery.status() == REDIRECT ? 1 : 0),
          bytes + delivery.bytes(),
          ranges.with(delivery.ranges()),
          minutes + delivery.minutes());
    }
  }

  /** Whether the entry tells of somebody who got at content. */
  public static boolean concerns(Entry entry) {
    return entry.allowed() && CONTENT.contains(entry.action());
  }

  /** Adds an entry. */
  public void add(Written written) {
    Session now =
        latest
            .filter(session -> session.near(written.entry()))
            .map(session -> session.with(written.entry()))
            .orElseGet(() -> Session.begin(written));
    changed.removeIf(session -> session.id().equals(now.id()));
    changed.add(now);
    latest = Optional.of(now);
  }

  /** What is to be kept. */
  public List<Session> changed() {
    return List.copyOf(changed);
  }
}
