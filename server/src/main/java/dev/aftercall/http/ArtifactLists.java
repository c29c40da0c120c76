package dev.aftercall.http;

import dev.aftercall.access.RecordingAccess.PathUser;
import dev.aftercall.gate.ListAsk;
import dev.aftercall.gate.ListGate;
import dev.aftercall.http.odata.ArtifactType;
import dev.aftercall.http.odata.GetAllCall;
import dev.aftercall.http.odata.GetAllFunction;
import dev.aftercall.http.odata.ListOptions;
import dev.aftercall.identity.Caller;
import dev.aftercall.query.Filter;
import dev.aftercall.recording.Artifact;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Lists of recordings and transcripts: of one meeting, of all meetings of an organizer and of all
 * ad hoc calls of a person, each with its delta.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/onlinemeeting-list-recordings">List
 *     recordings</a>, <a
 *     href="https://learn.microsoft.com/graph/api/onlinemeeting-getallrecordings">getAllRecordings</a>,
 *     <a href="https://learn.microsoft.com/graph/api/callrecording-delta">delta</a>
 */
public final class ArtifactLists {
  private final ListGate gate;
  private final ListSettings settings;
  private final ListPages lists;
  private final DeltaPages deltas;

  /**
   * Speaks for that gate.
   *
   * @param secret that signs page tokens; the same on all servers of one database
   */
  public ArtifactLists(ListGate gate, ListSettings settings, String secret, InstantSource clock) {
    PageTokens tokens = new PageTokens(secret, clock, settings.tokenLifetime());
    this.gate = gate;
    this.settings = settings;
    Quirks quirks = new Quirks(settings.quirks());
    this.lists = new ListPages(tokens, quirks);
    this.deltas = new DeltaPages(tokens, settings.tombstones(), quirks);
  }

  /**
   * The routes of these lists; they stand before those of single items, whose ids could be
   * anything.
   *
   * @param versions {@code v1.0|beta}, or what the cloud offers of it; empty for none
   * @param adhocVersions the same for ad hoc calls
   */
  public List<Route> routes(String versions, String collectionVersions, String adhocVersions) {
    List<Route> routes = new ArrayList<>();
    for (Artifact.Kind kind : Artifact.Kind.values()) {
      for (String person : List.of("/me", "/users/{userId}")) {
        if (!versions.isEmpty()) {
          String items =
              "/{version:"
                  + versions
                  + "}"
                  + person
                  + "/onlineMeetings/{meetingId}/"
                  + word(kind)
                  + "s";
          routes.add(get(items, request -> list(request, kind)));
          routes.add(get(items + "/$count", request -> count(request, kind)));
        }
        if (!collectionVersions.isEmpty()) {
          String meetings = "/{version:" + collectionVersions + "}" + person + "/onlineMeetings/";
          String items = meetings + "{meetingId}/" + word(kind) + "s";
          routes.add(get(items + "/delta", request -> delta(request, kind)));
          routes.addAll(functions(meetings, function(kind, false)));
        }
        if (!adhocVersions.isEmpty()) {
          String calls = "/{version:" + adhocVersions + "}" + person + "/adhocCalls/";
          routes.addAll(functions(calls, function(kind, true)));
        }
      }
      if (!collectionVersions.isEmpty()) {
        String communications =
            "/{version:" + collectionVersions + "}/{communications:communications}";
        routes.addAll(functions(communications + "/onlineMeetings/", function(kind, false)));
      }
    }
    return routes;
  }

  private List<Route> functions(String parent, GetAllFunction function) {
    String path = parent + function.word() + "({" + GetAllCall.ARGUMENTS + "})";
    return List.of(
        get(path, request -> all(request, function)),
        get(path + "/delta", request -> allDelta(request, function)));
  }

  private static Route get(String path, Route.Handler handler) {
    return Route.of("GET", path, Route.Admission.TOKEN, handler);
  }

  private static GetAllFunction function(Artifact.Kind kind, boolean calls) {
    return switch (kind) {
      case RECORDING -> calls ? GetAllFunction.CALL_RECORDINGS : GetAllFunction.MEETING_RECORDINGS;
      case TRANSCRIPT ->
          calls ? GetAllFunction.CALL_TRANSCRIPTS : GetAllFunction.MEETING_TRANSCRIPTS;
    };
  }

