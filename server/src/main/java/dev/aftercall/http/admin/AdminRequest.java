package dev.aftercall.http.admin;

import dev.aftercall.change.Precondition;
import dev.aftercall.gate.AdminGate;
import dev.aftercall.http.ErrorCode;
import dev.aftercall.http.GraphException;
import dev.aftercall.http.JsonBody;
import dev.aftercall.http.Operation;
import dev.aftercall.http.Request;
import dev.aftercall.http.json.Body;
import dev.aftercall.identity.Caller;
import dev.aftercall.meeting.GraphIds;
import dev.aftercall.query.Paging;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an administrator wants, once let in: everything in it is of their own tenant.
 *
 * @param second to be asked before something is removed that may be theirs
 */
public record AdminRequest(
    Request request, AdminGate.Second second, Operation operation, SkipTokens skipTokens) {
  static final int MOST = 999;
  private static final int USUAL = 100;
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
  private static final Set<String> PAGING = Set.of("$top", "$skiptoken");

  /** Refuses query options that nobody here knows. */
  public AdminRequest {
    Set<String> known =
        Stream.concat(
                operation.options().stream().map(Operation.Option::name),
                operation.list() ? PAGING.stream() : Stream.of())
            .collect(Collectors.toCollection(TreeSet::new));
    for (Map.Entry<String, List<String>> option : request.target().query().values().entrySet()) {
      if (!known.contains(option.getKey())) {
        throw wrong(
            "OptionUnknown",
            "The query option '" + option.getKey() + "' is not known here.",
            known.isEmpty()
                ? "Ask without options."
                : "Known are: " + String.join(", ", known) + ".");
      }
      if (option.getValue().size() > 1) {
        throw wrong(
            "OptionRepeated",
            "The query option '" + option.getKey() + "' stands there more than once.",
            "Send it once.");
      }
    }
  }

  /** Who asks. */
  public Caller caller() {
    return request.requireCaller();
  }

  /** Whose rules they are. */
  public UUID tenant() {
    return caller().tenant();
  }

  /** What the path's template caught under that name. */
  public String parameter(String name) {
    return request.parameter(name);
  }

  /** The same as a GUID. */
  public UUID guid(String name) {
    String text = parameter(name);
    return GraphIds.guid(text)
        .orElseThrow(
            () ->
                wrong(
                    "IdInvalid",
                    "'" + text + "' in the path is not a GUID.",
                    "Send a GUID like 33a1bb67-2083-4edc-ad5d-9feacd43708b."));
  }

  /** A query option. */
  public Optional<String> option(String name) {
    return request.target().query().first(name);
  }

  /** A query option that must be there. */
  public String requiredOption(String name) {
    return option(name)
        .filter(value -> !value.isBlank())
        .orElseThrow(
            () ->
                wrong(
                    "OptionMissing",
                    "The query option '" + name + "' is missing.",
                    "Add " + name + "=… to the query."));
  }

  /**
   * The body, found to have the operation's shape.
   *
   * @throws GraphException 400, 413 or 415, naming what is wrong
   */
  public Body body() throws IOException {
    return operation
        .body()
        .orElseThrow(() -> new IllegalStateException("The operation takes no body."))
        .read(JsonBody.object(request), !request.method().equals("PATCH"));
  }

  /** What must hold before a change, by If-Match and If-None-Match. */
  public Precondition precondition() {
    return EntityTags.precondition(request);
  }

  /** Which part of a list is wanted. */
  public Paging paging() {
    int top = USUAL;
    Optional<String> asked = option("$top");
    if (asked.isPresent()) {
      boolean number = NUMBER.matcher(asked.get()).matches();
      top = number ? Integer.parseInt(asked.get()) : 0;
      if (top < 1 || top > MOST) {
        throw wrong(
            "TopInvalid",
            "$top is '" + asked.get() + "' and must be a whole number from 1 to " + MOST + ".",
            "Send a $top within, and follow @odata.nextLink to the rest.");
      }
    }
    return new Paging(top, option("$skiptoken").map(token -> skipTokens.open(token, collection())));
  }

  /** What was asked for, without its query. */
  String address() {
    return request.target().base() + request.target().path();
  }

  /** The link to the page behind that item. */
  String nextLink(String lastKey) {
    Stream<String> others =
        request.target().query().values().entrySet().stream()
            .filter(option -> !option.getKey().equals("$skiptoken"))
            .map(option -> option.getKey() + "=" + encoded(option.getValue().getFirst()));
    String options =
        Stream.concat(others, Stream.of("$skiptoken=" + skipTokens.seal(lastKey, collection())))
            .collect(Collectors.joining("&"));
    return address() + "?" + options;
  }

  static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** A page counts for one tenant, one list and what is asked of it. */
  private String collection() {
    String others =
        request.target().query().values().entrySet().stream()
            .filter(option -> !PAGING.contains(option.getKey()))
            .map(option -> option.getKey() + "=" + option.getValue().getFirst())
            .sorted()
            .collect(Collectors.joining("\n"));
    return tenant() + "\n" + request.target().path() + "\n" + others;
  }

  /** A request that cannot be understood: what is wrong, and what to do. */
  public static GraphException wrong(String code, String message, String remedy) {
    return new GraphException(
        ErrorCode.BAD_REQUEST,
        message,
        Optional.of(new GraphException.Inner(code, remedy)),
        Map.of());
  }
}
