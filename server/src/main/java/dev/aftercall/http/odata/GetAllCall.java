package dev.aftercall.http.odata;

import dev.aftercall.config.FunctionSpelling;
import dev.aftercall.http.ErrorCode;
import dev.aftercall.http.GraphException;
import dev.aftercall.http.Request;
import dev.aftercall.meeting.GraphIds;
import dev.aftercall.query.Filter;
import dev.aftercall.query.ListQuery;
import dev.aftercall.query.Property;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A call of {@code getAllRecordings} or {@code getAllTranscripts}, however it was spelled.
 *
 * @param function which one
 * @param organizer whose meetings or calls, from the parameter or the filter
 * @param start created after, in ticks
 * @param end created before, in ticks
 * @param options all other options; a filter without the condition that named the organizer
 */
public record GetAllCall(
    GetAllFunction function,
    Optional<UUID> organizer,
    OptionalLong start,
    OptionalLong end,
    ListOptions options) {

  /** The name that {@link dev.aftercall.http.PathTemplate} catches the arguments by. */
  public static final String ARGUMENTS = "arguments";

  /**
   * Reads a call.
   *
   * @param request of a route whose template ends in {@code getAllRecordings({arguments})}
   * @throws GraphException 400 that says what is wrong and where
   */
  public static GetAllCall of(Request request, GetAllFunction function, FunctionSpelling spelling) {
    return read(request, function, spelling, ListOptions.ofList(request, function.artifact()));
  }

  /**
   * Reads a call that goes on to {@code /delta}. With a token, which carries it, the organizer may
   * be missing.
   *
   * @throws GraphException 400 that says what is wrong and where
   */
  public static GetAllCall ofDelta(
      Request request, GetAllFunction function, FunctionSpelling spelling) {
    return read(request, function, spelling, ListOptions.ofDelta(request, function.artifact()));
  }

  private static GetAllCall read(
      Request request, GetAllFunction function, FunctionSpelling spelling, ListOptions options) {
    String text = request.target().parameters().getOrDefault(ARGUMENTS, "");
    ArgumentValues values =
        new ArgumentValues(
            Arguments.of(text, function), request.target().query(), function, spelling);
    Optional<UUID> named = values.guid(function.userParameter());
    // Beside the parameter, a filter is a condition like any other.
    Filtered filtered =
        named.isPresent() ? new Filtered(named, options) : filtered(options, function);
    return new GetAllCall(
        function,
        filtered.organizer(),
        values.ticks(GetAllFunction.START),
        values.ticks(GetAllFunction.END),
        filtered.options());
  }

  /**
   * Whose meetings or calls.
   *
   * @throws GraphException 400 when neither the parameter nor a filter says it
   */
  public UUID requireOrganizer() {
    return organizer.orElseThrow(
        () -> {
          String call = function.word() + "(" + function.userParameter() + "='{id}')";
          boolean meetings = function.userParameter().equals("meetingOrganizerUserId");
          return new GraphException(
              ErrorCode.BAD_REQUEST,
              "The parameter '"
                  + function.userParameter()
                  + "' is required"
                  + (meetings ? ", or $filter=MeetingOrganizer/User/Id eq '{id}'" : "")
                  + ".",
              Optional.of(
                  new GraphException.Inner(
                      "OrganizerRequired", "Call " + call + " with the user's object id.")),
              Map.of());
        });
  }

  private record Filtered(Optional<UUID> organizer, ListOptions options) {}

  private static Filtered filtered(ListOptions options, GetAllFunction function) {
    Optional<Named> named =
        function.userParameter().equals("userId")
            ? Optional.empty()
            : options.query().filter().flatMap(GetAllCall::named);
    if (named.isEmpty()) {
      return new Filtered(Optional.empty(), options);
    }
    ListQuery query = options.query();
    return new Filtered(
        Optional.of(named.get().organizer()),
        new ListOptions(
            new ListQuery(named.get().rest(), query.order(), query.top()),
            options.select(),
            options.count(),
            options.skipToken(),
            options.deltaToken()));
  }

  /** Who is named, and what else the filter says. */
  private record Named(UUID organizer, Optional<Filter> rest) {}

  private static Optional<Named> named(Filter filter) {
    return switch (filter) {
      case Filter.Compare(Property property, Filter.Relation relation, Filter.Value.Text(String id))
          when property == Property.ORGANIZER && relation == Filter.Relation.EQUAL ->
          Optional.of(
              new Named(
                  GraphIds.guid(id)
                      .orElseThrow(
                          () ->
                              SystemOptions.bad(
                                  "The value '"
                                      + id
                                      + "' of MeetingOrganizer/User/Id is not a GUID.")),
                  Optional.empty()));
      case Filter.And(Filter left, Filter right) ->
          named(left)
              .map(found -> new Named(found.organizer(), and(found.rest(), right)))
              .or(
                  () ->
                      named(right)
                          .map(
                              found ->
                                  new Named(
                                      found.organizer(),
                                      Optional.of(
                                          found
                                              .rest()
                                              .map(rest -> Conditions.and(left, rest))
                                              .orElse(left)))));
      default -> Optional.empty();
    };
  }

  private static Optional<Filter> and(Optional<Filter> left, Filter right) {
    return Optional.of(left.map(filter -> Conditions.and(filter, right)).orElse(right));
  }
}
