package dev.aftercall.http.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.access.RecordingAccess;
import dev.aftercall.change.ChangeRefused;
import dev.aftercall.change.Versioned;
import dev.aftercall.http.Answer;
import dev.aftercall.http.Operation;
import dev.aftercall.http.Route;
import dev.aftercall.http.json.Body;
import dev.aftercall.http.json.Kind;
import dev.aftercall.http.json.Member;
import dev.aftercall.http.json.Shape;
import dev.aftercall.meeting.MeetingId;
import dev.aftercall.ruling.Consent;
import dev.aftercall.ruling.Consents;
import dev.aftercall.ruling.Warnings;
import java.io.IOException;
import java.util.List;

/** {@code /admin/v1/rscGrants}: what applications may do within one meeting's chat. */
public final class AdminConsents {
  private static final Shape CONSENT =
      Shape.of(
          "admin.rscGrant",
          "Resource-specific consent.",
          Member.readOnly("id", new Kind.Text(1, 2_000), "Names it in paths."),
          Member.optional("threadId", new Kind.Text(1, 500), "The chat's thread, 19:…@thread.v2."),
          Member.optional(
              "meetingId", new Kind.Text(1, 2_000), "Or the meeting's id; written, never read."),
          Member.required("appId", new Kind.Text(1, 128), "The application."),
          Member.optional(
              "permission",
              new Kind.Text(1, 128),
              "The permission; " + RecordingAccess.READ_CHAT + " unless said."),
          Shapes.WARNINGS);

  private final Consents consents;
  private final Warnings warnings;

  /** Speaks for those consents. */
  public AdminConsents(Consents consents, Warnings warnings) {
    this.consents = consents;
    this.warnings = warnings;
  }

  /** The routes of this resource. */
  public List<Route> routes(AdminDoor door) {
    String all = "/admin/v1/rscGrants";
    String one = all + "/{rscGrantId}";
    return List.of(
        door.look(
            "GET",
            all,
            Operation.of("Lists consents by chat.")
                .listing(CONSENT)
                .option("threadId", "Those in that chat alone."),
            this::list),
        door.change(
            "POST",
            all,
            Operation.of("Consents; what was given already stays as it is.")
                .taking(CONSENT)
                .answering(CONSENT),
            this::give),
        door.look("GET", one, Operation.of("Gets a consent.").answering(CONSENT), this::get),
        door.change("DELETE", one, Operation.of("Takes a consent back."), this::takeBack));
  }

  private Answer list(AdminRequest request) {
    return AdminAnswers.list(
        request,
        consents.list(request.tenant(), request.option("threadId"), request.paging()),
        consent -> consent.value().id(),
        consent -> AdminAnswers.item(json(consent)));
  }

  private Answer give(AdminRequest request) throws IOException {
    Body body = request.body();
    Consent consent =
        new Consent(
            threadId(body),
            body.text("appId").orElseThrow(),
            body.text("permission").orElse(RecordingAccess.READ_CHAT));
    Consents.Saved saved = consents.give(request.tenant(), consent);
    List<String> said = warnings.of(request.tenant(), consent);
    return saved.created()
        ? AdminAnswers.created(request, consent.id(), json(saved.consent()), said)
        : AdminAnswers.saved(request, json(saved.consent()), false, said);
  }

  private static String threadId(Body body) {
    if (body.text("threadId").isPresent() == body.text("meetingId").isPresent()) {
      throw AdminRequest.wrong(
          "MemberMissing",
          "The body must have one of 'threadId' and 'meetingId'.",
          "Send the thread of the meeting's chat, or the meeting's id.");
    }
    return body.text("threadId")
        .orElseGet(
            () ->
                MeetingId.parse(body.text("meetingId").orElseThrow())
                    .orElseThrow(
                        () ->
                            AdminRequest.wrong(
                                "MemberInvalid",
                                "'meetingId' is no meeting's id.",
                                "Send the id as onlineMeeting has it, or the chat's thread."))
                    .threadId());
  }

  private Answer get(AdminRequest request) {
    Consent consent = named(request);
    return AdminAnswers.ok(
        json(consents.find(request.tenant(), consent).orElseThrow(AdminConsents::unknown)));
  }

  private static Consent named(AdminRequest request) {
    return Consent.parse(request.parameter("rscGrantId")).orElseThrow(AdminConsents::unknown);
  }

  private static ChangeRefused unknown() {
    return ChangeRefused.notFound(
        "There is no such consent.", "See what was given with GET /admin/v1/rscGrants.");
  }

  private Answer takeBack(AdminRequest request) {
    consents.takeBack(request.tenant(), named(request), request.precondition());
    return AdminAnswers.gone();
  }

  private static Versioned<ObjectNode> json(Versioned<Consent> consent) {
    return new Versioned<>(
        AdminAnswers.object()
            .put("id", consent.value().id())
            .put("threadId", consent.value().threadId())
            .put("appId", consent.value().appId())
            .put("permission", consent.value().permission()),
        consent.version());
  }
}
