package dev.aftercall.http.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.arrival.Arrival;
import dev.aftercall.arrival.ArrivalDesk;
import dev.aftercall.arrival.ArrivalStore;
import dev.aftercall.arrival.Mending;
import dev.aftercall.change.ChangeRefused;
import dev.aftercall.http.Answer;
import dev.aftercall.http.Operation;
import dev.aftercall.http.Route;
import dev.aftercall.http.json.Body;
import dev.aftercall.http.json.Kind;
import dev.aftercall.http.json.Member;
import dev.aftercall.http.json.Shape;
import dev.aftercall.intake.IntakeException;
import dev.aftercall.query.Page;
import dev.aftercall.query.Paging;
import dev.aftercall.recorder.Envelope;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** {@code /admin/v1/arrivals}: what recorders announced, and what to do with what is stuck. */
public final class AdminArrivals {
  private static final Kind PEOPLE = new Kind.ListOf(new Kind.Guid(), 1_000);

  private static final Shape ASSIGNMENT =
      Shape.of(
          "admin.assignment",
          "Whose a recording is.",
          Member.optional("organizer", new Kind.Guid(), "The person whose meeting it is."),
          Member.optional("meetingId", new Kind.Text(1, 1_000), "Or a meeting that is here."),
          Member.optional("subject", new Kind.Text(1, 255), "Subject of the meeting made."),
          Member.optional("attendees", PEOPLE, "People invited."),
          Member.optional("coorganizers", PEOPLE, "People who run the meeting too."));

  private static final Shape REASON =
      Shape.of(
          "admin.rejection",
          "Why a file is not wanted.",
          Member.required("reason", new Kind.Text(1, 1_000), "In words for who asks later."));

  private final ArrivalStore store;
  private static final Shape REPAIR =
      Shape.of(
          "admin.repair",
          "How to mend a file; needs ffmpeg on the server.",
          Member.required(
              "job",
              new Kind.OneOf(List.of("remux", "recover")),
              "remux packs it anew; recover saves what can be played."));

  private final ArrivalDesk desk;
  private final Mending mending;

  /** Speaks for that desk. */
  public AdminArrivals(ArrivalStore store, ArrivalDesk desk, Mending mending) {
    this.store = store;
    this.desk = desk;
    this.mending = mending;
  }

  /** The routes. */
  public List<Route> routes(AdminDoor door) {
    String all = "/admin/v1/arrivals";
    String one = all + "/{arrivalId}";
    return List.of(
        door.look(
            "GET",
            all,
            Operation.of("Lists what recorders announced, newest first.")
                .option("state", "Only these states, with commas between them.")
                .option("source", "Only this source.")
                .option("room", "Only this room, by its whole name.")
                .listing(ArrivalJson.ARRIVAL),
            this::list),
        door.look(
            "GET",
            one,
            Operation.of("Gets one, with what the recorder sent.").answering(ArrivalJson.ARRIVAL),
            this::get),
        step(door, one + "/retry", "Fetches it again, at once.", desk::retry),
        step(
            door,
            one + "/replay",
            "Reads again what the recorder sent, by adapter and rules as they are now.",
            desk::replay),
        step(
            door,
            one + "/release",
            "Judges what is in quarantine anew, without what was declared of it.",
            arrival -> desk.release(arrival, Optional.empty())),
        door.change(
            "POST",
            one + "/repair",
            Operation.of("Mends a file in quarantine; answers when that is done.")
                .taking(REPAIR)
                .answering(ArrivalJson.ARRIVAL),
            this::repair),
        door.change(
            "POST",
            one + "/assign",
            Operation.of("Says whose an unassigned file is.")
                .taking(ASSIGNMENT)
                .answering(ArrivalJson.ARRIVAL),
            this::assign),
        door.change(
            "POST",
            one + "/reject",
            Operation.of("Gives up what nobody wants.")
                .taking(REASON)
                .answering(ArrivalJson.ARRIVAL),
            this::reject));
  }

  /** What can be done with an arrival. */
  @FunctionalInterface
  private interface Step {
    Arrival take(Arrival arrival) throws IntakeException, IOException;
  }

  private Route step(AdminDoor door, String path, String summary, Step step) {
    return door.change(
        "POST",
        path,
        Operation.of(summary).answering(ArrivalJson.ARRIVAL),
        request -> taken(request, step));
  }

  private Answer taken(AdminRequest request, Step step) throws IOException {
    try {
      return AdminAnswers.ok(ArrivalJson.of(step.take(find(request))));
    } catch (IntakeException e) {
      throw new ChangeRefused(
          e.kind() == IntakeException.Kind.INVALID
              ? ChangeRefused.Reason.INVALID
              : ChangeRefused.Reason.CONFLICT,
          e.text(),
          "The arrival stays as it is; see its state and reason.");
    }
  }

  private Arrival find(AdminRequest request) {
    return desk.find(request.tenant(), request.guid("arrivalId"));
  }

  private Answer list(AdminRequest request) {
    Paging paging = request.paging();
    List<Arrival> found =
        store.list(
            request.tenant(),
            new ArrivalStore.Wanted(
                states(request.option("state")), request.option("source"), request.option("room")),
            paging);
    return AdminAnswers.list(request, Page.of(found, paging), ArrivalStore::key, ArrivalJson::of);
  }

  private static Set<Arrival.State> states(Optional<String> asked) {
    Set<Arrival.State> states = new TreeSet<>();
    for (String word : asked.map(it -> it.split(",", -1)).orElse(new String[0])) {
      states.add(
          Arrays.stream(Arrival.State.values())
              .filter(state -> state.word().equals(word.strip().toLowerCase(Locale.ROOT)))
              .findFirst()
              .orElseThrow(
                  () ->
                      AdminRequest.wrong(
                          "StateUnknown",
                          "'" + word + "' is no state of an arrival.",
                          "Known are announced, fetching, probing, unassigned, ready, quarantined,"
                              + " rejected.")));
    }
    return states;
  }

  private Answer get(AdminRequest request) {
    Arrival arrival = find(request);
    ObjectNode json = ArrivalJson.of(arrival);
    if (!arrival.envelope().isEmpty()) {
      json.set("envelope", Envelope.read(arrival.envelope()));
    }
    json.set("segments", ArrivalJson.segments(store.segments(arrival)));
    return AdminAnswers.ok(json);
  }

  private Answer assign(AdminRequest request) throws IOException {
    Body body = request.body();
    if (!body.has("organizer") && !body.has("meetingId")) {
      throw AdminRequest.wrong(
          "AssignmentEmpty",
          "Neither 'organizer' nor 'meetingId' says whose it is.",
          "Send one of the two.");
    }
    ObjectNode members = body.object().deepCopy();
    return taken(request, arrival -> desk.assign(arrival, members));
  }

  private Answer repair(AdminRequest request) throws IOException {
    Mending.Job job =
        Mending.Job.valueOf(request.body().word("job").orElseThrow().toUpperCase(Locale.ROOT));
    return taken(request, arrival -> mending.mend(arrival, job));
  }

  private Answer reject(AdminRequest request) throws IOException {
    String reason = request.body().text("reason").orElseThrow();
    return taken(request, arrival -> desk.reject(arrival, reason));
  }
}
