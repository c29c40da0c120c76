package dev.aftercall.recorder.graph;

import java.util.Optional;

/** How far mirrors have come. Every method is one durable transaction. */
public interface MirrorStore {
  /**
   * Takes or keeps the lead, so that one node follows. Where the database is in this process alone
   * nobody else can have it.
   *
   * @return false while another has it
   */
  boolean lead(String mirror, String holder, long now, long until);

  /** Gives the lead back. */
  void stepBack(String mirror, String holder);

  /** Where a feed goes on. */
  Optional<String> link(String mirror, String feed);

  /** Keeps where it goes on, once what was before that is announced. */
  void keep(String mirror, String feed, String link);

  /** It begins anew. */
  void forget(String mirror, String feed);

  /** All of it was followed to its end at that tick. */
  void succeed(String mirror, long now);

  /** When it last was; empty for never. */
  Optional<Long> succeeded(String mirror);
}
