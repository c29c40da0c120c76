package dev.aftercall.http.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.change.ChangeRefused;
import dev.aftercall.http.Answer;
import dev.aftercall.http.Operation;
import dev.aftercall.http.Route;
import dev.aftercall.http.json.Body;
import dev.aftercall.http.json.Kind;
import dev.aftercall.http.json.Member;
import dev.aftercall.http.json.Shape;
import dev.aftercall.query.Page;
import dev.aftercall.query.Paging;
import dev.aftercall.storage.Count;
import dev.aftercall.storage.Finding;
import dev.aftercall.storage.Hashing;
import dev.aftercall.storage.Run;
import dev.aftercall.storage.Runs;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** {@code /admin/v1/storage}: whether the store has what the catalogue promises. */
public final class AdminStorage {
  private static final int NEWEST = 100;
  private static final Kind TEXT = new Kind.Text(0, 4_000);

  private static final Shape FINDING =
      Shape.of(
          "admin.storageFinding",
          "Something in the content store that is not as the catalogue promises.",
          Member.readOnly("kind", words(Finding.Kind.values()), "What is wrong."),
          Member.readOnly("state", words(Finding.State.values()), "What became of it."),
          Member.readOnly("path", TEXT, "Where in the store."),
          Member.readOnly("expected", TEXT, "What the catalogue promises."),
          Member.readOnly("found", TEXT, "What the store has."),
          Member.readOnly("firstSeenDateTime", new Kind.Instant(), "When it was seen first."),
          Member.readOnly("lastSeenDateTime", new Kind.Instant(), "When it was seen last."));

  private static final Shape RUN =
      Shape.of(
          "admin.storageRun",
          "A walk through catalogue and content store, of this tenant's part.",
          Member.readOnly("id", new Kind.Guid(), "Its id."),
          Member.readOnly("origin", words(Run.Origin.values()), "Who wanted it."),
          Member.readOnly("state", words(Run.State.values()), "Where it stands."),
          Member.readOnly("reason", TEXT, "Why it was stopped or failed."),
          Member.readOnly("startedDateTime", new Kind.Instant(), "When it was asked for."),
          Member.readOnly("endedDateTime", new Kind.Instant(), "When it was over."),
          Member.readOnly("counts", new Kind.Any(), "What it counted in this tenant."),
          Member.optional(
              "hash", new Kind.Text(1, 20), "What to read and hash: none, sample=N% or full."),
          Member.optional(
              "quarantineOrphans",
              new Kind.Flag(),
              "Whether to move content that the catalogue does not know to quarantine/."));

  private final Runs runs;
  private final Ids ids;
  private final InstantSource clock;

  /** Speaks for those runs. */
  public AdminStorage(Runs runs, Ids ids, InstantSource clock) {
    this.runs = runs;
    this.ids = ids;
    this.clock = clock;
  }

  /** The routes of this resource. */
  public List<Route> routes(AdminDoor door) {
    String all = "/admin/v1/storage/runs";
    return List.of(
        door.look(
            "GET",
            "/admin/v1/storage/findings",
            Operation.of("Lists what is wrong in the content store, by path.")
                .listing(FINDING)
                .option("state", "open (unless said), quarantined, resolved or all.")
                .option("kind", "One kind alone."),
            this::findings),
        door.look("GET", all, Operation.of("Lists the newest runs.").listing(RUN), this::list),
        door.look("GET", all + "/{runId}", Operation.of("Gets a run.").answering(RUN), this::get),
        door.change(
            "POST",
            all,
            Operation.of("Asks for a run; the server begins it within seconds.")
                .taking(RUN)
                .answering(RUN),
            this::post));
  }

  private Answer findings(AdminRequest request) {
    Paging paging = request.paging();
    List<Finding.Known> found =
        runs.findings(
            new Runs.Query(
                Optional.of(request.tenant()),
                states(request.option("state").orElse("open")),
                request.option("kind").map(word -> word("kind", word, Finding.Kind.values())),
                paging.after().map(AdminStorage::after),
                paging.top() + 1));
    return AdminAnswers.list(
        request, Page.of(found, paging), AdminStorage::key, AdminStorage::json);
  }

  private static Set<Finding.State> states(String word) {
    return word.equals("all")
        ? EnumSet.allOf(Finding.State.class)
        : EnumSet.of(word("state", word, Finding.State.values()));
  }

