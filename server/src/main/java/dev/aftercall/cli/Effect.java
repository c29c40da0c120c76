package dev.aftercall.cli;

import java.util.concurrent.Callable;

/**
 * What a command does to what is kept. Every command says it, and none runs that does not: what
 * changes something is journalled before it begins ({@link Witness}).
 */
sealed interface Effect extends Callable<Integer> {
  /** It looks, or works on files outside the archive. */
  non-sealed interface Reads extends Effect {}

  /** It is a server, whose own doors journal. */
  non-sealed interface Serves extends Effect {}

  /** It changes what is kept, or what rules it. Needs a {@link HomeOption}, however far within. */
  non-sealed interface Changes extends Effect {
    /** Whether it does so with the options it was given. */
    default boolean changes() {
      return true;
    }

    /** Whether it works on every tenant when none is named, rather than on the only one. */
    default boolean everywhere() {
      return false;
    }
  }
}