  private Answer list(Request request, Artifact.Kind kind) throws IOException {
    ListOptions options = ListOptions.ofList(request, ArtifactType.valueOf(kind.name()));
    ListAsk.OfMeeting ask = meeting(request, kind);
    return Refusals.asking(
        () -> lists.page(gate.open(ask), collection(request, ask, true), options, true));
  }

  private Answer count(Request request, Artifact.Kind kind) throws IOException {
    Optional<Filter> filter = ListOptions.ofCount(request, ArtifactType.valueOf(kind.name()));
    ListAsk.OfMeeting ask = meeting(request, kind);
    return Refusals.asking(
        () -> {
          long count = gate.open(ask).count(collection(request, ask, true).url(), filter);
          return Answer.text(200, "text/plain", Long.toString(count))
              .with("OData-Version", "4.0")
              .with("Cache-Control", "no-cache");
        });
  }

  private Answer delta(Request request, Artifact.Kind kind) throws IOException {
    ListOptions options = ListOptions.ofDelta(request, ArtifactType.valueOf(kind.name()));
    ListAsk.OfMeeting ask = meeting(request, kind);
    return Refusals.asking(
        () -> deltas.page(gate.open(ask), collection(request, ask, false), options));
  }

  private Answer all(Request request, GetAllFunction function) throws IOException {
    GetAllCall call = GetAllCall.of(request, function, settings.spelling());
    ListAsk.OfOrganizer ask = organizer(request, call);
    ArtifactCollection it = OrganizerCollection.of(request, ask, function, "");
    return Refusals.asking(
        () -> lists.page(gate.open(ask), it, OrganizerCollection.bounded(call), false));
  }

  private Answer allDelta(Request request, GetAllFunction function) throws IOException {
    GetAllCall call = GetAllCall.ofDelta(request, function, settings.spelling());
    ListAsk.OfOrganizer ask = organizer(request, call);
    ArtifactCollection it = OrganizerCollection.of(request, ask, function, "/delta");
    return Refusals.asking(
        () -> deltas.page(gate.open(ask), it, OrganizerCollection.bounded(call)));
  }

  private static ArtifactCollection collection(
      Request request, ListAsk.OfMeeting ask, boolean plainList) {
    ArtifactType type = ArtifactType.valueOf(ask.kind().name());
    String root = request.serviceRoot();
    UUID user = ask.path().person(ask.caller());
    String items = word(ask.kind()) + "s";
    boolean me = ask.path() instanceof PathUser.Me;
    return new ArtifactCollection(
        type,
        request.target().base() + request.target().path(),
        root + "/users/" + user,
        plainList
            ? root
                + "/$metadata#users('"
                + user
                + "')/onlineMeetings('"
                + ask.meeting().encoded()
                + "')/"
                + items
            : OrganizerCollection.ofType(root, type),
        true,
        !plainList,
        plainList
            ? Optional.of(
                "Use $select to choose only the properties your app needs, as this can lead to"
                    + " performance improvements. For example: GET "
                    + (me ? "me" : "users('<guid>')")
                    + "/onlineMeetings('<key>')/"
                    + items
                    + "?$select=callId,content")
            : Optional.empty());
  }

  private static ListAsk.OfMeeting meeting(Request request, Artifact.Kind kind) {
    return new ListAsk.OfMeeting(
        request.trace().requestId(),
        request.requireCaller(),
        Refusals.path(request),
        kind,
        Refusals.meetingId(request));
  }

  private static ListAsk.OfOrganizer organizer(Request request, GetAllCall call) {
    Caller caller = request.requireCaller();
    Optional<PathUser> path =
        request.target().parameters().containsKey("communications")
            ? Optional.empty()
            : Optional.of(Refusals.path(request));
    boolean token =
        call.options().skipToken().isPresent() || call.options().deltaToken().isPresent();
    // The token counts for its organizer alone; whoever leaves the name out means the path's.
    Optional<UUID> implied =
        token
            ? path.filter(it -> !meByApplication(it, caller)).map(it -> it.person(caller))
            : Optional.empty();
    return new ListAsk.OfOrganizer(
        request.trace().requestId(),
        caller,
        path,
        Artifact.Kind.valueOf(call.function().artifact().name()),
        call.organizer().or(() -> implied).orElseGet(call::requireOrganizer),
        call.function().userParameter().equals("userId"));
  }

  private static boolean meByApplication(PathUser path, Caller caller) {
    return path instanceof PathUser.Me && caller instanceof Caller.Application;
  }

  private static String word(Artifact.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
