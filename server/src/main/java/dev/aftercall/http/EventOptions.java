package dev.aftercall.http;

import dev.aftercall.http.Conjunction.Comparison;
import dev.aftercall.http.odata.Select;
import dev.aftercall.http.odata.SystemOptions;
import dev.aftercall.identity.Caller;
import dev.aftercall.meeting.CalendarQuery;
import dev.aftercall.meeting.CalendarQuery.Bound;
import dev.aftercall.meeting.CalendarQuery.Edge;
import dev.aftercall.meeting.CalendarQuery.Position;
import dev.aftercall.meeting.CalendarQuery.Relation;
import dev.aftercall.meeting.JoinLink;
import dev.aftercall.meeting.OnlineMeeting;
import dev.aftercall.query.Filter.Value;
import dev.aftercall.query.ListQuery;
import dev.aftercall.recording.Inventory.Bookmark;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What a client wants of a calendar, from the query. */
record EventOptions(
    Select select,
    int top,
    List<Bound> bounds,
    Optional<String> subject,
    Optional<String> threadId,
    Optional<Position> after) {
  private static final int USUAL_PAGE = 50;

  /** Whatever is asked for: an event may be large, and all of a page are in memory at once. */
  private static final int MOST_AT_ONCE = 100;

  /** A thread nobody has: what asks for it finds nothing. */
  private static final String NOWHERE = "";

  static EventOptions of(Request request, PageTokens tokens) {
    return of(request, tokens, List.of());
  }

  /** A view is what overlaps the time between its two parameters. */
  static EventOptions ofView(Request request, PageTokens tokens) {
    return of(
        request,
        tokens,
        List.of(
            new Bound(Edge.END, Relation.AFTER, parameter(request, "startDateTime")),
            new Bound(Edge.START, Relation.BEFORE, parameter(request, "endDateTime"))));
  }

  private static long parameter(Request request, String name) {
    String value =
        request.target().query().values().entrySet().stream()
            .filter(entry -> entry.getKey().equalsIgnoreCase(name))
            .map(entry -> entry.getValue().getFirst())
            .findFirst()
            .orElseThrow(
                () ->
                    new GraphException(
                        ErrorCode.BAD_REQUEST,
                        "This request requires a time window specified by the query string"
                            + " parameters StartDateTime and EndDateTime."));
    return CalendarTime.parse(value, name);
  }

  private static EventOptions of(Request request, PageTokens tokens, List<Bound> view) {
    SystemOptions options =
        SystemOptions.of(request).only("$select", "$filter", "$top", "$skiptoken", "$orderby");
    String order = options.value("orderby").orElse("").strip().toLowerCase(Locale.ROOT);
    if (!Set.of("", "start/datetime", "start/datetime asc").contains(order)) {
      throw new GraphException(
          ErrorCode.BAD_REQUEST, "Events are ordered by start/dateTime alone, ascending.");
    }
    Reading reading = new Reading(view);
    options.value("filter").map(Conjunction::parse).orElse(List.of()).forEach(reading::take);
    return new EventOptions(
        Select.of(options.value("select"), EventJson.PROPERTIES, EventJson.TYPE),
        options.top().map(top -> Math.min(top, MOST_AT_ONCE)).orElse(USUAL_PAGE),
        reading.bounds,
        reading.subject,
        reading.threadId,
        options.value("skiptoken").map(text -> position(tokens.open(text, collection(request)))));
  }

  private static final class Reading {
    private final List<Bound> bounds;
    private Optional<String> subject = Optional.empty();
    private Optional<String> threadId = Optional.empty();

    Reading(List<Bound> view) {
      this.bounds = new ArrayList<>(view);
    }

    void take(Comparison comparison) {
      switch (comparison.path()) {
        case "start/datetime" -> bound(Edge.START, comparison);
        case "end/datetime" -> bound(Edge.END, comparison);
        case "subject" -> {
          String wanted = equal(comparison);
          if (subject.isPresent() && !subject.get().equals(wanted)) {
            threadId = Optional.of(NOWHERE);
          }
          subject = Optional.of(wanted);
        }
        case "onlinemeeting/joinurl" -> thread(equal(comparison));
        case "isonlinemeeting" -> onlyIf(equal(comparison).equalsIgnoreCase("true"));
        case "onlinemeetingprovider" ->
            onlyIf(equal(comparison).equalsIgnoreCase("teamsForBusiness"));
        default ->
            throw new GraphException(
                ErrorCode.BAD_REQUEST,
                "Events are filtered by start/dateTime, end/dateTime, subject,"
                    + " onlineMeeting/joinUrl, isOnlineMeeting and onlineMeetingProvider, not by '"
                    + comparison.path()
                    + "'.");
      }
    }

    private void bound(Edge edge, Comparison comparison) {
      Relation relation =
          switch (comparison.operator()) {
            case "eq" -> Relation.AT;
            case "lt" -> Relation.BEFORE;
            case "le" -> Relation.UP_TO;
            case "gt" -> Relation.AFTER;
            case "ge" -> Relation.FROM;
            default -> throw unsupported(comparison);
          };
      bounds.add(
          new Bound(edge, relation, CalendarTime.parse(comparison.literal(), comparison.path())));
    }

    private static String equal(Comparison comparison) {
      if (!comparison.operator().equals("eq")) {
        throw unsupported(comparison);
      }
      return comparison.literal();
    }

    private static GraphException unsupported(Comparison comparison) {
      return new GraphException(
          ErrorCode.BAD_REQUEST,
          "The operator '"
              + comparison.operator()
              + "' is not supported for '"
              + comparison.path()
              + "'.");
    }

    private void thread(String url) {
      String wanted =
          JoinLink.parse(url)
              .filter(JoinLink.Classic.class::isInstance)
              .map(link -> ((JoinLink.Classic) link).threadId())
              .orElse(NOWHERE);
      threadId = Optional.of(threadId.orElse(wanted).equals(wanted) ? wanted : NOWHERE);
    }

    private void onlyIf(boolean condition) {
      if (!condition) {
        threadId = Optional.of(NOWHERE);
      }
    }
  }

  /** One more than a page tells whether there is another. */
  CalendarQuery query(UUID tenant, UUID person) {
    return new CalendarQuery(tenant, person, bounds, subject, threadId, after, top + 1);
  }

  private static Position position(PageToken token) {
    Bookmark after = token.after().orElseThrow();
    Value.Instant start = (Value.Instant) after.keys().getFirst();
    return new Position(start.ticks(), after.artifact());
  }

  /** The same question, from behind that meeting. */
  String nextLink(Request request, PageTokens tokens, OnlineMeeting last) {
    StringBuilder link =
        new StringBuilder(request.target().base()).append(request.target().path()).append('?');
    request
        .target()
        .query()
        .values()
        .forEach(
            (name, values) -> {
              if (!name.toLowerCase(Locale.ROOT).endsWith("skiptoken")) {
                link.append(encoded(name)).append('=').append(encoded(values.getFirst()));
                link.append('&');
              }
            });
    Bookmark behind =
        new Bookmark(List.of(new Value.Instant(last.meeting().start())), last.meeting().key());
    PageToken token =
        new PageToken(
            PageToken.Step.LIST,
            0,
            0,
            new ListQuery(Optional.empty(), List.of(), top),
            List.of(),
            Optional.of(behind),
            Set.of());
    return link.append("$skiptoken=").append(tokens.seal(token, collection(request))).toString();
  }

  /** What a token is signed for: one caller's view of one calendar. */
  private static String collection(Request request) {
    Caller caller = request.requireCaller();
    return caller.tenant()
        + "/calendar/"
        + Refusals.path(request).person(caller)
        + "/"
        + request.target().path();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("%24", "$");
  }
}
