package dev.aftercall.http.admin;

import dev.aftercall.access.RuleBook;
import dev.aftercall.access.Rules;
import dev.aftercall.http.Answer;
import dev.aftercall.http.Operation;
import dev.aftercall.http.Route;
import dev.aftercall.http.json.Body;
import dev.aftercall.http.json.Kind;
import dev.aftercall.http.json.Member;
import dev.aftercall.http.json.Shape;
import dev.aftercall.preview.Effects;
import dev.aftercall.preview.EffectsJson;
import dev.aftercall.preview.KnownPeople;
import dev.aftercall.preview.Proposal;
import dev.aftercall.preview.ProposalReader;
import java.io.IOException;
import java.util.List;

/** {@code /admin/v1/preview}: what a change of rules would open and close, before it is made. */
public final class AdminPreview {
  /** How proposals are written, wherever they are. */
  static final Member OPERATIONS =
      Member.required(
          "operations",
          new Kind.ListOf(new Kind.Any(), ProposalReader.MOST),
          "Changes in their order, each {op: put or remove, path, value}; the paths are those of"
              + " policies, grants, groups, rscGrants and tenant.");

  private static final Shape PREVIEW =
      Shape.of(
          "admin.preview",
          "A change that is thought of, and what it would open and close.",
          OPERATIONS,
          Member.optional("show", new Kind.Whole(0, 1_000), "How many ids of people to name."),
          Member.readOnly("summary", new Kind.Any(), "In sentences."),
          Member.readOnly("applications", new Kind.Any(), "What each gains and loses."),
          Member.readOnly("consentsGained", new Kind.Any(), "Consent in chats that would come."),
          Member.readOnly("consentsLost", new Kind.Any(), "Consent in chats that would go."),
          Member.readOnly("downloads", new Kind.Any(), "Who could download beside the organizer."),
          Member.readOnly("warnings", new Kind.Any(), "What may be a mistake."));

  private static final int SHOWN = 20;

  private final RuleBook rules;
  private final KnownPeople people;

  /** Compares with the rules of that book. */
  public AdminPreview(RuleBook rules, KnownPeople people) {
    this.rules = rules;
    this.people = people;
  }

  /** The routes of this resource. */
  public List<Route> routes(AdminDoor door) {
    return List.of(
        door.look(
            "POST",
            "/admin/v1/preview",
            Operation.of("Says what a change would open and close; changes nothing.")
                .taking(PREVIEW)
                .answering(PREVIEW),
            this::preview));
  }

  private Answer preview(AdminRequest request) throws IOException {
    Body body = request.body();
    Proposal proposal = ProposalReader.read(body.object().path("operations"));
    Rules now = rules.of(request.tenant());
    Effects effects =
        Effects.between(
            now,
            proposal.applyTo(now),
            people.organizers(request.tenant()),
            (int) body.whole("show").orElse(SHOWN));
    return AdminAnswers.ok(EffectsJson.of(effects, proposal.warnings(now)));
  }
}
