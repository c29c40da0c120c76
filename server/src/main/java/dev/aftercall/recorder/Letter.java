package dev.aftercall.recorder;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request to a source's address.
 *
 * @param method upper case
 * @param url the address that was called, with its query, as its sender wrote it
 * @param query decoded
 * @param header finds a header field, whatever the case
 * @param body of 1 MiB at most
 * @param at when it came
 */
public record Letter(
    String method,
    String url,
    Map<String, List<String>> query,
    Function<String, Optional<String>> header,
    byte[] body,
    Instant at) {
  /** A header field that need not be there. */
  public Optional<String> field(String name) {
    return header.apply(name);
  }

  /** The first value of a query parameter. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name)).map(List::getFirst);
  }
}
