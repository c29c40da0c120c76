package dev.aftercall.http.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.change.ChangeRefused;
import dev.aftercall.change.Precondition;
import dev.aftercall.http.Answer;
import dev.aftercall.http.GraphException;
import dev.aftercall.http.Operation;
import dev.aftercall.http.Route;
import dev.aftercall.http.json.Body;
import dev.aftercall.http.json.Kind;
import dev.aftercall.http.json.Member;
import dev.aftercall.http.json.Shape;
import dev.aftercall.query.Page;
import dev.aftercall.query.Paging;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.RecordingId;
import dev.aftercall.retention.Archive;
import dev.aftercall.retention.ArchiveItem;
import dev.aftercall.retention.Outlook;
import dev.aftercall.retention.Outlook.View;
import dev.aftercall.retention.Removal;
import dev.aftercall.retention.RetentionRun;
import dev.aftercall.retention.Tags;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** {@code /admin/v1/recordings} and {@code /transcripts}: what is kept, until when, and why. */
public final class AdminRecordings {
  private static final int MOST_AT_ONCE = 1_000;
  private static final int SCANNED = 500;

  private static final Shape IDS =
      Shape.of(
          "admin.deletion",
          "Items to delete.",
          Member.required(
              "ids",
              new Kind.ListOf(new Kind.Text(1, 1_000), MOST_AT_ONCE),
              "GUIDs or Graph's ids."));

  private static final Shape RESULTS =
      Shape.of(
          "admin.deletionResults",
          "What became of each, in the order of the request.",
          Member.readOnly("value", new Kind.ListOf(new Kind.Any(), MOST_AT_ONCE), "The results."));

  private final RetentionRun.Rooms rooms;
  private final Outlook outlook;
  private final InstantSource clock;

  /** Speaks for that archive. */
  public AdminRecordings(RetentionRun.Rooms rooms, Outlook outlook, InstantSource clock) {
    this.rooms = rooms;
    this.outlook = outlook;
    this.clock = clock;
  }

  /** The routes of both kinds. */
  public List<Route> routes(AdminDoor door) {
    List<Route> routes = new ArrayList<>();
    for (Artifact.Kind kind : Artifact.Kind.values()) {
      routes.addAll(routes(door, kind, kind.name().toLowerCase(Locale.ROOT)));
    }
    return routes;
  }

  private List<Route> routes(AdminDoor door, Artifact.Kind kind, String word) {
    String all = "/admin/v1/" + word + "s";
    String one = all + "/{itemId}";
    return List.of(
        door.look(
            "GET",
            all,
            Operation.of("Lists " + word + "s in the order of their ends.")
                .listing(ItemJson.ITEM)
                .option("organizer", "Object id of whose they are.")
                .option("meeting", "GUID of the meeting or call; meetingKey of its items.")
                .option("state", "live (unless said), trash or all.")
                .option("held", "true for those that a hold keeps.")
                .option("expiringBefore", "Date or date-time by which they will have expired."),
            request -> list(request, kind)),
        door.look(
            "GET",
            one,
            Operation.of("Gets a " + word + ".").answering(ItemJson.ITEM),
            request -> AdminAnswers.ok(ItemJson.of(view(request, kind)))),
        door.change(
            "PATCH",
            one,
            Operation.of("Sets a " + word + "'s tags.")
                .taking(ItemJson.ITEM)
                .answering(ItemJson.ITEM),
            request -> tag(request, kind)),
        door.remove(
            "DELETE",
            one,
            Operation.of("Moves a " + word + " to the trash."),
            request -> delete(request, kind)),
        door.change(
            "POST",
            all + "/delete",
            Operation.of("Moves " + word + "s to the trash, each for itself.")
                .taking(IDS)
                .answering(RESULTS),
            request -> deleteMany(request, kind)));
  }

  private Answer list(AdminRequest request, Artifact.Kind kind) {
    Paging paging = request.paging();
    Optional<Long> expiring = request.option("expiringBefore").map(Dates::read);
    boolean held = flagged(request, "held");
    Archive.Ask ask =
        new Archive.Ask(
            kind,
            removed(request.option("state").orElse("live")),
            request.option("organizer").map(text -> guid("organizer", text)),
            request.option("meeting").map(text -> guid("meeting", text)),
            Optional.empty(),
            true);
    List<View> found = new ArrayList<>();
    Optional<Archive.Position> after = paging.after().map(AdminRecordings::position);
    List<ArchiveItem> page = rooms.archive().page(request.tenant(), ask, after, SCANNED);
    while (!page.isEmpty() && found.size() <= paging.top()) {
      outlook.views(request.tenant(), page).stream()
          .filter(view -> !held || !view.holds().isEmpty())
          .filter(view -> expiring.isEmpty() || expires(view, expiring.get()))
          .limit(paging.top() + 1L - found.size())
          .forEach(found::add);
      after = Optional.of(Archive.Position.of(page.getLast()));
      page =
          page.size() < SCANNED
              ? List.of()
              : rooms.archive().page(request.tenant(), ask, after, SCANNED);
    }
    return AdminAnswers.list(
        request,
        Page.of(found, paging),
        view -> view.item().ended() + ":" + view.item().artifact(),
        view -> AdminAnswers.item(ItemJson.of(view)));
  }

