package dev.aftercall.http.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.arrival.AssignmentRule;
import dev.aftercall.arrival.AssignmentRule.Action;
import dev.aftercall.arrival.AssignmentRules;
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
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** {@code /admin/v1/assignmentRules}: whose recordings are that recorders announce. */
public final class AdminAssignmentRules {
  private static final Kind PEOPLE = new Kind.ListOf(new Kind.Guid(), 1_000);
  private static final Kind PATTERN = new Kind.Text(0, 255);
  private static final long USUAL_RANK = 100;

  private static final Shape RULE =
      Shape.of(
          "admin.assignmentRule",
          "Whose recordings are that recorders announce. The first that fits counts, by rank, then"
              + " by name; what none fits waits to be assigned.",
          Member.readOnly("name", new Kind.Text(1, 128), "Its name, from the path."),
          Member.optional("rank", new Kind.Whole(0, 1_000_000), "The lowest first; usually 100."),
          Member.optional("source", new Kind.Text(1, 128), "For this source alone."),
          Member.optional("room", PATTERN, "The room's name; * stands for any text."),
          Member.optional("meeting", PATTERN, "The recorder's id of the meeting, likewise."),
          Member.optional(
              "action", new Kind.OneOf(List.of("take", "reject")), "What happens; usually take."),
          Member.optional("organizer", new Kind.Guid(), "The person whose meeting it is."),
          Member.optional(
              "organizerFrom",
              new Kind.Text(1, 255),
              "JSON pointer into what the recorder sent, to an object id there."),
          Member.optional("meetingId", new Kind.Text(1, 1_000), "Or a meeting that is here."),
          Member.optional("coorganizers", PEOPLE, "People who run the meeting too."),
          Member.optional("attendees", PEOPLE, "People invited."),
          Member.optional("subject", new Kind.Text(1, 255), "Subject; {room} stands for the room."),
          Member.optional(
              "meetingType",
              new Kind.OneOf(List.of("scheduled", "recurring", "meetnow", "adhoc", "broadcast")),
              "Of the meeting made."),
          Member.optional("tags", new Kind.ListOf(new Kind.Text(1, 64), 32), "For retention."),
          Shapes.WARNINGS);

  private final AssignmentRules rules;

  /** Speaks for those rules. */
  public AdminAssignmentRules(AssignmentRules rules) {
    this.rules = rules;
  }

  /** The routes. */
  public List<Route> routes(AdminDoor door) {
    String all = "/admin/v1/assignmentRules";
    String one = all + "/{ruleName}";
    return List.of(
        door.look("GET", all, Operation.of("Lists rules by name.").listing(RULE), this::list),
        door.look("GET", one, Operation.of("Gets a rule.").answering(RULE), this::get),
        door.change(
            "PUT",
            one,
            Operation.of("Makes or replaces a rule.").taking(RULE).answering(RULE),
            this::put),
        door.change("DELETE", one, Operation.of("Removes a rule."), this::remove));
  }

  private Answer list(AdminRequest request) {
    Paging paging = request.paging();
    List<AssignmentRule> found =
        rules.all(request.tenant()).stream()
            .sorted(java.util.Comparator.comparing(AssignmentRule::name))
            .filter(rule -> paging.after().filter(it -> rule.name().compareTo(it) <= 0).isEmpty())
            .limit(paging.top() + 1L)
            .toList();
    return AdminAnswers.list(
        request,
        Page.of(found, paging),
        AssignmentRule::name,
        rule -> AdminAnswers.item(json(rule)));
  }

  private Answer get(AdminRequest request) {
    return AdminAnswers.ok(json(find(request)));
  }

  private AssignmentRule find(AdminRequest request) {
    return rules
        .find(request.tenant(), request.parameter("ruleName"))
        .orElseThrow(
            () ->
                ChangeRefused.notFound(
                    "There is no rule of this name.", "See /admin/v1/assignmentRules."));
  }

  private Answer put(AdminRequest request) throws IOException {
    AssignmentRule rule = read(request.parameter("ruleName"), request.body());
    boolean made = rules.put(request.tenant(), rule, request.precondition());
    return AdminAnswers.saved(request, json(find(request)), made, List.of());
  }

  private Answer remove(AdminRequest request) {
    rules.remove(request.tenant(), request.parameter("ruleName"), request.precondition());
    return AdminAnswers.gone();
  }

  private static AssignmentRule read(String name, Body body) {
    return new AssignmentRule(
        name,
        (int) body.whole("rank").orElse(USUAL_RANK),
        body.text("source"),
        body.text("room").orElse(""),
        body.text("meeting").orElse(""),
        body.word("action")
            .map(it -> Action.valueOf(it.toUpperCase(Locale.ROOT)))
            .orElse(Action.TAKE),
        body.guid("organizer"),
        body.text("organizerFrom"),
        body.text("meetingId"),
        body.guids("coorganizers"),
        body.guids("attendees"),
        body.text("subject").orElse(""),
        body.word("meetingType").orElse(""),
        body.texts("tags"),
        1);
  }

  private static Versioned<ObjectNode> json(AssignmentRule rule) {
    ObjectNode json =
        AdminAnswers.object()
            .put("name", rule.name())
            .put("rank", rule.rank())
            .put("source", rule.source().orElse(null))
            .put("room", rule.room())
            .put("meeting", rule.meeting())
            .put("action", rule.action().name().toLowerCase(Locale.ROOT))
            .put("organizer", rule.organizer().map(Object::toString).orElse(null))
            .put("organizerFrom", rule.organizerFrom().orElse(null))
            .put("meetingId", rule.meetingId().orElse(null))
            .put("subject", rule.subject().isEmpty() ? null : rule.subject())
            .put("meetingType", rule.meetingType().isEmpty() ? null : rule.meetingType());
    strings(json.putArray("coorganizers"), rule.coorganizers());
    strings(json.putArray("attendees"), rule.attendees());
    strings(json.putArray("tags"), rule.tags());
    return new Versioned<>(json, rule.version());
  }

  private static void strings(ArrayNode list, List<?> items) {
    items.forEach(item -> list.add(item.toString()));
  }
}
