package dev.aftercall.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.aftercall.arrival.Announcement;
import dev.aftercall.arrival.Announcement.Kind;
import dev.aftercall.arrival.Message;
import dev.aftercall.digest.Hmac;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Zoom's cloud recordings, of meetings and webinars alike: {@code recording.completed} and {@code
 * recording.transcript_completed}. Each MP4 view, each M4A and each participant's audio is a
 * recording of the one meeting; the audio transcript (VTT) is its transcript. Chats, time lines,
 * closed captions and summaries are none of these.
 *
 * @see <a href="https://developers.zoom.us/docs/api/webhooks/">Zoom, Using webhooks</a>
 */
final class Zoom implements Recorder {
  private static final Set<String> EVENTS =
      Set.of("recording.completed", "recording.transcript_completed");

  private final String secret;

  Zoom(Connection connection) {
    this.secret = connection.secret().orElseThrow();
  }

  @Override
  public Heard hear(Letter letter) throws Unheard {
    prove(letter);
    JsonNode json = Proof.json(letter);
    String event = Members.text(json, "event");
    if (event.equals("endpoint.url_validation")) {
      return Heard.nothing(validated(Members.text(json.path("payload"), "plainToken")));
    }
    if (!EVENTS.contains(event)) {
      return Heard.nothing();
    }
    Optional<String> token =
        Optional.of(Members.text(json, "download_token"))
            .filter(it -> it.matches("[\\x21-\\x7e]{1,8192}"));
    return Heard.of(new Message(Envelope.withoutCredentials(json), token));
  }

  private void prove(Letter letter) throws Unheard {
    String seconds = letter.field("x-zm-request-timestamp").orElse("");
    if (!seconds.matches("[0-9]{1,11}")) {
      throw Unheard.unproved("The header field x-zm-request-timestamp is missing, or no time.");
    }
    Proof.fresh(letter, Instant.ofEpochSecond(Long.parseLong(seconds)));
    byte[] before = ("v0:" + seconds + ":").getBytes(StandardCharsets.US_ASCII);
    Proof.field(letter, "x-zm-signature", "v0=" + Hmac.hex(secret, before, letter.body()));
  }

  /**
   * That we know the secret, too. Only who has proved to be Zoom is answered: for anybody else this
   * would sign whatever they make up, a forged message included.
   */
  private Heard.Reply validated(String plainToken) throws Unheard {
    if (!plainToken.matches("[A-Za-z0-9_+/=-]{1,255}")) {
      throw new Unheard(400, "payload.plainToken is missing, or is no token.");
    }
    return Heard.Reply.json(
        200,
        JsonNodeFactory.instance
            .objectNode()
            .put("plainToken", plainToken)
            .put("encryptedToken", Hmac.hex(secret, plainToken))
            .toString());
  }

  @Override
  public List<Announcement> read(String envelope) {
    JsonNode meeting = Envelope.read(envelope).path("payload").path("object");
    String uuid = Members.text(meeting, "uuid");
    if (uuid.isEmpty()) {
      throw new IllegalArgumentException("'payload.object.uuid' is missing");
    }
    List<Announcement> files = new ArrayList<>();
    for (String list : List.of("recording_files", "participant_audio_files")) {
      for (JsonNode file : meeting.path(list)) {
        kind(file).ifPresent(kind -> files.add(announcement(uuid, meeting, file, kind)));
      }
    }
    return files;
  }

  /** Empty for what is neither picture nor sound nor transcript, and for what is not ready. */
  private static Optional<Kind> kind(JsonNode file) {
    String status = Members.text(file, "status");
    if (!status.isEmpty() && !status.equalsIgnoreCase("completed")) {
      return Optional.empty();
    }
    return switch (fileType(file)) {
      case "MP4", "M4A" -> Optional.of(Kind.RECORDING);
      case "TRANSCRIPT" -> Optional.of(Kind.TRANSCRIPT);
      default -> Optional.empty();
    };
  }

  private static String fileType(JsonNode file) {
    return Members.text(file, "file_type").toUpperCase(Locale.ROOT);
  }

  private static Announcement announcement(
      String uuid, JsonNode meeting, JsonNode file, Kind kind) {
    String at = Members.text(file, "download_url");
    if (at.isEmpty()) {
      throw new IllegalArgumentException("a file of " + uuid + " has no 'download_url'");
    }
    String view = view(file);
    String id = Members.text(file, "id");
    return new Announcement(
        id.isEmpty()
            ? Members.id(uuid, Members.text(file, "recording_start"), view, fileType(file))
            : Members.id(uuid, id),
        kind,
        new Announcement.Occasion(
            uuid,
            Members.text(meeting, "topic"),
            Members.time(file, "recording_start"),
            Members.time(file, "recording_end")),
        new Announcement.File(
            name(meeting, file, view), null, Members.whole(file, "file_size"), null, at, false),
        null);
  }

  /** The recording type; Zoom writes {@code shared_screen(CC)} with captions, and case varies. */
  private static String view(JsonNode file) {
    return Members.text(file, "recording_type")
        .toLowerCase(Locale.ROOT)
        .replaceAll("\\(.*\\)", "")
        .strip();
  }

  private static String name(JsonNode meeting, JsonNode file, String view) {
    String extension = Members.text(file, "file_extension", "file_type").toLowerCase(Locale.ROOT);
    String ending = "." + (extension.equals("transcript") ? "vtt" : extension);
    String own = Members.text(file, "file_name");
    if (!own.isEmpty()) {
      return own.toLowerCase(Locale.ROOT).endsWith(ending) ? own : own + ending;
    }
    String topic = Members.text(meeting, "topic");
    return (topic.isEmpty() ? "Zoom" : topic) + (view.isEmpty() ? "" : " " + view) + ending;
  }
}