  private static boolean expires(View view, long before) {
    return view.item().removal().isEmpty() && view.ends().filter(it -> it < before).isPresent();
  }

  private static Archive.Position position(String key) {
    String[] parts = key.split(":", 2);
    return new Archive.Position(Long.parseLong(parts[0]), UUID.fromString(parts[1]));
  }

  private static Optional<Boolean> removed(String state) {
    return switch (state.toLowerCase(Locale.ROOT)) {
      case "live" -> Optional.of(false);
      case "trash" -> Optional.of(true);
      case "all" -> Optional.empty();
      default ->
          throw AdminRequest.wrong(
              "StateInvalid",
              "state is '" + state + "'.",
              "Send live, trash or all; live is meant where it is left out.");
    };
  }

  /** Whether a query option is there and true. */
  static boolean flagged(AdminRequest request, String name) {
    return request.option(name).filter(text -> flag(name, text)).isPresent();
  }

  private static boolean flag(String name, String text) {
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return Boolean.parseBoolean(text);
    }
    throw AdminRequest.wrong("FlagInvalid", name + " is '" + text + "'.", "Send true or false.");
  }

  private static UUID guid(String name, String text) {
    return dev.aftercall.meeting.GraphIds.guid(text)
        .orElseThrow(
            () ->
                AdminRequest.wrong(
                    "GuidInvalid",
                    name + " is '" + text + "', which is no GUID.",
                    "Send a GUID like 33a1bb67-2083-4edc-ad5d-9feacd43708b."));
  }

  private View view(AdminRequest request, Artifact.Kind kind) {
    ArchiveItem item = item(request.tenant(), request.parameter("itemId"), kind);
    return outlook.views(request.tenant(), List.of(item)).getFirst();
  }

  private ArchiveItem item(UUID tenant, String id, Artifact.Kind kind) {
    return RecordingId.artifact(id)
        .flatMap(artifact -> rooms.archive().find(tenant, artifact))
        .filter(item -> item.kind() == kind)
        .orElseThrow(
            () ->
                ChangeRefused.notFound(
                    "There is no such " + kind.name().toLowerCase(Locale.ROOT) + ".",
                    "Send its GUID or Graph's id; what was purged has a certificate at"
                        + " /admin/v1/disposals."));
  }

  private Answer tag(AdminRequest request, Artifact.Kind kind) throws IOException {
    Body body = request.body();
    ArchiveItem item = view(request, kind).item();
    if (body.has("tags")) {
      try {
        rooms
            .archive()
            .tag(
                request.tenant(),
                item.artifact(),
                Tags.of(body.texts("tags")),
                request.precondition());
      } catch (IllegalArgumentException e) {
        throw AdminRequest.wrong("TagInvalid", String.valueOf(e.getMessage()), "Send other tags.");
      }
    }
    return AdminAnswers.saved(request, ItemJson.of(view(request, kind)), false, List.of());
  }

  private Answer delete(AdminRequest request, Artifact.Kind kind) {
    ArchiveItem item;
    try {
      item = item(request.tenant(), request.parameter("itemId"), kind);
    } catch (ChangeRefused e) {
      // Whoever is no administrator does not learn what is there.
      request.second().permit(Optional.empty());
      throw e;
    }
    request.second().permit(Optional.of(item.organizer()));
    rooms
        .trash()
        .remove(request.tenant(), item.artifact(), removal(request), request.precondition());
    return AdminAnswers.gone();
  }

  private Removal removal(AdminRequest request) {
    return Removal.deleted(Ticks.of(clock.instant()), request.caller().who());
  }

  private Answer deleteMany(AdminRequest request, Artifact.Kind kind) throws IOException {
    ObjectNode answer = AdminAnswers.object();
    ArrayNode results = answer.putArray("value");
    for (String id : request.body().texts("ids")) {
      ObjectNode result = results.addObject().put("id", id);
      try {
        ArchiveItem item = item(request.tenant(), id, kind);
        rooms
            .trash()
            .remove(request.tenant(), item.artifact(), removal(request), new Precondition.Always());
        result.put("status", 204);
      } catch (ChangeRefused e) {
        GraphException error = AdminDoor.error(e);
        result.put("status", error.code().status());
        result.putObject("error").put("message", e.text()).put("remedy", e.remedy());
      }
    }
    return AdminAnswers.ok(answer);
  }
}
