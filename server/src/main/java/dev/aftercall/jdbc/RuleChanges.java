package dev.aftercall.jdbc;

import dev.aftercall.change.Versioned;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/**
 * Changes of rules, one after the other: each takes the lock on the one row that running servers
 * watch, and the version it moves to becomes that of what is changed. So what a change checks holds
 * until it is committed, and no version is ever given twice.
 */
final class RuleChanges {
  private final Database database;

  RuleChanges(Database database) {
    this.database = database;
  }

  /** What a change does. */
  @FunctionalInterface
  interface Change<T> {
    /** Works in the transaction; what it throws undoes it. */
    T with(Handle handle, long version);
  }

  /** The version of what is there, if it is. */
  static OptionalLong version(Optional<? extends Versioned<?>> known) {
    return known.isPresent() ? OptionalLong.of(known.get().version()) : OptionalLong.empty();
  }

  /** Moves to the next version; others wait until this transaction ends. */
  static long next(Handle handle) {
    return handle
        .createQuery(
            "update rules_version set version = version + 1 where only_row = 1 returning version")
        .mapTo(Long.class)
        .one();
  }

  <T> T change(Change<T> change) {
    return database.write(handle -> change.with(handle, next(handle)));
  }
}
