package dev.aftercall.recorder.bigbluebutton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.arrival.Announcement;
import dev.aftercall.arrival.Enquiry;
import dev.aftercall.arrival.Message;
import dev.aftercall.recorder.Connection;
import dev.aftercall.recorder.Envelope;
import dev.aftercall.recorder.Heard;
import dev.aftercall.recorder.Letter;
import dev.aftercall.recorder.Recorder;
import dev.aftercall.recorder.Unheard;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * BigBlueButton. Our post_publish hook sends the recording's metadata.xml; its own "recording
 * ready" callback a form with {@code signed_parameters}; bbb-webhooks a form with {@code event}.
 * None says where the files lie: that is found out when they are fetched ({@link Files}).
 */
public final class BigBlueButton implements Recorder {
  private static final Duration NEWS = Duration.ofDays(1);

  private final Proofs proofs;
  private final Connection connection;

  /** One that is connected with its secret. */
  public BigBlueButton(Connection connection) {
    this.connection = connection;
    this.proofs = new Proofs(connection.secret().orElseThrow());
  }

  @Override
  public Heard hear(Letter letter) throws Unheard {
    if (!letter.method().equals("POST")) {
      throw new Unheard(405, "Send it by POST.");
    }
    if (letter.field("X-Aftercall-Signature").isPresent()) {
      proofs.hook(letter);
      return heard(() -> hook(letter.body()));
    }
    if (letter.parameter("checksum").isPresent() || letter.field("Authorization").isPresent()) {
      proofs.webhook(letter);
      return event(letter);
    }
    String token = form(letter.body()).get("signed_parameters");
    if (token == null) {
      throw Unheard.unproved(
          "It carries neither X-Aftercall-Signature, nor a checksum, nor signed_parameters.");
    }
    JsonNode claims = proofs.token(token);
    return heard(
        () ->
            published(
                "ready",
                Published.bare(
                    claims.path("record_id").asText(), claims.path("meeting_id").asText())));
  }

  /** What a proved message is kept as. */
  @FunctionalInterface
  private interface Kept {
    ObjectNode envelope();
  }

  private static Heard heard(Kept kept) throws Unheard {
    try {
      return Heard.of(new Message(Envelope.withoutCredentials(kept.envelope()), Optional.empty()));
    } catch (IllegalArgumentException e) {
      throw new Unheard(400, "The message cannot be read: " + e.getMessage() + ".");
    }
  }

  /** Kept with what its metadata says, for rules to point at; as it came where they say nothing. */
  private static ObjectNode hook(byte[] xml) {
    try {
      return published("hook", Published.ofMetadata(Xml.read(xml)));
    } catch (IllegalArgumentException e) {
      ObjectNode envelope = JsonNodeFactory.instance.objectNode();
      envelope.put("from", "hook").put("metadataXml", new String(xml, StandardCharsets.UTF_8));
      return envelope;
    }
  }

  private static ObjectNode published(String from, Published published) {
    ObjectNode envelope = published.json();
    envelope.put("from", from);
    return envelope;
  }

  /** bbb-webhooks sends each event alone, in a list. */
  private Heard event(Letter letter) throws Unheard {
    JsonNode sent;
    try {
      String text = form(letter.body()).getOrDefault("event", "");
      sent = Envelope.read(text.getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new Unheard(400, "The event cannot be read: " + e.getMessage() + ".");
    }
    JsonNode data = (sent instanceof ArrayNode list ? list.path(0) : sent).path("data");
    JsonNode attributes = data.path("attributes");
    return switch (data.path("id").asText()) {
      case "rap-publish-ended" ->
          attributes.path("success").asBoolean(true)
              ? heard(() -> published("webhook", Published.ofEvent(attributes)))
                  .returning(followed(attributes, letter))
              : Heard.nothing();
      case "rap-published" -> Heard.nothing().returning(followed(attributes, letter));
      case "rap-deleted", "rap-unpublished" -> Heard.withdrawing(followed(attributes, letter));
      default -> Heard.nothing();
    };
  }

  /**
   * The files whose coming and going is followed: where that is set, and when it is news, for what
   * was restored or deleted here since stays as it is.
   */
  private List<String> followed(JsonNode attributes, Letter letter) throws Unheard {
    String said = form(letter.body()).getOrDefault("timestamp", "");
    Instant at = Instant.ofEpochMilli(said.matches("[0-9]{1,15}") ? Long.parseLong(said) : 0);
    if (!connection.followsDeletions()
        || Duration.between(at, letter.at()).abs().compareTo(NEWS) > 0) {
      return List.of();
    }
    try {
      return Files.sourceIds(Published.ofEvent(attributes).id());
    } catch (IllegalArgumentException e) {
      throw new Unheard(400, "The event cannot be read: " + e.getMessage() + ".");
    }
  }

  private static Map<String, String> form(byte[] body) throws Unheard {
    Map<String, String> form = new HashMap<>();
    try {
      for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          form.putIfAbsent(
              URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
              URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
      }
    } catch (IllegalArgumentException e) {
      throw new Unheard(400, "The form cannot be read.");
    }
    return form;
  }

  @Override
  public List<Announcement> read(String envelope) {
    JsonNode kept = Envelope.read(envelope);
    Published published =
        kept.has("metadataXml")
            ? Published.ofMetadata(
                Xml.read(kept.path("metadataXml").asText().getBytes(StandardCharsets.UTF_8)))
            : Published.ofJson(kept);
    Set<String> formats = published.formats().isEmpty() ? Set.of("") : published.formats();
    return formats.stream()
        .sorted()
        .flatMap(it -> Files.announced(published, it).stream())
        .toList();
  }

  /** Whether a file published under that name is media to take: {@code format/recordID/…}. */
  public static boolean media(String name) {
    return Files.media(name);
  }

  /** Whether a file published under that name says what the recording is. */
  public static boolean metadata(String name) {
    return name.matches("[a-z0-9_-]+/[A-Za-z0-9_-]+/metadata\\.xml");
  }

  @Override
  public Optional<Enquiry> enquiry(Announcement file) {
    return Files.enquiry(file, connection, proofs);
  }
}
