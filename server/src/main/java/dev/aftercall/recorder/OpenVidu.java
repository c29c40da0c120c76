package dev.aftercall.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.arrival.Announcement;
import dev.aftercall.arrival.Message;
import dev.aftercall.fetch.Access;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * OpenVidu 2 and OpenVidu 3's compatible API: the webhook {@code recordingStatusChanged}, proved by
 * a header field that the operator lets OpenVidu send, and the file below its {@code url}.
 *
 * @see <a
 *     href="https://docs.openvidu.io/en/stable/reference-docs/openvidu-server-webhook/">OpenVidu
 *     Webhook</a>
 */
final class OpenVidu implements Recorder {
  private static final String USER = "OPENVIDUAPP";

  private final String secret;
  private final String url;

  OpenVidu(Connection connection) {
    this.secret = connection.secret().orElseThrow();
    this.url = Urls.base(connection);
  }

  @Override
  public Heard hear(Letter letter) throws Unheard {
    Proof.authorization(letter, USER, secret);
    JsonNode json = Proof.json(letter);
    String status = Members.text(json, "status");
    // stopped: the file is not written yet; ready follows, or failed.
    boolean over = status.equals("ready") || status.equals("failed");
    return over && Members.text(json, "event").equals("recordingStatusChanged")
        ? Heard.of(new Message(Envelope.withoutCredentials(json), Optional.empty()))
        : Heard.nothing();
  }

  @Override
  public Optional<Access.Credential> credential(Optional<String> carried) {
    String pair = USER + ":" + secret;
    return Optional.of(
        new Access.Credential(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))));
  }

  @Override
  public List<Announcement> read(String envelope) {
    JsonNode json = Envelope.read(envelope);
    String id = Members.text(json, "id");
    String name = Members.text(json, "name");
    if (id.isEmpty() || name.isEmpty()) {
      throw new IllegalArgumentException("'id' or 'name' is missing");
    }
    if (Members.text(json, "outputMode").equals("INDIVIDUAL")) {
      throw new IllegalArgumentException(
          id
              + " was recorded with outputMode INDIVIDUAL, as an archive of single streams. Archives"
              + " are not taken in; record with COMPOSED");
    }
    boolean failed = Members.text(json, "status").equals("failed");
    String file = name + (json.path("hasVideo").asBoolean(true) ? ".mp4" : ".webm");
    Long start = Members.millis(json, "startTime");
    double seconds = json.path("duration").asDouble(0);
    String session = Members.text(json, "sessionId");
    // Once a recording is deleted, its id is given again to the next of that session.
    String when = Members.text(json, "startTime", "uniqueSessionId", "timestamp");
    return List.of(
        new Announcement(
            Members.id(id, when),
            Announcement.Kind.RECORDING,
            new Announcement.Occasion(
                Members.text(json, "uniqueSessionId"),
                session,
                start,
                start != null && seconds > 0 && seconds < 1e6
                    ? Long.valueOf(start + (long) (seconds * 10_000_000))
                    : null),
            new Announcement.File(
                file,
                null,
                Members.whole(json, "size"),
                null,
                url + "/recordings/" + Urls.segment(id) + "/" + Urls.segment(file),
                failed),
            null));
  }
}
