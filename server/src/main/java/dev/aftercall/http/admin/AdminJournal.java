package dev.aftercall.http.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.http.Answer;
import dev.aftercall.http.GraphException;
import dev.aftercall.http.Operation;
import dev.aftercall.http.Route;
import dev.aftercall.http.json.Kind;
import dev.aftercall.http.json.Member;
import dev.aftercall.http.json.Shape;
import dev.aftercall.journal.Chain;
import dev.aftercall.journal.EntryJson;
import dev.aftercall.journal.JournalAccesses;
import dev.aftercall.journal.JournalAccesses.Access;
import dev.aftercall.journal.JournalQuery;
import dev.aftercall.journal.JournalQuery.Position;
import dev.aftercall.journal.Sessions.Session;
import dev.aftercall.query.Page;
import dev.aftercall.query.Paging;
import dev.aftercall.recording.RecordingId;
import dev.aftercall.time.Ticks;
import java.time.DateTimeException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code /admin/v1/journal}, and who watched or downloaded a recording. */
public final class AdminJournal {
  private static final Kind TEXT = new Kind.Text(0, 8_000);
  private static final Kind WHOLE = new Kind.Whole(0, Long.MAX_VALUE);

  private static final Shape ENTRY =
      Shape.of(
          "admin.journalEntry",
          "An entry of the journal in its place in the tenant's chain.",
          Member.readOnly("sequence", WHOLE, "Its number in the chain."),
          Member.readOnly("id", TEXT, "Its own id."),
          Member.readOnly("dateTime", new Kind.Instant(), "When it happened."),
          Member.readOnly("tenant", new Kind.Guid(), "Whose chain it is in."),
          Member.readOnly("requestId", TEXT, "The request that caused it."),
          Member.readOnly("caller", TEXT, "The person's object id, or the application's id."),
          Member.readOnly("appId", TEXT, "The application's client id."),
          Member.readOnly("action", TEXT, "What was asked for."),
          Member.readOnly("target", TEXT, "Of what."),
          Member.readOnly("rule", TEXT, "What let the caller in, or refused."),
          Member.readOnly("allowed", new Kind.Flag(), "Whether it was let in."),
          Member.readOnly("status", WHOLE, "How a delivery was answered; 0 for a decision."),
          Member.readOnly("bytes", WHOLE, "Of content that were really sent."),
          Member.readOnly("whole", new Kind.Flag(), "Whether all that was promised was sent."),
          Member.readOnly("ranges", TEXT, "Which bytes: 0-99,200-299."),
          Member.readOnly("minutes", WHOLE, "That it was metered with."),
          Member.readOnly("hash", TEXT, "SHA-256 of the entry and all before it."));

  private static final Shape ACCESS =
      Shape.of(
          "admin.access",
          "A viewing or download: requests with no more than half an hour between them.",
          Member.readOnly("caller", TEXT, "The person's object id, or the application's id."),
          Member.readOnly("appId", TEXT, "The application's client id."),
          Member.readOnly("action", TEXT, "content or attributed_content."),
          Member.readOnly("rule", TEXT, "What let the caller in."),
          Member.readOnly("firstDateTime", new Kind.Instant(), "Of the first request."),
          Member.readOnly("lastDateTime", new Kind.Instant(), "When the last one ended."),
          Member.readOnly("requests", WHOLE, "How many."),
          Member.readOnly("unended", WHOLE, "Of how many it is not known how they ended."),
          Member.readOnly("redirects", WHOLE, "How many the object store was to answer."),
          Member.readOnly("bytes", WHOLE, "That were sent, repeated ones as often as they were."),
          Member.readOnly("ranges", TEXT, "Which bytes were sent, merged."),
          Member.readOnly("minutes", WHOLE, "That it was metered with."));

  private final JournalAccesses journal;

  /** Speaks for that journal. */
  public AdminJournal(JournalAccesses journal) {
    this.journal = journal;
  }

  /** The routes of this resource. */
  public List<Route> routes(AdminDoor door) {
    return List.of(
        door.look(
            "GET",
            "/admin/v1/journal",
            Operation.of("Lists entries that are not archived, newest first.")
                .listing(ENTRY)
                .option("from", "From this date-time on.")
                .option("to", "Before this date-time.")
                .option("caller", "Of this person or application.")
                .option("appId", "By this application.")
                .option("recording", "Of this recording or transcript.")
                .option("allowed", "true for what was let in, false for refusals."),
            this::entries),
        door.look(
            "GET",
            "/admin/v1/recordings/{recordingId}/accesses",
            Operation.of("Lists who watched or downloaded a recording, newest first.")
                .listing(ACCESS),
            this::accesses));
  }

  private Answer entries(AdminRequest request) {
    Paging paging = request.paging();
    JournalQuery query =
        new JournalQuery(
            request.tenant(),
            time(request, "from"),
            time(request, "to"),
            request.option("caller"),
            request.option("appId"),
            request.option("recording").map(AdminJournal::artifact).map(UUID::toString),
            request.option("allowed").map(AdminJournal::flag),
            paging.after().map(AdminJournal::position),
            paging.top() + 1);
    return AdminAnswers.list(
        request, Page.of(journal.page(query), paging), AdminJournal::key, EntryJson::object);
  }

  private static String key(Chain.Link link) {
    return link.written().entry().at() + "|" + link.sequence();
  }

  private static Position position(String key) {
    String[] parts = key.split("\\|", 2);
    return new Position(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
  }

  private Answer accesses(AdminRequest request) {
    Paging paging = request.paging();
    List<Access> read =
        journal.accesses(
            request.tenant(),
            artifact(request.parameter("recordingId")),
            paging.after().map(AdminJournal::accessPosition),
            paging.top() + 1);
    return AdminAnswers.list(
        request,
        Page.of(read, paging),
        access -> access.session().first() + "|" + access.session().id(),
        AdminJournal::json);
  }

  private static JournalAccesses.Position accessPosition(String key) {
    String[] parts = key.split("\\|", 2);
    return new JournalAccesses.Position(Long.parseLong(parts[0]), parts[1]);
  }

  private static ObjectNode json(Access access) {
    Session session = access.session();
    return AdminAnswers.object()
        .put("caller", access.caller())
        .put("appId", access.app())
        .put("action", access.action())
        .put("rule", session.rule())
        .put("firstDateTime", Ticks.format(session.first()))
        .put("lastDateTime", Ticks.format(session.last()))
        .put("requests", session.decisions())
        .put("unended", session.decisions() - session.ends())
        .put("redirects", session.redirects())
        .put("bytes", session.bytes())
        .put("ranges", session.ranges().toString())
        .put("minutes", session.minutes());
  }

  private static UUID artifact(String id) {
    return RecordingId.artifact(id)
        .orElseThrow(
            () ->
                AdminRequest.wrong(
                    "IdInvalid",
                    "'" + id + "' is no id of a recording or transcript.",
                    "Send the id as Graph's API gives it, or its GUID."));
  }

  private static Optional<Long> time(AdminRequest request, String name) {
    return request
        .option(name)
        .map(
            text -> {
              try {
                return Ticks.parse(text);
              } catch (DateTimeException | ArithmeticException e) {
                throw wrong(name, text, "Send a date-time like 2024-05-01T10:00:00Z.");
              }
            });
  }

  private static boolean flag(String word) {
    return switch (word) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong("allowed", word, "Send true or false.");
    };
  }

  private static GraphException wrong(String name, String value, String remedy) {
    return AdminRequest.wrong(
        "OptionInvalid", "'" + name + "' is '" + value + "', which cannot be read.", remedy);
  }
}
