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
import dev.aftercall.ruling.Switches;
import dev.aftercall.ruling.TenantSwitches;
import dev.aftercall.ruling.Warnings;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** {@code /admin/v1/tenant}: the tenant's switches. */
public final class AdminTenant {
  private static final Shape TENANT =
      Shape.of(
          "admin.tenant",
          "A tenant's switches. What a PATCH does not name stays; null is the default.",
          Member.readOnly("id", new Kind.Guid(), "The tenant."),
          Member.optional(
              "participantDownload",
              new Kind.Flag(),
              "Whether people on the invitation may download, or the organizer alone. Default:"
                  + " false."),
          Member.optional(
              "downloadExemptGroupIds",
              new Kind.ListOf(new Kind.Guid(), 1_000),
              "Groups whose invited members may download although participantDownload is false."),
          Member.optional(
              "graphTranscriptAccess",
              new Kind.Flag(),
              "Whether Graph gives transcripts out at all. Default: true."),
          Member.optional(
              "attributedTranscripts",
              new Kind.Flag(),
              "Whether transcripts say who spoke. Default: true."),
          Shapes.WARNINGS);

  private final TenantSwitches tenants;
  private final Warnings warnings;

  /** Speaks for those switches. */
  public AdminTenant(TenantSwitches tenants, Warnings warnings) {
    this.tenants = tenants;
    this.warnings = warnings;
  }

  /** The routes of this resource. */
  public List<Route> routes(AdminDoor door) {
    String path = "/admin/v1/tenant";
    return List.of(
        door.look(
            "GET", path, Operation.of("Gets the tenant's switches.").answering(TENANT), this::get),
        door.change(
            "PATCH",
            path,
            Operation.of("Sets the switches that are named.").taking(TENANT).answering(TENANT),
            this::patch));
  }

  private Answer get(AdminRequest request) {
    return AdminAnswers.ok(json(request, tenants.of(request.tenant())));
  }

  private Answer patch(AdminRequest request) throws IOException {
    Body body = request.body();
    Versioned<Switches> changed =
        tenants.change(request.tenant(), request.precondition(), before -> changed(before, body));
    return AdminAnswers.saved(
        request, json(request, changed), false, warnings.of(request.tenant(), changed.value()));
  }

  private static Switches changed(Switches before, Body body) {
    Switches usual = Switches.DEFAULT;
    Switches after = before;
    if (body.has("participantDownload")) {
      after =
          after.withParticipantDownload(
              body.flag("participantDownload").orElse(usual.participantDownload()));
    }
    if (body.has("downloadExemptGroupIds")) {
      after = after.withExemptGroups(Set.copyOf(body.guids("downloadExemptGroupIds")));
    }
    if (body.has("graphTranscriptAccess")) {
      after =
          after.withGraphTranscriptAccess(
              body.flag("graphTranscriptAccess").orElse(usual.graphTranscriptAccess()));
    }
    if (body.has("attributedTranscripts")) {
      after =
          after.withAttributedTranscripts(
              body.flag("attributedTranscripts").orElse(usual.attributedTranscripts()));
    }
    return after;
  }

  private static Versioned<ObjectNode> json(AdminRequest request, Versioned<Switches> switches) {
    ObjectNode json =
        AdminAnswers.object()
            .put("id", request.tenant().toString())
            .put("participantDownload", switches.value().participantDownload());
    ArrayNode exempt = json.putArray("downloadExemptGroupIds");
    switches.value().exemptGroups().stream().sorted().forEach(id -> exempt.add(id.toString()));
    json.put("graphTranscriptAccess", switches.value().graphTranscriptAccess())
        .put("attributedTranscripts", switches.value().attributedTranscripts());
    return new Versioned<>(json, switches.version());
  }
}
