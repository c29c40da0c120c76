package dev.aftercall.http.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.change.Versioned;
import dev.aftercall.http.Answer;
import dev.aftercall.http.Operation;
import dev.aftercall.http.Route;
import dev.aftercall.http.json.Body;
import dev.aftercall.http.json.Kind;
import dev.aftercall.http.json.Member;
import dev.aftercall.http.json.Shape;
import dev.aftercall.ruling.Policies;
import dev.aftercall.ruling.Policy;
import dev.aftercall.ruling.Warnings;
import java.io.IOException;
import java.util.List;

/** {@code /admin/v1/policies}: which applications may read on behalf of people. */
public final class AdminPolicies {
  private static final Shape POLICY =
      Shape.of(
          "admin.policy",
          "An application access policy.",
          Member.readOnly("name", new Kind.Text(1, Policy.LONGEST_NAME), "What it is called."),
          Member.optional("description", new Kind.Text(0, 1_000), "What it is for."),
          Member.required(
              "appIds",
              new Kind.ListOf(new Kind.Text(1, 128), 1_000),
              "Client ids of the applications that it lets in."),
          Shapes.WARNINGS);

  private final Policies policies;
  private final Warnings warnings;

  /** Speaks for those policies. */
  public AdminPolicies(Policies policies, Warnings warnings) {
    this.policies = policies;
    this.warnings = warnings;
  }

  /** The routes of this resource. */
  public List<Route> routes(AdminDoor door) {
    String all = "/admin/v1/policies";
    String one = all + "/{policyName}";
    return List.of(
        door.look("GET", all, Operation.of("Lists policies by name.").listing(POLICY), this::list),
        door.look("GET", one, Operation.of("Gets a policy.").answering(POLICY), this::get),
        door.change(
            "PUT",
            one,
            Operation.of("Makes a policy or replaces one.").taking(POLICY).answering(POLICY),
            this::put),
        door.change(
            "PATCH",
            one,
            Operation.of("Changes what is named of a policy.").taking(POLICY).answering(POLICY),
            this::patch),
        door.change(
            "DELETE", one, Operation.of("Removes a policy with its grants."), this::delete));
  }

  private Answer list(AdminRequest request) {
    return AdminAnswers.list(
        request,
        policies.list(request.tenant(), request.paging()),
        policy -> policy.value().name(),
        policy -> AdminAnswers.item(json(policy)));
  }

  private Answer get(AdminRequest request) {
    return AdminAnswers.ok(json(policies.get(request.tenant(), request.parameter("policyName"))));
  }

  private Answer put(AdminRequest request) throws IOException {
    Body body = request.body();
    Policy policy =
        Policy.named(
            request.parameter("policyName"),
            body.text("description").orElse(""),
            body.texts("appIds"));
    Policies.Saved saved = policies.put(request.tenant(), policy, request.precondition());
    return AdminAnswers.saved(
        request, json(saved.policy()), saved.created(), warnings.of(request.tenant(), policy));
  }

  private Answer patch(AdminRequest request) throws IOException {
    Body body = request.body();
    Versioned<Policy> changed =
        policies.change(
            request.tenant(),
            request.parameter("policyName"),
            request.precondition(),
            before ->
                new Policy(
                    before.name(),
                    body.has("description")
                        ? body.text("description").orElse("")
                        : before.description(),
                    body.has("appIds") ? body.texts("appIds") : before.appIds()));
    return AdminAnswers.saved(
        request, json(changed), false, warnings.of(request.tenant(), changed.value()));
  }

  private Answer delete(AdminRequest request) {
    policies.remove(request.tenant(), request.parameter("policyName"), request.precondition());
    return AdminAnswers.gone();
  }

  private static Versioned<ObjectNode> json(Versioned<Policy> policy) {
    ObjectNode json =
        AdminAnswers.object()
            .put("name", policy.value().name())
            .put("description", policy.value().description());
    ArrayNode apps = json.putArray("appIds");
    policy.value().appIds().forEach(apps::add);
    return new Versioned<>(json, policy.version());
  }
}
