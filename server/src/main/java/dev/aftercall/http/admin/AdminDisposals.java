package dev.aftercall.http.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.change.ChangeRefused;
import dev.aftercall.http.Answer;
import dev.aftercall.http.Operation;
import dev.aftercall.http.Route;
import dev.aftercall.http.json.Kind;
import dev.aftercall.http.json.Member;
import dev.aftercall.http.json.Shape;
import dev.aftercall.query.Page;
import dev.aftercall.query.Paging;
import dev.aftercall.retention.Certificates;
import dev.aftercall.retention.Disposal;
import dev.aftercall.retention.Disposals;
import dev.aftercall.retention.RetentionRun;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** {@code /admin/v1/disposals}: certificates of what is gone. */
public final class AdminDisposals {

  private static final Shape DISPOSAL =
      Shape.of(
          "admin.disposal",
          "The end of a recording or transcript.",
          Member.readOnly("id", new Kind.Guid(), "The certificate's id."),
          Member.readOnly("artifactId", new Kind.Guid(), "What is gone."),
          Member.readOnly("disposedDateTime", new Kind.Instant(), "When."),
          Member.readOnly("claims", new Kind.Any(), "What the certificate says."),
          Member.readOnly("certificate", new Kind.Text(1, 8_000), "A JWS signed with ES256."));

  private static final Shape KEYS =
      Shape.of(
          "admin.disposalKeys",
          "A JSON Web Key Set.",
          Member.readOnly("keys", new Kind.ListOf(new Kind.Any(), 10), "The public keys."));

  private final RetentionRun.Rooms rooms;

  /** Speaks for those certificates. */
  public AdminDisposals(RetentionRun.Rooms rooms) {
    this.rooms = rooms;
  }

  /** The routes. */
  public List<Route> routes(AdminDoor door) {
    String all = "/admin/v1/disposals";
    return List.of(
        door.look(
            "GET",
            all,
            Operation.of("Lists disposals, newest first.").listing(DISPOSAL),
            this::list),
        door.look(
            "GET",
            all + "/keys",
            Operation.of("Gets the keys that certificates are verified with.").answering(KEYS),
            this::keys),
        door.look(
            "GET",
            all + "/{disposalId}",
            Operation.of("Gets a disposal with its certificate.").answering(DISPOSAL),
            this::get));
  }

  private Answer list(AdminRequest request) {
    Paging paging = request.paging();
    return AdminAnswers.list(
        request,
        Page.of(
            rooms
                .disposals()
                .page(
                    request.tenant(),
                    paging.after().map(AdminDisposals::position),
                    paging.top() + 1),
            paging),
        disposal -> disposal.at() + ":" + disposal.id(),
        AdminDisposals::json);
  }

  private static Disposals.Position position(String key) {
    String[] parts = key.split(":", 2);
    return new Disposals.Position(Long.parseLong(parts[0]), UUID.fromString(parts[1]));
  }

  private Answer keys(AdminRequest request) throws IOException {
    return AdminAnswers.ok(
        (ObjectNode) AdminAnswers.JSON.readTree(rooms.certificates().publicKeys()));
  }

  private Answer get(AdminRequest request) {
    return rooms
        .disposals()
        .find(request.tenant(), request.guid("disposalId"))
        .map(disposal -> AdminAnswers.ok(json(disposal)))
        .orElseThrow(
            () ->
                ChangeRefused.notFound(
                    "There is no disposal with this id.", "See /admin/v1/disposals."));
  }

  private static ObjectNode json(Disposal disposal) {
    ObjectNode json =
        AdminAnswers.object()
            .put("id", disposal.id().toString())
            .put("artifactId", disposal.artifact().toString())
            .put("disposedDateTime", Ticks.format(disposal.at()));
    json.set("claims", AdminAnswers.JSON.valueToTree(Certificates.claims(disposal)));
    return json.put("certificate", disposal.certificate());
  }
}
