package dev.aftercall.http.odata;

import dev.aftercall.http.ErrorCode;
import dev.aftercall.http.GraphException;
import dev.aftercall.http.Request;
import dev.aftercall.query.Filter;
import dev.aftercall.query.ListQuery;
import dev.aftercall.query.Order;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a request wants of a collection of recordings or transcripts.
 *
 * @param query conditions, order and length of the page
 * @param select which properties
 * @param count whether {@code $count=true} was said; Graph counts the page in any case
 * @param skipToken where to go on, as we once made it
 * @param deltaToken since when, as we once made it; only where delta is asked
 */
public record ListOptions(
    ListQuery query,
    Select select,
    boolean count,
    Optional<String> skipToken,
    Optional<String> deltaToken) {

  /**
   * The options of a list: {@code $filter}, {@code $orderby}, {@code $select}, {@code $top}, {@code
   * $count}, {@code $skiptoken}.
   *
   * @throws GraphException 400 that names what is wrong and where
   */
  public static ListOptions ofList(Request request, ArtifactType type) {
    return read(
        SystemOptions.of(request)
            .only("$count", "$filter", "$orderby", "$select", "$skiptoken", "$top"),
        type);
  }

  /**
   * The options of a delta: {@code $deltatoken}, {@code $skiptoken}, {@code $select}, {@code $top},
   * and in the first request {@code $filter}.
   *
   * @throws GraphException 400; with {@code DeltaFilterNotAllowed} when a filter stands beside a
   *     token, which carries its own
   */
  public static ListOptions ofDelta(Request request, ArtifactType type) {
    SystemOptions options =
        SystemOptions.of(request).only("$deltatoken", "$filter", "$select", "$skiptoken", "$top");
    ListOptions read = read(options, type);
    if (read.query().filter().isPresent()
        && (read.skipToken().isPresent() || read.deltaToken().isPresent())) {
      throw new GraphException(
          ErrorCode.BAD_REQUEST,
          "$filter is not allowed together with a delta or skip token.",
          Optional.of(
              new GraphException.Inner(
                  "DeltaFilterNotAllowed",
                  "The token carries the filter of the first request; leave $filter out.")),
          Map.of());
    }
    return read;
  }

  /**
   * The options of {@code /$count}: {@code $filter} alone.
   *
   * @throws GraphException 400
   */
  public static Optional<Filter> ofCount(Request request, ArtifactType type) {
    return SystemOptions.of(request)
        .only("$filter")
        .value("filter")
        .map(text -> FilterReader.read(text, type));
  }

  private static ListOptions read(SystemOptions options, ArtifactType type) {
    Optional<Filter> filter = options.value("filter").map(text -> FilterReader.read(text, type));
    List<Order> order =
        options.value("orderby").map(text -> OrderReader.read(text, type)).orElse(List.of());
    int top = options.top().orElse(ListQuery.MOST);
    return new ListOptions(
        new ListQuery(filter, order, top),
        Select.of(options.value("select"), type.properties(), type.typeName()),
        options.value("count").map(ListOptions::flag).orElse(false),
        options.value("skiptoken").map(ListOptions::skipToken),
        // Graph's 410 sends clients to an empty delta token: everything anew.
        options.value("deltatoken").filter(text -> !text.isEmpty()));
  }

  private static boolean flag(String text) {
    if (text.equalsIgnoreCase("true")) {
      return true;
    }
    if (text.equalsIgnoreCase("false")) {
      return false;
    }
    throw SystemOptions.bad(
        "Invalid value '"
            + text
            + "' for $count query option found. Valid values are 'true' or 'false'.");
  }

  private static String skipToken(String text) {
    if (text.isEmpty()) {
      throw SystemOptions.bad("The value of query option '$skiptoken' is empty.");
    }
    return text;
  }
}
