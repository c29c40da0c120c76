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
import dev.aftercall.metering.Applications;
import dev.aftercall.metering.Applications.Application;
import dev.aftercall.metering.Plan;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** {@code /admin/v1/applications}: by which terms an application retrieves content. */
public final class AdminApplications {
  private static final int LONGEST_ID = 128;

  private static final Shape APPLICATION =
      Shape.of(
          "admin.application",
          "An application in the tenant.",
          Member.readOnly("appId", new Kind.Text(1, LONGEST_ID), "Its client id."),
          Member.required(
              "meteringPlan",
              new Kind.OneOf(Arrays.stream(Plan.values()).map(AdminApplications::word).toList()),
              "unlimited; evaluation: 600 minutes of each meter in a calendar month, then 402;"
                  + " standard: priced, and what every application has until it is set."),
          Member.readOnly(
              "warnings",
              new Kind.ListOf(new Kind.Text(1, 1_000), 1_000),
              "After a change: what was accepted and may yet be a mistake."));

  private final Applications applications;

  /** Speaks for those applications. */
  public AdminApplications(Applications applications) {
    this.applications = applications;
  }

  /** The routes of this resource. */
  public List<Route> routes(AdminDoor door) {
    String all = "/admin/v1/applications";
    String one = all + "/{appId}";
    return List.of(
        door.look(
            "GET",
            all,
            Operation.of(
                    "Lists applications that policies name, that retrieved content or that"
                        + " have a plan, by their ids.")
                .listing(APPLICATION),
            this::list),
        door.look(
            "GET", one, Operation.of("Gets an application.").answering(APPLICATION), this::get),
        door.change(
            "PUT",
            one,
            Operation.of("Sets an application's metering plan.")
                .taking(APPLICATION)
                .answering(APPLICATION),
            this::put));
  }

  private Answer list(AdminRequest request) {
    return AdminAnswers.list(
        request,
        applications.list(request.tenant(), request.paging()),
        application -> application.value().appId(),
        application -> AdminAnswers.item(json(application)));
  }

  private Answer get(AdminRequest request) {
    String appId = appId(request);
    return AdminAnswers.ok(
        json(
            applications
                .find(request.tenant(), appId)
                .orElseThrow(
                    () ->
                        ChangeRefused.notFound(
                            "Nothing is known of an application '" + appId + "'.",
                            "See those that are with GET /admin/v1/applications, or give it a plan"
                                + " with PUT."))));
  }

  private Answer put(AdminRequest request) throws IOException {
    Body body = request.body();
    Plan plan = Plan.valueOf(body.word("meteringPlan").orElseThrow().toUpperCase(Locale.ROOT));
    Applications.Saved saved =
        applications.set(
            request.tenant(), new Application(appId(request), plan), request.precondition());
    List<String> warnings =
        saved.known()
            ? List.of()
            : List.of("No policy names this application, and it has retrieved nothing yet.");
    boolean created = !saved.known();
    return AdminAnswers.saved(request, json(saved.application()), created, warnings);
  }

  private static String appId(AdminRequest request) {
    String appId = request.parameter("appId");
    if (appId.isBlank() || appId.length() > LONGEST_ID) {
      throw AdminRequest.wrong(
          "IdInvalid",
          "The application's id in the path is empty or longer than " + LONGEST_ID + " characters.",
          "Send its client id.");
    }
    return appId;
  }

  private static Versioned<ObjectNode> json(Versioned<Application> application) {
    return new Versioned<>(
        AdminAnswers.object()
            .put("appId", application.value().appId())
            .put("meteringPlan", word(application.value().plan())),
        application.version());
  }

  private static String word(Plan plan) {
    return plan.name().toLowerCase(Locale.ROOT);
  }
}
