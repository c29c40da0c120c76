package dev.aftercall.http;

import dev.aftercall.config.FunctionSpelling;
import java.time.Duration;

/**
 * How lists behave.
 *
 * @param spelling of function calls
 * @param tombstones whether a delta tells what is gone too
 * @param tokenLifetime how long a delta may be asked for after the last time
 */
public record ListSettings(FunctionSpelling spelling, boolean tombstones, Duration tokenLifetime) {
  /** The defaults of {@code start}. */
  public static final ListSettings DEFAULT =
      new ListSettings(FunctionSpelling.LENIENT, false, Duration.ofDays(30));
}
