package dev.aftercall.http.admin;

import dev.aftercall.change.ChangeRefused;
import dev.aftercall.change.Precondition;
import dev.aftercall.http.Answer;
import dev.aftercall.http.Operation;
import dev.aftercall.http.Route;
import dev.aftercall.query.Page;
import dev.aftercall.query.Paging;
import dev.aftercall.recording.RecordingId;
import dev.aftercall.retention.ArchiveItem;
import dev.aftercall.retention.Outlook;
import dev.aftercall.retention.RetentionRun;
import dev.aftercall.retention.Trash;
import dev.aftercall.time.Ticks;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** {@code /admin/v1/trash}: what was deleted or has expired and can come back. */
public final class AdminTrash {
  private final RetentionRun.Rooms rooms;
  private final Outlook outlook;
  private final InstantSource clock;

  /** Speaks for that trash. */
  public AdminTrash(RetentionRun.Rooms rooms, Outlook outlook, InstantSource clock) {
    this.rooms = rooms;
    this.outlook = outlook;
    this.clock = clock;
  }

  /** The routes. */
  public List<Route> routes(AdminDoor door) {
    return List.of(
        door.look(
            "GET",
            "/admin/v1/trash",
            Operation.of("Lists what can be restored, oldest first.").listing(ItemJson.ITEM),
            this::list),
        door.change(
            "POST",
            "/admin/v1/trash/{itemId}/restore",
            Operation.of("Brings an item back.").answering(ItemJson.ITEM),
            this::restore));
  }

  private Answer list(AdminRequest request) {
    Paging paging = request.paging();
    List<ArchiveItem> items =
        rooms
            .trash()
            .page(
                request.tenant(),
                Long.MAX_VALUE,
                paging.after().map(AdminTrash::position),
                paging.top() + 1);
    return AdminAnswers.list(
        request,
        Page.of(outlook.views(request.tenant(), items), paging),
        view -> view.item().removal().orElseThrow().at() + ":" + view.item().artifact(),
        view -> AdminAnswers.item(ItemJson.of(view)));
  }

  private static Trash.Position position(String key) {
    String[] parts = key.split(":", 2);
    return new Trash.Position(Long.parseLong(parts[0]), UUID.fromString(parts[1]));
  }

  private Answer restore(AdminRequest request) {
    UUID artifact =
        RecordingId.artifact(request.parameter("itemId"))
            .orElseThrow(
                () ->
                    ChangeRefused.notFound(
                        "There is nothing with this id in the trash.", "See /admin/v1/trash."));
    // A restoration takes nothing from anybody: that nothing is said is enough.
    Precondition said = request.precondition();
    rooms
        .trash()
        .restore(
            request.tenant(),
            artifact,
            said instanceof Precondition.Unsaid ? new Precondition.Always() : said,
            Ticks.of(clock.instant()));
    ArchiveItem item = rooms.archive().find(request.tenant(), artifact).orElseThrow();
    return AdminAnswers.ok(ItemJson.of(outlook.views(request.tenant(), List.of(item)).getFirst()));
  }
}
