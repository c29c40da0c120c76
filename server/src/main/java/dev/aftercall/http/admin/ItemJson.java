package dev.aftercall.http.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.change.Versioned;
import dev.aftercall.http.json.Kind;
import dev.aftercall.http.json.Member;
import dev.aftercall.http.json.Shape;
import dev.aftercall.retention.ArchiveItem;
import dev.aftercall.retention.Outlook.View;
import dev.aftercall.retention.Removal;
import dev.aftercall.time.Ticks;
import java.util.List;
import java.util.Locale;

/** Recordings and transcripts as administrators see them. */
final class ItemJson {
  static final Kind TAGS = new Kind.ListOf(new Kind.Text(1, 64), 32);

  private static final Kind WORD = new Kind.Text(0, 1_000);

  static final Shape ITEM =
      Shape.of(
          "admin.archiveItem",
          "A recording or transcript, live or in the trash.",
          Member.readOnly("artifactId", new Kind.Guid(), "Its GUID."),
          Member.readOnly("id", WORD, "Its id in Graph."),
          Member.readOnly(
              "kind", new Kind.OneOf(List.of("recording", "transcript")), "What it is."),
          Member.readOnly("meetingId", WORD, "Its meeting's id in Graph; null for ad hoc calls."),
          Member.readOnly("meetingKey", new Kind.Guid(), "Its meeting's or call's GUID."),
          Member.readOnly("organizer", new Kind.Guid(), "Whose it is."),
          Member.readOnly("createdDateTime", new Kind.Instant(), "When it begins."),
          Member.readOnly("endDateTime", new Kind.Instant(), "When it ends."),
          Member.readOnly("size", new Kind.Whole(0, Long.MAX_VALUE), "In bytes."),
          Member.readOnly("sha256", WORD, "Hash of the bytes."),
          Member.optional("tags", TAGS, "Words for retention rules to go by."),
          Member.readOnly(
              "state", new Kind.OneOf(List.of("live", "trash", "purging")), "Where it is."),
          Member.readOnly(
              "expiresAt", new Kind.Instant(), "When it goes to the trash; null: never."),
          Member.readOnly("expiresBy", WORD, "Name of the rule that says so."),
          Member.readOnly("removedDateTime", new Kind.Instant(), "Since when it is in the trash."),
          Member.readOnly("removedBy", WORD, "Who deleted it; 'retention' when it expired."),
          Member.readOnly("reason", new Kind.OneOf(List.of("deleted", "expired")), "Why."),
          Member.readOnly("purgeAfter", new Kind.Instant(), "Until when it can be restored."),
          Member.readOnly("holds", new Kind.ListOf(WORD, 1_000), "Names of holds that keep it."),
          Member.readOnly("warnings", new Kind.ListOf(WORD, 1_000), "After a change."));

  private ItemJson() {}

  static Versioned<ObjectNode> of(View view) {
    ArchiveItem item = view.item();
    ObjectNode json =
        AdminAnswers.object()
            .put("artifactId", item.artifact().toString())
            .put("id", item.id())
            .put("kind", item.kind().name().toLowerCase(Locale.ROOT))
            .put("meetingId", item.meetingId().orElse(null))
            .put("meetingKey", item.meetingKey().toString())
            .put("organizer", item.organizer().toString())
            .put("createdDateTime", Ticks.format(item.created()))
            .put("endDateTime", Ticks.format(item.ended()))
            .put("size", item.size())
            .put("sha256", item.sha256());
    ArrayNode tags = json.putArray("tags");
    item.tags().stream().sorted().forEach(tags::add);
    if (item.removal().isPresent()) {
      Removal removal = item.removal().get();
      boolean kept = removal.phase() == Removal.Phase.KEPT;
      json.put("state", kept ? "trash" : "purging")
          .put("removedDateTime", Ticks.format(removal.at()))
          .put("removedBy", removal.by())
          .put("reason", removal.reason().name().toLowerCase(Locale.ROOT))
          .put("purgeAfter", view.ends().map(Ticks::format).orElse(null));
      if (!removal.rule().isEmpty()) {
        json.put("expiresBy", removal.rule());
      }
    } else {
      json.put("state", "live")
          .put("expiresAt", view.ends().map(Ticks::format).orElse(null))
          .put("expiresBy", view.cause());
    }
    ArrayNode holds = json.putArray("holds");
    view.holds().forEach(holds::add);
    return new Versioned<>(json, item.version());
  }
}
