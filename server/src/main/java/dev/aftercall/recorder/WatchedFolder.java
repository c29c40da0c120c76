package dev.aftercall.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.arrival.Announcement;
import dev.aftercall.arrival.Announcement.Kind;
import java.util.List;
import java.util.Locale;

/**
 * A folder into which anybody puts files. The worker that watches it ({@code recorder.folder})
 * writes the envelope: {@code claim}, {@code path}, {@code location}, {@code size}, {@code
 * modified}, and the words of {@link Uploading} in {@code sidecar}, where there are any.
 */
final class WatchedFolder implements Recorder {
  @Override
  public Heard hear(Letter letter) throws Unheard {
    throw new Unheard(404, "This source is a folder that is watched, and takes no messages.");
  }

  @Override
  public List<Announcement> read(String envelope) {
    JsonNode claim = Envelope.read(envelope);
    if (claim.has("unreadable")) {
      throw new IllegalArgumentException(
          "of the file's JSON, "
              + claim.path("unreadable").asText()
              + ". Mend it, then move both back into the folder");
    }
    String path = claim.path("path").asText();
    int slash = path.lastIndexOf('/');
    String name = path.substring(slash + 1);
    ObjectNode words = JsonNodeFactory.instance.objectNode();
    words.put("sourceId", claim.path("claim").asText());
    words.put("room", slash < 0 ? "" : path.substring(0, slash));
    words.put("fileName", name);
    words.put("kind", kind(name) == Kind.TRANSCRIPT ? "transcript" : "recording");
    if (claim.hasNonNull("modified")) {
      // A recorder writes to its file until the end.
      words.set("end", claim.path("modified"));
    }
    claim.path("sidecar").properties().forEach(said -> words.set(said.getKey(), said.getValue()));
    Announcement said = Uploading.announcement(words);
    Announcement.File file = said.file();
    return List.of(
        new Announcement(
            said.sourceId(),
            said.kind(),
            said.occasion(),
            new Announcement.File(
                file.name(),
                file.mediaType(),
                file.size() == null ? Long.valueOf(claim.path("size").longValue()) : file.size(),
                file.sha256(),
                claim.path("location").asText(),
                false),
            said.asserted()));
  }

  private static Kind kind(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".vtt") || lower.endsWith(".srt") ? Kind.TRANSCRIPT : Kind.RECORDING;
  }
}
