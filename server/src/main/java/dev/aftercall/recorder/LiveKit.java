package dev.aftercall.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.arrival.Announcement;
import dev.aftercall.arrival.Message;
import dev.aftercall.fetch.Access;
import dev.aftercall.fetch.Location;
import dev.aftercall.fetch.Locations;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * LiveKit Egress: the webhook {@code egress_ended}, or the manifest that egress writes beside a
 * file. protobuf's JSON: int64 as strings, times in nanoseconds, defaults left out.
 *
 * @see <a href="https://docs.livekit.io/home/server/webhooks/">LiveKit, Webhooks</a>
 */
final class LiveKit implements Recorder {
  /** Members of an egress that are objects and tell what came of it; all others are its request. */
  private static final Set<String> RESULTS = Set.of("file", "segments");

  private final Connection connection;

  LiveKit(Connection connection) {
    this.connection = connection;
  }

  @Override
  public Heard hear(Letter letter) throws Unheard {
    LiveKitToken.prove(letter, connection.key().orElse(""), connection.secret().orElseThrow());
    JsonNode json = Proof.json(letter);
    boolean manifest = !Members.text(json, "egress_id").isEmpty();
    if (!manifest && !Members.text(json, "event").equals("egress_ended")) {
      return Heard.nothing();
    }
    for (JsonNode part : List.of(json, json.path("egressInfo"), json.path("egress_info"))) {
      dropRequest(part);
    }
    return Heard.of(new Message(Envelope.withoutCredentials(json), Optional.empty()));
  }

  /**
   * An egress repeats its request: by which keys it uploads, whom it streams to. What is nested in
   * there goes; names such as that of the room stay.
   */
  private static void dropRequest(JsonNode egress) {
    if (!(egress instanceof ObjectNode object)) {
      return;
    }
    object.remove(List.of("stream", "streamResults", "stream_results"));
    object
        .properties()
        .forEach(
            member -> {
              boolean envelope = member.getKey().matches("egressInfo|egress_info");
              if (member.getValue() instanceof ObjectNode request
                  && !envelope
                  && !RESULTS.contains(member.getKey())) {
                request
                    .properties()
                    .removeIf(
                        it ->
                            it.getValue().isContainerNode()
                                || it.getKey().matches("(?i).*ur[li].*"));
              }
            });
  }

  @Override
  public List<Announcement> read(String envelope) {
    JsonNode json = Envelope.read(envelope);
    JsonNode wrapped = Members.first(json, "egressInfo", "egress_info");
    JsonNode egress = wrapped.isObject() ? wrapped : json;
    String id = Members.text(egress, "egressId", "egress_id");
    if (id.isEmpty()) {
      throw new IllegalArgumentException("'egressInfo.egressId' is missing");
    }
    List<Announcement> files = new ArrayList<>();
    for (JsonNode file : files(egress)) {
      files.add(announcement(id, egress, file));
    }
    if (files.isEmpty()) {
      explain(id, egress);
    }
    return files;
  }

  private static List<JsonNode> files(JsonNode egress) {
    List<JsonNode> files = new ArrayList<>();
    JsonNode results = Members.first(egress, "fileResults", "file_results", "files");
    results.forEach(files::add);
    if (files.isEmpty() && egress.path("file").isObject()) {
      files.add(egress.path("file")); // deprecated, from before an egress could write several
    }
    files.removeIf(
        it -> Members.text(it, "filename").isEmpty() && Members.text(it, "location").isEmpty());
    return files;
  }

  /** Where a recording was meant and there is no file, that is not passed over in silence. */
  private static void explain(String id, JsonNode egress) {
    JsonNode segments =
        Members.first(egress, "segmentResults", "segment_results", "segments", "playlists");
    if (!segments.isEmpty()) {
      throw new IllegalArgumentException(
          id
              + " wrote HLS segments and no file. Segments are not taken in; give the egress a file"
              + " output (MP4) as well");
    }
    if (!whole(egress)) {
      throw new IllegalArgumentException(
          id
              + " ended as "
              + Members.text(egress, "status")
              + " and names no file. LiveKit says: '"
              + Members.text(egress, "error", "details")
              + "'");
    }
  }

  /** Whether LiveKit vouches for the files; a manifest says nothing of it, and is written last. */
  private static boolean whole(JsonNode egress) {
    String status = Members.text(egress, "status");
    return status.isEmpty()
        || status.equals("EGRESS_COMPLETE")
        || status.equals("EGRESS_LIMIT_REACHED");
  }

  private Announcement announcement(String id, JsonNode egress, JsonNode file) {
    String name = Members.text(file, "filename", "location");
    Long start = Members.nanos(file, "startedAt", "started_at");
    Long end = Members.nanos(file, "endedAt", "ended_at");
    return new Announcement(
        Members.id(id, name),
        Announcement.Kind.RECORDING,
        new Announcement.Occasion(
            Members.text(egress, "roomId", "room_id"),
            Members.text(egress, "roomName", "room_name"),
            start != null ? start : Members.nanos(egress, "startedAt", "started_at"),
            end != null ? end : Members.nanos(egress, "endedAt", "ended_at")),
        new Announcement.File(
            Members.fileName(name),
            null,
            Members.whole(file, "size"),
            null,
            location(file),
            !whole(egress)),
        null);
  }

  /**
   * Where the file is. LiveKit's address is that under which egress itself knows the store, which
   * need not be ours, and is none at all for an endpoint with a scheme in some versions ({@code
   * https://bucket.http://minio:9000/key}); then the file's name is the key in the one bucket.
   */
  private String location(JsonNode file) {
    String said = Members.text(file, "location");
    String name = Members.text(file, "filename");
    Optional<String> bucket =
        connection
            .access()
            .buckets()
            .map(Access.Buckets::buckets)
            .filter(it -> it.size() == 1)
            .map(it -> it.iterator().next());
    if (bucket.isPresent() && !name.isEmpty() && !reachable(said)) {
      return "s3://" + bucket.get() + "/" + (name.startsWith("/") ? name.substring(1) : name);
    }
    return said.isEmpty() ? name : said;
  }

  private boolean reachable(String said) {
    Access access = connection.access();
    try {
      return switch (Locations.of(said, connection.source().store())) {
        case Location.Bucket _ -> true;
        case Location.File _, Location.Member _ -> access.folder().isPresent();
        case Location.Api _ -> false;
        case Location.Web(java.net.URI url) ->
            access.web().stream()
                .flatMap(web -> web.hosts().stream())
                .anyMatch(host -> host.matches(Objects.requireNonNull(url)));
      };
    } catch (IllegalArgumentException e) {
      return false; // It is no address, or empty.
    }
  }
}
