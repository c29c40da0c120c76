package dev.aftercall.http.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.change.ChangeRefused;
import dev.aftercall.change.Versioned;
import dev.aftercall.http.Answer;
import dev.aftercall.http.Operation;
import dev.aftercall.http.Route;
import dev.aftercall.http.json.Body;
import dev.aftercall.http.json.Kind;
import dev.aftercall.http.json.Member;
import dev.aftercall.http.json.Shape;
import dev.aftercall.query.Page;
import dev.aftercall.query.Paging;
import dev.aftercall.retention.ArchiveItem;
import dev.aftercall.retention.Hold;
import dev.aftercall.retention.Holds;
import dev.aftercall.retention.RetentionRun;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code /admin/v1/holds}: what may not be purged. */
public final class AdminHolds {
  /** As {@link Holds#all} orders them. */
  private static final Comparator<Hold> NEWEST_FIRST =
      Comparator.comparingLong(Hold::placed).reversed().thenComparing(hold -> hold.id().toString());

  private static final Kind WORD = new Kind.Text(0, 1_000);

  private static final Shape HOLD =
      Shape.of(
          "admin.hold",
          "A legal hold.",
          Member.readOnly("id", new Kind.Guid(), "Its id."),
          Member.required("name", new Kind.Text(1, 128), "Its name; one stands under a name."),
          Member.optional("description", new Kind.Text(0, 1_000), "What it is for."),
          Member.required("scope", new Kind.OneOf(HoldScopes.ALL), "What it covers."),
          Member.optional(
              "value",
              new Kind.Text(1, 4_000),
              "A person's object id; a meeting's id or key; a query as $filter of callRecording."),
          Member.readOnly("placedDateTime", new Kind.Instant(), "Since when."),
          Member.readOnly("placedBy", WORD, "By whom."),
          Member.readOnly("releasedDateTime", new Kind.Instant(), "Until when it stood."),
          Member.readOnly("releasedBy", WORD, "By whom it was released."),
          Member.readOnly(
              "tooLateFor",
              new Kind.ListOf(new Kind.Any(), 1_000),
              "After placing: items it covers whose purge had begun."),
          Member.readOnly("warnings", new Kind.ListOf(WORD, 1_000), "After placing."));

  private final RetentionRun.Rooms rooms;
  private final Ids ids;
  private final InstantSource clock;

  /** Speaks for those holds. */
  public AdminHolds(RetentionRun.Rooms rooms, Ids ids, InstantSource clock) {
    this.rooms = rooms;
    this.ids = ids;
    this.clock = clock;
  }

  /** The routes. */
  public List<Route> routes(AdminDoor door) {
    String all = "/admin/v1/holds";
    String one = all + "/{holdId}";
    return List.of(
        door.look(
            "GET",
            all,
            Operation.of("Lists holds, newest first.")
                .listing(HOLD)
                .option("released", "true for the released ones too."),
            this::list),
        door.look("GET", one, Operation.of("Gets a hold.").answering(HOLD), this::get),
        door.change(
            "POST", all, Operation.of("Places a hold.").taking(HOLD).answering(HOLD), this::place),
        door.change(
            "DELETE", one, Operation.of("Releases a hold; it stays known."), this::release));
  }

  private Answer list(AdminRequest request) {
    boolean released = AdminRecordings.flagged(request, "released");
    Paging paging = request.paging();
    // It may have been released since that page was answered, and is known all the same.
    Optional<Hold> last =
        paging.after().flatMap(id -> rooms.holds().find(request.tenant(), UUID.fromString(id)));
    List<Hold> found =
        rooms.holds().all(request.tenant(), released).stream()
            .filter(hold -> last.isEmpty() || NEWEST_FIRST.compare(hold, last.get()) > 0)
            .limit(paging.top() + 1L)
            .toList();
    return AdminAnswers.list(
        request,
        Page.of(found, paging),
        hold -> hold.id().toString(),
        hold -> AdminAnswers.item(json(hold)));
  }

  private Hold find(AdminRequest request) {
    return rooms
        .holds()
        .find(request.tenant(), request.guid("holdId"))
        .orElseThrow(
            () -> ChangeRefused.notFound("There is no hold with this id.", "See /admin/v1/holds."));
  }

  private Answer get(AdminRequest request) {
    return AdminAnswers.ok(json(find(request)));
  }

  private Answer place(AdminRequest request) throws IOException {
    Body body = request.body();
    Hold hold =
        new Hold(
            ids.guid(),
            request.tenant(),
            body.text("name").orElseThrow().strip(),
            body.text("description").orElse(""),
            HoldScopes.read(
                rooms.archive(),
                request.tenant(),
                body.word("scope").orElseThrow(),
                body.text("value")),
            Ticks.of(clock.instant()),
            request.caller().who(),
            Optional.empty(),
            1);
    List<ArchiveItem> late = rooms.holds().place(hold);
    Versioned<ObjectNode> json = json(hold);
    ArrayNode named = json.value().putArray("tooLateFor");
    late.forEach(
        item ->
            named
                .addObject()
                .put("artifactId", item.artifact().toString())
                .put("id", item.id())
                .put("sha256", item.sha256()));
    return AdminAnswers.created(
        request,
        hold.id().toString(),
        json,
        late.isEmpty()
            ? List.of()
            : List.of(
                "The purge of "
                    + late.size()
                    + " items had begun before: they cannot be kept and will have certificates."));
  }

  private Answer release(AdminRequest request) {
    Hold hold = find(request);
    rooms
        .holds()
        .release(
            request.tenant(),
            hold.id(),
            new Hold.Release(Ticks.of(clock.instant()), request.caller().who()),
            request.precondition());
    return AdminAnswers.gone();
  }

  private static Versioned<ObjectNode> json(Hold hold) {
    ObjectNode json =
        AdminAnswers.object()
            .put("id", hold.id().toString())
            .put("name", hold.name())
            .put("description", hold.description())
            .put("scope", HoldScopes.word(hold.scope()))
            .put("value", HoldScopes.value(hold.scope()).orElse(null))
            .put("placedDateTime", Ticks.format(hold.placed()))
            .put("placedBy", hold.placedBy());
    hold.released()
        .ifPresent(
            release ->
                json.put("releasedDateTime", Ticks.format(release.at()))
                    .put("releasedBy", release.by()));
    return new Versioned<>(json, hold.version());
  }
}
