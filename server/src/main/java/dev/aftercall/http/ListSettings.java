package dev.aftercall.http;

import dev.aftercall.config.FunctionSpelling;
import java.time.Duration;
import java.util.Set;

/**
 * How lists behave.
 *
 * @param spelling of function calls
 * @param tombstones whether a delta tells what is gone too
 * @param tokenLifetime how long a delta may be asked for after the last time
 * @param quirks what goes wrong as in Graph; nothing but in development
 */
public record ListSettings(
    FunctionSpelling spelling, boolean tombstones, Duration tokenLifetime, Set<Quirk> quirks) {
  /** The defaults of {@code start}. */
  public static final ListSettings DEFAULT =
      new ListSettings(FunctionSpelling.LENIENT, false, Duration.ofDays(30));

  /** Copies the set. */
  public ListSettings {
    quirks = Set.copyOf(quirks);
  }

  /** Nothing goes wrong. */
  public ListSettings(FunctionSpelling spelling, boolean tombstones, Duration tokenLifetime) {
    this(spelling, tombstones, tokenLifetime, Set.of());
  }

  /** The same with these quirks. */
  public ListSettings with(Set<Quirk> wanted) {
    return new ListSettings(spelling, tombstones, tokenLifetime, wanted);
  }
}