  private static <E extends Enum<E>> E word(String option, String word, E[] known) {
    return Arrays.stream(known)
        .filter(each -> text(each).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                AdminRequest.wrong(
                    "OptionInvalid",
                    "'" + word + "' is no " + option + ".",
                    "Send one of "
                        + String.join(", ", Arrays.stream(known).map(AdminStorage::text).toList())
                        + "."));
  }

  private static String key(Finding.Known known) {
    return text(known.finding().kind()) + " " + known.finding().path();
  }

  private static Runs.After after(String key) {
    String[] parts = key.split(" ", 2);
    return new Runs.After(parts[1], Finding.Kind.valueOf(parts[0].toUpperCase(Locale.ROOT)));
  }

  private Answer list(AdminRequest request) {
    Paging paging = request.paging();
    // Newest first and few: whoever wants older ones has the log.
    List<Run> newest = runs.newest(Optional.of(request.tenant()), Math.min(paging.top(), NEWEST));
    return AdminAnswers.list(
        request,
        new Page<>(newest, false),
        run -> run.id().toString(),
        run -> json(run, request.tenant()));
  }

  private Answer get(AdminRequest request) {
    Run run =
        runs.find(request.guid("runId"))
            .filter(
                it ->
                    it.plan().tenant().isEmpty()
                        || it.plan().tenant().get().equals(request.tenant()))
            .orElseThrow(
                () ->
                    ChangeRefused.notFound(
                        "There is no such run.", "See them with GET /admin/v1/storage/runs."));
    return AdminAnswers.ok(json(run, request.tenant()));
  }

  private Answer post(AdminRequest request) throws IOException {
    Body body = request.body();
    Hashing hashing =
        Hashing.parse(body.text("hash").orElse("none"))
            .orElseThrow(
                () ->
                    AdminRequest.wrong(
                        "MemberInvalid",
                        "'hash' must be none, sample=N% with N from 1 to 99, or full.",
                        "Correct 'hash' and send the request again."));
    runs.newest(Optional.of(request.tenant()), NEWEST).stream()
        .filter(run -> run.plan().origin() == Run.Origin.API)
        .filter(run -> run.state() != Run.State.DONE && run.state() != Run.State.FAILED)
        .findFirst()
        .ifPresent(
            run -> {
              throw new ChangeRefused(
                  ChangeRefused.Reason.CONFLICT,
                  "The run " + run.id() + " was asked for and is not over.",
                  "Wait for it: GET /admin/v1/storage/runs/" + run.id() + ".");
            });
    Run run =
        runs.open(
            ids.guid(),
            new Run.Plan(
                Run.Origin.API,
                Optional.of(request.tenant()),
                hashing,
                body.flag("quarantineOrphans").orElse(false)),
            Ticks.of(clock.instant()));
    return AdminAnswers.accepted(json(run, request.tenant()))
        .with("Location", request.address() + "/" + run.id());
  }

  private ObjectNode json(Run run, UUID tenant) {
    ObjectNode json =
        AdminAnswers.object()
            .put("id", run.id().toString())
            .put("origin", text(run.plan().origin()))
            .put("state", text(run.state()))
            .put("hash", run.plan().hashing().text())
            .put("quarantineOrphans", run.plan().quarantine())
            .put("startedDateTime", Ticks.format(run.started()));
    run.ended().ifPresent(ended -> json.put("endedDateTime", Ticks.format(ended)));
    if (run.plan().tenant().isPresent() && !run.reason().isEmpty()) {
      json.put("reason", run.reason());
    }
    Map<Count, Long> counts = runs.counts(run.id(), Optional.of(tenant));
    ObjectNode said = json.putObject("counts");
    for (Count count : Count.values()) {
      said.put(count.word(), counts.getOrDefault(count, 0L));
    }
    return json;
  }

  private static ObjectNode json(Finding.Known known) {
    return AdminAnswers.object()
        .put("kind", text(known.finding().kind()))
        .put("state", text(known.state()))
        .put("path", known.finding().path())
        .put("expected", known.finding().expected())
        .put("found", known.finding().found())
        .put("firstSeenDateTime", Ticks.format(known.firstSeen()))
        .put("lastSeenDateTime", Ticks.format(known.lastSeen()));
  }

  private static Kind words(Enum<?>[] constants) {
    return new Kind.OneOf(Arrays.stream(constants).map(AdminStorage::text).toList());
  }

  private static String text(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
