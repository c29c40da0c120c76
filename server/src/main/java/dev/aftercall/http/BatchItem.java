package dev.aftercall.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request of a batch, as it came.
 *
 * @param method upper case
 * @param url relative or absolute, not yet looked at
 * @param headers by their lower-case names
 * @param dependsOn ids of those to wait for
 */
record BatchItem(
    ItemId id,
    String method,
    String url,
    Map<String, String> headers,
    Optional<Body> body,
    List<ItemId> dependsOn) {

  /**
   * Names an item; the answer repeats it as the client wrote it.
   *
   * @param number whether it is a JSON number, as the m365 CLI sends it
   */
  record ItemId(String text, boolean number) {}

  /** What an item carries. */
  sealed interface Body {}

  /** A JSON value of any kind but a string. */
  record Json(byte[] bytes) implements Body {}

  /** A string: JSON, or bytes in base64, as the item's Content-Type says. */
  record Text(String text) implements Body {}
}
