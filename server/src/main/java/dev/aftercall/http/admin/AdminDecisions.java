package dev.aftercall.http.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.access.Explanation;
import dev.aftercall.access.RefusedRequest;
import dev.aftercall.access.RefusedRequests;
import dev.aftercall.change.ChangeRefused;
import dev.aftercall.gate.Question;
import dev.aftercall.gate.Why;
import dev.aftercall.http.Answer;
import dev.aftercall.http.Operation;
import dev.aftercall.http.Route;
import dev.aftercall.http.json.Kind;
import dev.aftercall.http.json.Member;
import dev.aftercall.http.json.Shape;
import dev.aftercall.meeting.GraphIds;
import dev.aftercall.time.Ticks;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code /admin/v1/decisions}: how something would be decided, and why it was refused. */
public final class AdminDecisions {
  private static final Kind TEXT = new Kind.Text(0, 2_000);

  private static final Shape RULE =
      Shape.of(
          "admin.rule",
          "One rule of a decision.",
          Member.readOnly("rule", TEXT, "Its word, as innerError.code has it."),
          Member.readOnly("question", TEXT, "What it asks."),
          Member.readOnly("input", TEXT, "What it was asked about."),
          Member.readOnly(
              "verdict",
              new Kind.OneOf(List.of("passed", "failed", "notAsked")),
              "What it said; behind the first that failed, none is asked."));

  private static final Shape DECISION =
      Shape.of(
          "admin.decision",
          "A decision with its rules in order.",
          Member.readOnly("allowed", new Kind.Flag(), "What was decided."),
          Member.readOnly("grounds", TEXT, "What let the caller in."),
          Member.readOnly("failingRule", TEXT, "The first rule that failed."),
          Member.readOnly("message", TEXT, "What the refused caller reads."),
          Member.readOnly("remedy", TEXT, "What would satisfy the failing rule."),
          Member.readOnly("rules", new Kind.ListOf(new Kind.Nested(RULE), 20), "In order."),
          Member.readOnly("requestId", TEXT, "Of a request that was refused."),
          Member.readOnly("dateTime", new Kind.Instant(), "When it was."),
          Member.readOnly("callerId", TEXT, "The person, or the application itself."),
          Member.readOnly("appId", TEXT, "The application."),
          Member.readOnly("action", TEXT, "As the journal has it."),
          Member.readOnly("target", TEXT, "As the journal has it."));

  private final Why why;
  private final RefusedRequests refused;

  /** Speaks for those. */
  public AdminDecisions(Why why, RefusedRequests refused) {
    this.why = why;
    this.refused = refused;
  }

  /** The routes of this resource. */
  public List<Route> routes(AdminDoor door) {
    return List.of(
        door.look(
            "GET",
            "/admin/v1/decisions/explain",
            Operation.of("Tells how a request would be decided now, rule by rule.")
                .answering(DECISION)
                .required("caller", "user:OID or app:CLIENT-ID; a bare id where it is known.")
                .required("action", "One of " + String.join(", ", Question.ACTIONS) + ".")
                .option("recording", "A recording's or transcript's id, or its GUID.")
                .option("meeting", "A meeting's id, where no recording is asked about.")
                .option("user", "The person in the path; else the caller, or the organizer.")
                .option("scopes", "Of a person's token; else those that the action needs.")
                .option("roles", "Of an application's token; else those that the action needs.")
                .option("directoryRoles", "Of the person, by template id."),
            this::explain),
        door.look(
            "GET",
            "/admin/v1/decisions/requests/{requestId}",
            Operation.of("Tells why a request of the last seven days was refused.")
                .answering(DECISION),
            this::request));
  }

  private Answer explain(AdminRequest request) {
    Set<UUID> directoryRoles =
        words(request.option("directoryRoles").orElse(""))
            .map(word -> GraphIds.guid(word).orElseThrow(() -> noGuid("directoryRoles", word)))
            .collect(Collectors.toSet());
    Optional<UUID> user =
        request
            .option("user")
            .map(text -> GraphIds.guid(text).orElseThrow(() -> noGuid("user", text)));
    return AdminAnswers.ok(
        json(
            why.answer(
                new Question(
                    request.tenant(),
                    request.requiredOption("caller"),
                    request.requiredOption("action"),
                    request.option("recording"),
                    request.option("meeting"),
                    user,
                    request
                        .option("scopes")
                        .or(() -> request.option("roles"))
                        .map(text -> words(text).collect(Collectors.toSet())),
                    directoryRoles))));
  }

  private static Stream<String> words(String text) {
    return Arrays.stream(text.split("[, ]+", -1)).filter(word -> !word.isEmpty());
  }

  private static RuntimeException noGuid(String option, String text) {
    return AdminRequest.wrong(
        "OptionInvalid",
        "'" + text + "' in the query option '" + option + "' is not a GUID.",
        "Send a GUID like 33a1bb67-2083-4edc-ad5d-9feacd43708b.");
  }

  private Answer request(AdminRequest request) {
    String id = request.parameter("requestId");
    RefusedRequest found =
        refused
            .find(request.tenant(), id)
            .orElseThrow(
                () ->
                    ChangeRefused.notFound(
                        "No request " + id + " of the last seven days was refused in this tenant.",
                        "Look for its request-id in the answer; what was let in stands in the"
                            + " journal."));
    ObjectNode json =
        json(found.why())
            .put("requestId", found.requestId())
            .put("dateTime", Ticks.format(found.at()))
            .put("callerId", found.caller())
            .put("appId", found.appId())
            .put("action", found.action())
            .put("target", found.target());
    return AdminAnswers.ok(json);
  }

  private static ObjectNode json(Explanation why) {
    ObjectNode json = AdminAnswers.object().put("allowed", why.allowed());
    if (why.allowed()) {
      json.put("grounds", why.grounds());
    } else {
      json.put("failingRule", why.failingRule())
          .put("message", why.message())
          .put("remedy", why.remedy());
    }
    ArrayNode rules = json.putArray("rules");
    for (Explanation.Step step : why.rules()) {
      rules
          .addObject()
          .put("rule", step.rule())
          .put("question", step.question())
          .put("input", step.input())
          .put(
              "verdict",
              switch (step.verdict()) {
                case PASSED -> "passed";
                case FAILED -> "failed";
                case NOT_ASKED -> "notAsked";
              });
    }
    return json;
  }
}
