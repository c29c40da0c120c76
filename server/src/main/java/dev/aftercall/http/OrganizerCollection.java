package dev.aftercall.http;

import dev.aftercall.gate.ListAsk;
import dev.aftercall.http.odata.ArtifactType;
import dev.aftercall.http.odata.GetAllCall;
import dev.aftercall.http.odata.GetAllFunction;
import dev.aftercall.http.odata.ListOptions;
import dev.aftercall.query.Filter;
import dev.aftercall.query.Filter.Relation;
import dev.aftercall.query.ListQuery;
import dev.aftercall.query.Property;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** What getAllRecordings and getAllTranscripts list, and how they are addressed. */
final class OrganizerCollection {
  private OrganizerCollection() {}

  /**
   * The collection; its links name the organizer whichever way the call did.
   *
   * @param tail behind the function: nothing or {@code /delta}
   */
  static ArtifactCollection of(
      Request request, ListAsk.OfOrganizer ask, GetAllFunction function, String tail) {
    String root = request.serviceRoot();
    UUID user = ask.path().map(path -> path.person(ask.caller())).orElseGet(ask::organizer);
    String parent = ask.path().isPresent() ? "/users('" + user + "')" : "/communications";
    return new ArtifactCollection(
        function.artifact(),
        root
            + parent
            + (ask.calls() ? "/adhocCalls/" : "/onlineMeetings/")
            + function.word()
            + "("
            + function.userParameter()
            + "='"
            + ask.organizer()
            + "')"
            + tail,
        root + "/users/" + user,
        ask.calls()
            ? root + "/$metadata#users('" + user + "')/adhocCalls"
            : ofType(root, function.artifact()),
        !ask.calls(),
        true,
        Optional.empty());
  }

  /** The context of what a function returns. */
  static String ofType(String root, ArtifactType type) {
    String name = type.typeName();
    return root + "/$metadata#Collection(" + name.substring(name.lastIndexOf('.') + 1) + ")";
  }

  /**
   * The call's options with its dates among the conditions: "created after the start, before the
   * end", of which the start counts itself, so that periods that adjoin miss nothing.
   */
  static ListOptions bounded(GetAllCall call) {
    ListOptions options = call.options();
    ListQuery query = options.query();
    Optional<Filter> bounds =
        and(bound(Relation.GREATER_OR_EQUAL, call.start()), bound(Relation.LESS, call.end()));
    return new ListOptions(
        new ListQuery(and(bounds, query.filter()), query.order(), query.top()),
        options.select(),
        options.count(),
        options.skipToken(),
        options.deltaToken());
  }

  private static Optional<Filter> bound(Relation relation, OptionalLong ticks) {
    return ticks.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Filter.Compare(
                Property.CREATED, relation, new Filter.Value.Instant(ticks.getAsLong())));
  }

  private static Optional<Filter> and(Optional<Filter> left, Optional<Filter> right) {
    return left.isPresent() && right.isPresent()
        ? Optional.of(new Filter.And(left.get(), right.get()))
        : left.or(() -> right);
  }
}
