package dev.aftercall.http.admin;

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
import dev.aftercall.retention.RetentionRule;
import dev.aftercall.retention.RuleKeeper;
import dev.aftercall.retention.ScopeWords;
import dev.aftercall.time.Ids;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code /admin/v1/retentionRules}: how long what is kept. */
public final class AdminRetentionRules {
  private static final Shape RULE =
      Shape.of(
          "admin.retentionRule",
          "How long something is kept, from the end of the recording.",
          Member.readOnly("id", new Kind.Guid(), "Its id."),
          Member.required("name", new Kind.Text(1, 128), "Its name; told as the cause."),
          Member.required(
              "scope", new Kind.OneOf(ScopeWords.ALL), "What it is for; the first of these wins."),
          Member.optional(
              "value",
              new Kind.Text(1, 256),
              "The tag, the object id of the organizer or group, or the meeting type."),
          Member.optional(
              "rank", new Kind.Whole(0, 1_000_000), "Of a group: of several the lowest counts."),
          Member.optional(
              "days",
              new Kind.Whole(0, RetentionRule.MOST_DAYS),
              "Days until it goes to the trash; null or absent: never."),
          Member.readOnly("warnings", new Kind.ListOf(new Kind.Text(1, 1_000), 10), "None yet."));

  private final RuleKeeper rules;
  private final Ids ids;

  /** Speaks for those rules. */
  public AdminRetentionRules(RuleKeeper rules, Ids ids) {
    this.rules = rules;
    this.ids = ids;
  }

  /** The routes. */
  public List<Route> routes(AdminDoor door) {
    String all = "/admin/v1/retentionRules";
    String one = all + "/{ruleId}";
    return List.of(
        door.look(
            "GET", all, Operation.of("Lists retention rules by name.").listing(RULE), this::list),
        door.look("GET", one, Operation.of("Gets a rule.").answering(RULE), this::get),
        door.change(
            "POST", all, Operation.of("Makes a rule.").taking(RULE).answering(RULE), this::make),
        door.change(
            "PUT",
            one,
            Operation.of("Replaces a rule.").taking(RULE).answering(RULE),
            this::replace),
        door.change("DELETE", one, Operation.of("Removes a rule."), this::remove));
  }

  private Answer list(AdminRequest request) {
    Paging paging = request.paging();
    List<RetentionRule> found =
        rules.all(request.tenant()).stream()
            .filter(rule -> paging.after().filter(it -> rule.name().compareTo(it) <= 0).isEmpty())
            .sorted(java.util.Comparator.comparing(RetentionRule::name))
            .limit(paging.top() + 1L)
            .toList();
    return AdminAnswers.list(
        request,
        Page.of(found, paging),
        RetentionRule::name,
        rule -> AdminAnswers.item(json(rule)));
  }

  private RetentionRule find(AdminRequest request) {
    return rules
        .find(request.tenant(), request.guid("ruleId"))
        .orElseThrow(
            () ->
                ChangeRefused.notFound(
                    "There is no retention rule with this id.", "See /admin/v1/retentionRules."));
  }

  private Answer get(AdminRequest request) {
    return AdminAnswers.ok(json(find(request)));
  }

  private Answer make(AdminRequest request) throws IOException {
    RetentionRule rule = read(request.body(), ids.guid());
    rules.make(request.tenant(), rule);
    return AdminAnswers.created(request, rule.id().toString(), json(rule), List.of());
  }

  private Answer replace(AdminRequest request) throws IOException {
    RetentionRule rule = read(request.body(), find(request).id());
    rules.replace(request.tenant(), rule, request.precondition());
    return AdminAnswers.saved(request, json(find(request)), false, List.of());
  }

  private Answer remove(AdminRequest request) {
    rules.remove(request.tenant(), request.guid("ruleId"), request.precondition());
    return AdminAnswers.gone();
  }

  private static RetentionRule read(Body body, UUID id) {
    return new RetentionRule(
        id,
        body.text("name").orElseThrow().strip(),
        ScopeWords.read(
            body.word("scope").orElseThrow(),
            body.text("value"),
            body.whole("rank").isPresent()
                ? Optional.of((int) body.whole("rank").getAsLong())
                : Optional.empty()),
        body.whole("days").isPresent()
            ? Optional.of((int) body.whole("days").getAsLong())
            : Optional.empty(),
        1);
  }

  private static Versioned<ObjectNode> json(RetentionRule rule) {
    ObjectNode json =
        AdminAnswers.object()
            .put("id", rule.id().toString())
            .put("name", rule.name())
            .put("scope", ScopeWords.word(rule.scope()))
            .put("value", ScopeWords.value(rule.scope()).orElse(null));
    if (rule.scope() instanceof RetentionRule.Scope.Group group) {
      json.put("rank", group.rank());
    }
    json.put("days", rule.days().orElse(null));
    return new Versioned<>(json, rule.version());
  }
}
