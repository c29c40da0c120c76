package dev.aftercall.http.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.http.Answer;
import dev.aftercall.http.Operation;
import dev.aftercall.http.Route;
import dev.aftercall.http.json.Kind;
import dev.aftercall.http.json.Member;
import dev.aftercall.http.json.Shape;
import dev.aftercall.query.Page;
import dev.aftercall.query.Paging;
import dev.aftercall.retention.Archive;
import dev.aftercall.retention.Outlook;
import dev.aftercall.retention.RetentionRun;
import dev.aftercall.retention.RunState.Warning;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** {@code /admin/v1/retention}: what will go, what is going to be warned of, and a run by hand. */
public final class AdminRetention {
  private static final Kind COUNT = new Kind.Whole(0, Long.MAX_VALUE);

  private static final Shape SHARE =
      Shape.of(
          "admin.retentionShare",
          "So many items.",
          Member.readOnly("items", COUNT, "How many."),
          Member.readOnly("bytes", COUNT, "How large together."),
          Member.readOnly("samples", new Kind.ListOf(new Kind.Any(), 10), "The first of them."));

  private static final Shape FORECAST =
      Shape.of(
          "admin.retentionForecast",
          "What a run would do at a date, had nothing happened until then.",
          Member.readOnly("date", new Kind.Instant(), "The date."),
          Member.readOnly("toTrash", new Kind.Nested(SHARE), "Would go to the trash."),
          Member.readOnly("purged", new Kind.Nested(SHARE), "Would be purged from the trash."),
          Member.readOnly("held", new Kind.Nested(SHARE), "Would be, were they not held."));

  private static final Shape WARNING =
      Shape.of(
          "admin.retentionWarning",
          "An item that is going to the trash.",
          Member.readOnly("artifactId", new Kind.Guid(), "The item."),
          Member.readOnly("kind", new Kind.Text(1, 20), "recording or transcript."),
          Member.readOnly("expiresAt", new Kind.Instant(), "When."),
          Member.readOnly("expiresBy", new Kind.Text(1, 128), "By which rule."),
          Member.readOnly("warnedDateTime", new Kind.Instant(), "When it was last seen."));

  private static final Shape ORDER =
      Shape.of(
          "admin.retentionOrder",
          "How to run.",
          Member.optional(
              "confirm", new Kind.Flag(), "The clock is right and that much shall go."));

  private static final Shape REPORT =
      Shape.of(
          "admin.retentionReport",
          "What a run did.",
          Member.readOnly("verdict", new Kind.Text(1, 20), "done, or why nothing was."),
          Member.readOnly("expired", COUNT, "Items that went to the trash."),
          Member.readOnly("purged", COUNT, "Items purged."),
          Member.readOnly("purgedBytes", COUNT, "Their bytes."),
          Member.readOnly("failed", COUNT, "Items whose bytes could not be removed yet."),
          Member.readOnly(
              "refused", COUNT, "Items due, where they are too many to go unconfirmed."));

  private final RetentionRun.Rooms rooms;
  private final Outlook outlook;
  private final RetentionRun run;
  private final InstantSource clock;

  /** Speaks for that retention. */
  public AdminRetention(
      RetentionRun.Rooms rooms, Outlook outlook, RetentionRun run, InstantSource clock) {
    this.rooms = rooms;
    this.outlook = outlook;
    this.run = run;
    this.clock = clock;
  }

  /** The routes. */
  public List<Route> routes(AdminDoor door) {
    String root = "/admin/v1/retention/";
    return List.of(
        door.look(
            "GET",
            root + "preview",
            Operation.of("Says what a run would do at a date; changes nothing.")
                .answering(FORECAST)
                .option("date", "Date or date-time; now unless said."),
            this::preview),
        door.look(
            "GET",
            root + "warnings",
            Operation.of("Lists items that go to the trash soon.").listing(WARNING),
            this::warnings),
        door.change(
            "POST",
            root + "run",
            Operation.of("Runs the retention now.").taking(ORDER).answering(REPORT),
            this::run));
  }

  private Answer preview(AdminRequest request) {
    long at = request.option("date").map(Dates::read).orElseGet(() -> Ticks.of(clock.instant()));
    Outlook.Forecast forecast = outlook.at(request.tenant(), at);
    ObjectNode json = AdminAnswers.object().put("date", Ticks.format(at));
    share(json.putObject("toTrash"), forecast.expiring());
    share(json.putObject("purged"), forecast.purging());
    share(json.putObject("held"), forecast.held());
    return AdminAnswers.ok(json);
  }

  private static void share(ObjectNode json, Outlook.Share share) {
    ArrayNode samples =
        json.put("items", share.items()).put("bytes", share.bytes()).putArray("samples");
    for (Outlook.Sample sample : share.samples()) {
      samples
          .addObject()
          .put("artifactId", sample.item().artifact().toString())
          .put("kind", sample.item().kind().name().toLowerCase(Locale.ROOT))
          .put("organizer", sample.item().organizer().toString())
          .put("due", Ticks.format(sample.since()))
          .put("rule", sample.rule());
    }
  }

  private Answer warnings(AdminRequest request) {
    Paging paging = request.paging();
    List<Warning> found =
        rooms
            .state()
            .warnings(
                request.tenant(), paging.after().map(AdminRetention::position), paging.top() + 1);
    return AdminAnswers.list(
        request,
        Page.of(found, paging),
        warning -> warning.expires() + ":" + warning.artifact(),
        warning ->
            AdminAnswers.object()
                .put("artifactId", warning.artifact().toString())
                .put("kind", warning.kind().name().toLowerCase(Locale.ROOT))
                .put("expiresAt", Ticks.format(warning.expires()))
                .put("expiresBy", warning.rule())
                .put("warnedDateTime", Ticks.format(warning.warned())));
  }

  private static Archive.Position position(String key) {
    String[] parts = key.split(":", 2);
    return new Archive.Position(Long.parseLong(parts[0]), UUID.fromString(parts[1]));
  }

  private Answer run(AdminRequest request) throws IOException {
    boolean confirmed = request.body().flag("confirm").orElse(false);
    RetentionRun.Report report = run.run(List.of(request.tenant()), confirmed);
    return AdminAnswers.ok(
        AdminAnswers.object()
            .put("verdict", report.verdict().name().toLowerCase(Locale.ROOT))
            .put("expired", report.expired())
            .put("purged", report.purged())
            .put("purgedBytes", report.purgedBytes())
            .put("failed", report.failed())
            .put("refused", report.refused().getOrDefault(request.tenant(), 0L)));
  }
}
