package dev.aftercall.http.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.access.RuleBook;
import dev.aftercall.change.ChangeRefused;
import dev.aftercall.change.Versioned;
import dev.aftercall.http.Answer;
import dev.aftercall.http.Operation;
import dev.aftercall.http.Route;
import dev.aftercall.http.json.Kind;
import dev.aftercall.http.json.Member;
import dev.aftercall.http.json.Shape;
import dev.aftercall.preview.Proposal;
import dev.aftercall.preview.ProposalReader;
import dev.aftercall.shadow.Difference;
import dev.aftercall.shadow.Shadows;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/** {@code /admin/v1/shadow}: how rules that are thought of would have decided. */
public final class AdminShadow {
  private static final Kind TEXT = new Kind.Text(0, 4_000);

  private static final Shape SHADOW =
      Shape.of(
          "admin.shadow",
          "A change that is tried beside the rules in force.",
          AdminPreview.OPERATIONS,
          Member.readOnly("sinceDateTime", new Kind.Instant(), "Since when."),
          Member.readOnly(
              "dropped",
              new Kind.Whole(0, Long.MAX_VALUE),
              "Decisions that differed and found no room in the list."),
          Member.readOnly("warnings", new Kind.Any(), "What may be a mistake."));

  private static final Shape DIFFERENCE =
      Shape.of(
          "admin.shadowDifference",
          "Decisions that would have been others.",
          Member.readOnly("appId", TEXT, "Who asked."),
          Member.readOnly("personId", TEXT, "On whose path; empty for nobody's."),
          Member.readOnly("action", TEXT, "What was asked for."),
          Member.readOnly("decided", TEXT, "allow:… with what it was allowed by, or deny:Rule."),
          Member.readOnly("shadow", TEXT, "The same by the rules that are tried."),
          Member.readOnly("count", new Kind.Whole(1, Long.MAX_VALUE), "How often."),
          Member.readOnly("firstSeenDateTime", new Kind.Instant(), "When first."),
          Member.readOnly("lastSeenDateTime", new Kind.Instant(), "When last."));

  private final Shadows shadows;
  private final RuleBook rules;
  private final InstantSource clock;

  /** Speaks for those trials. */
  public AdminShadow(Shadows shadows, RuleBook rules, InstantSource clock) {
    this.shadows = shadows;
    this.rules = rules;
    this.clock = clock;
  }

  /** The routes of this resource. */
  public List<Route> routes(AdminDoor door) {
    String path = "/admin/v1/shadow";
    return List.of(
        door.look("GET", path, Operation.of("Gets what is tried.").answering(SHADOW), this::get),
        door.change(
            "PUT",
            path,
            Operation.of("Tries a change beside the rules in force; answers stay as they are.")
                .taking(SHADOW)
                .answering(SHADOW),
            this::put),
        door.change("DELETE", path, Operation.of("Ends what is tried."), this::delete),
        door.look(
            "GET",
            path + "/differences",
            Operation.of("Lists how the tried rules would have decided otherwise.")
                .listing(DIFFERENCE),
            this::differences));
  }

  private Answer get(AdminRequest request) throws IOException {
    return AdminAnswers.ok(
        json(
            shadows
                .find(request.tenant())
                .orElseThrow(
                    () ->
                        ChangeRefused.notFound(
                            "No shadow rules are tried in this tenant.",
                            "Begin with PUT /admin/v1/shadow."))));
  }

  private Answer put(AdminRequest request) throws IOException {
    JsonNode operations = request.body().object().path("operations");
    Proposal proposal = ProposalReader.read(operations);
    boolean created = shadows.find(request.tenant()).isEmpty();
    Versioned<Shadows.Shadow> saved =
        shadows.put(
            request.tenant(),
            operations.toString(),
            request.precondition(),
            Ticks.of(clock.instant()));
    return AdminAnswers.saved(
        request, json(saved), created, proposal.warnings(rules.of(request.tenant())));
  }

  private Answer delete(AdminRequest request) {
    shadows.end(request.tenant(), request.precondition());
    return AdminAnswers.gone();
  }

  private Answer differences(AdminRequest request) {
    return AdminAnswers.list(
        request,
        shadows.differences(request.tenant(), request.paging()),
        counted -> counted.difference().key(),
        AdminShadow::json);
  }

  private static Versioned<ObjectNode> json(Versioned<Shadows.Shadow> shadow) throws IOException {
    ObjectNode json =
        AdminAnswers.object()
            .put("sinceDateTime", Ticks.format(shadow.value().since()))
            .put("dropped", shadow.value().dropped());
    json.set("operations", AdminAnswers.JSON.readTree(shadow.value().operations()));
    return new Versioned<>(json, shadow.version());
  }

  private static ObjectNode json(Difference.Counted counted) {
    Difference it = counted.difference();
    return AdminAnswers.object()
        .put("appId", it.appId())
        .put("personId", it.person())
        .put("action", it.action())
        .put("decided", it.decided())
        .put("shadow", it.shadow())
        .put("count", counted.count())
        .put("firstSeenDateTime", Ticks.format(counted.firstSeen()))
        .put("lastSeenDateTime", Ticks.format(counted.lastSeen()));
  }
}
