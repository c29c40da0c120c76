package dev.aftercall.http.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.arrival.Announcement;
import dev.aftercall.arrival.Arrival;
import dev.aftercall.arrival.ArrivalStore.Segment;
import dev.aftercall.http.json.Kind;
import dev.aftercall.http.json.Member;
import dev.aftercall.http.json.Shape;
import dev.aftercall.time.Ticks;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrivals as administrators see them. */
final class ArrivalJson {
  private static final Kind TEXT = new Kind.Text(0, 4_000);

  static final Kind STATE =
      new Kind.OneOf(Arrays.stream(Arrival.State.values()).map(Arrival.State::word).toList());

  private static final Shape SEGMENT =
      Shape.of(
          "admin.segment",
          "A recording of the same meeting.",
          Member.readOnly("id", new Kind.Guid(), "The recording."),
          Member.readOnly("start", new Kind.Instant(), "Its start."),
          Member.readOnly("end", new Kind.Instant(), "Its end."),
          Member.readOnly(
              "gapSeconds",
              new Kind.Whole(0, Long.MAX_VALUE),
              "From the end of the one before to its start; of the first, 0."));

  static final Shape ARRIVAL =
      Shape.of(
          "admin.arrival",
          "A file on its way from a recorder into the archive.",
          Member.readOnly("id", new Kind.Guid(), "Its id."),
          Member.readOnly("source", TEXT, "The source's name in the settings."),
          Member.readOnly("recorder", TEXT, "What kind of recorder it is."),
          Member.readOnly("sourceId", TEXT, "What the recorder calls the file."),
          Member.readOnly("state", STATE, "How far it has come."),
          Member.readOnly("reason", TEXT, "Why it waits, is tried again, or is set aside."),
          Member.readOnly("kind", TEXT, "recording or transcript."),
          Member.readOnly("room", TEXT, "The room's name."),
          Member.readOnly("meeting", TEXT, "The recorder's id of the meeting."),
          Member.readOnly("start", new Kind.Instant(), "Start of the recording."),
          Member.readOnly("end", new Kind.Instant(), "Its end."),
          Member.readOnly("fileName", TEXT, "The file's name."),
          Member.readOnly("size", new Kind.Whole(0, Long.MAX_VALUE), "Bytes, once they are here."),
          Member.readOnly("sha256", TEXT, "Their hash."),
          Member.readOnly("rule", TEXT, "Which rule said whose it is."),
          Member.readOnly("artifactId", new Kind.Guid(), "What it became in the archive."),
          Member.readOnly(
              "sameAs", new Kind.Guid(), "The arrival that brought these bytes before."),
          Member.readOnly("mended", TEXT, "How the bytes were mended; empty: as they came."),
          Member.readOnly("attempts", new Kind.Whole(0, 1_000_000), "Tries that failed."),
          Member.readOnly("nextTry", new Kind.Instant(), "When it is tried again."),
          Member.readOnly("announced", new Kind.Instant(), "When it was announced."),
          Member.readOnly("changed", new Kind.Instant(), "When it last came a step further."),
          Member.readOnly("envelope", new Kind.Any(), "What the recorder sent; of a single one."),
          Member.readOnly(
              "segments",
              new Kind.ListOf(new Kind.Nested(SEGMENT), 1_000),
              "The meeting's recordings in their order; of a single one."));

  private ArrivalJson() {}

  static ObjectNode of(Arrival arrival) {
    Announcement said = arrival.announcement();
    ObjectNode json =
        AdminAnswers.object()
            .put("id", arrival.id().toString())
            .put("source", arrival.source())
            .put("recorder", arrival.recorder())
            .put("sourceId", said.sourceId())
            .put("state", arrival.state().word())
            .put("reason", arrival.reason())
            .put("kind", said.kind().word())
            .put("room", said.occasion().room())
            .put("meeting", said.occasion().meeting())
            .put("start", time(said.occasion().start()))
            .put("end", time(said.occasion().end()))
            .put("fileName", said.file().name())
            .put("size", arrival.facts().map(Arrival.Facts::size).orElse(said.file().size()))
            .put("sha256", arrival.facts().map(Arrival.Facts::sha256).orElse(null))
            .put("rule", arrival.rule())
            .put("artifactId", arrival.artifact().map(Object::toString).orElse(null))
            .put("sameAs", arrival.sameAs().map(Object::toString).orElse(null))
            .put("mended", arrival.mended())
            .put("attempts", arrival.attempts());
    boolean tried =
        arrival.state() == Arrival.State.ANNOUNCED || arrival.state() == Arrival.State.FETCHING;
    return json.put("nextTry", tried ? Ticks.format(arrival.due()) : null)
        .put("announced", Ticks.format(arrival.announced()))
        .put("changed", Ticks.format(arrival.changed()));
  }

  private static @Nullable String time(@Nullable Long ticks) {
    return ticks == null ? null : Ticks.format(ticks);
  }

  static ArrayNode segments(List<Segment> segments) {
    ArrayNode list = AdminAnswers.object().arrayNode();
    for (Segment segment : segments) {
      list.addObject()
          .put("id", segment.artifact().toString())
          .put("start", Ticks.format(segment.start()))
          .put("end", Ticks.format(segment.end()))
          .put("gapSeconds", segment.gap() / 10_000_000);
    }
    return list;
  }
}
