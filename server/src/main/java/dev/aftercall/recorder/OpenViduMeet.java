package dev.aftercall.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.arrival.Announcement;
import dev.aftercall.arrival.Message;
import dev.aftercall.digest.Hmac;
import dev.aftercall.fetch.Access;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * OpenVidu Meet 3: the webhook {@code recordingEnded}, signed by the API key, and the file by its
 * REST API ({@code GET /api/v1/recordings/{recordingId}/media}).
 *
 * @see <a href="https://openvidu.io/latest/meet/embedded/reference/webhooks/">OpenVidu Meet,
 *     Webhooks</a>
 */
final class OpenViduMeet implements Recorder {
  private static final Set<String> WHOLE = Set.of("complete", "limit_reached");

  private final String apiKey;
  private final String url;

  OpenViduMeet(Connection connection) {
    this.apiKey = connection.secret().orElseThrow();
    this.url = Urls.base(connection);
  }

  @Override
  public Heard hear(Letter letter) throws Unheard {
    prove(letter);
    JsonNode json = Proof.json(letter);
    return Members.text(json, "event").equals("recordingEnded")
        ? Heard.of(new Message(Envelope.withoutCredentials(json), Optional.empty()))
        : Heard.nothing();
  }

  private void prove(Letter letter) throws Unheard {
    String millis = letter.field("x-timestamp").orElse("");
    if (!millis.matches("[0-9]{1,14}")) {
      throw Unheard.unproved("The header field x-timestamp is missing, or no time.");
    }
    Proof.fresh(letter, Instant.ofEpochMilli(Long.parseLong(millis)));
    byte[] before = (millis + ".").getBytes(StandardCharsets.US_ASCII);
    Proof.field(letter, "x-signature", Hmac.hex(apiKey, before, letter.body()));
  }

  @Override
  public Optional<Access.Credential> credential(Optional<String> carried) {
    return Optional.of(new Access.Credential("x-api-key", apiKey));
  }

  @Override
  public List<Announcement> read(String envelope) {
    JsonNode recording = Envelope.read(envelope).path("data");
    String id = Members.text(recording, "recordingId");
    if (id.isEmpty()) {
      throw new IllegalArgumentException("'data.recordingId' is missing");
    }
    String room = Members.text(recording, "roomId");
    String name = Members.text(recording, "filename");
    return List.of(
        new Announcement(
            Members.id(id),
            Announcement.Kind.RECORDING,
            // It has no id of one meeting: a room is used for years.
            new Announcement.Occasion(
                null,
                Members.text(recording, "roomName").isEmpty()
                    ? room
                    : Members.text(recording, "roomName"),
                Members.millis(recording, "startDate"),
                Members.millis(recording, "endDate")),
            new Announcement.File(
                name.isEmpty() ? id + ".mp4" : Members.fileName(name),
                null,
                Members.whole(recording, "size"),
                null,
                url + "/api/v1/recordings/" + Urls.segment(id) + "/media",
                !WHOLE.contains(Members.text(recording, "status"))),
            null));
  }
}
