package dev.aftercall.http;

import dev.aftercall.http.Conjunction.Comparison;
import dev.aftercall.http.odata.Select;
import dev.aftercall.http.odata.SystemOptions;
import dev.aftercall.meeting.CalendarQuery;
import dev.aftercall.meeting.CalendarQuery.Bound;
import dev.aftercall.meeting.CalendarQuery.Edge;
import dev.aftercall.meeting.CalendarQuery.Position;
import dev.aftercall.meeting.CalendarQuery.Relation;
import dev.aftercall.meeting.GraphIds;
import dev.aftercall.meeting.JoinLink;
import dev.aftercall.meeting.OnlineMeeting;
import dev.aftercall.query.ListQuery;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
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

  static EventOptions of(Request request) {
    return of(request, List.of());
  }

  /** A view is what overlaps the time between its two parameters. */
  static EventOptions ofView(Request request) {
    return of(
        request,
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

  private static EventOptions of(Request request, List<Bound> view) {
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
        options.value("top").map(EventOptions::size).orElse(USUAL_PAGE),
        reading.bounds,
        reading.subject,
        reading.threadId,
        options.value("skiptoken").map(EventOptions::position));
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

  private static int size(String top) {
    try {
      int size = Integer.parseInt(top.strip());
      if (size >= 1 && size <= ListQuery.MOST) {
        return Math.min(size, MOST_AT_ONCE);
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new GraphException(
        ErrorCode.BAD_REQUEST, "$top must be a number from 1 to 999; it is '" + top + "'.");
  }

  /** One more than a page tells whether there is another. */
  CalendarQuery query(UUID tenant, UUID person) {
    return new CalendarQuery(tenant, person, bounds, subject, threadId, after, top + 1);
  }

  private static Position position(String token) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII);
      int dot = plain.indexOf('.');
      return new Position(
          Long.parseLong(plain.substring(0, Math.max(dot, 0))),
          GraphIds.guid(plain.substring(dot + 1)).orElseThrow(IllegalArgumentException::new));
    } catch (IllegalArgumentException e) {
      throw new GraphException(
          ErrorCode.BAD_REQUEST, "The $skiptoken is none of ours; begin with the first page.");
    }
  }

  /** The same question, from behind that meeting. */
  String nextLink(Request request, OnlineMeeting last) {
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
    String plain = last.meeting().start() + "." + last.meeting().key();
    return link.append("$skiptoken=")
        .append(
            Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(plain.getBytes(StandardCharsets.US_ASCII)))
        .toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("%24", "$");
  }
}
