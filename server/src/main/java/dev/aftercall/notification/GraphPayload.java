package dev.aftercall.notification;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.identity.Caller;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.recording.Artifact;
import dev.aftercall.time.Ticks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * Notifications as Graph writes them.
 *
 * @see <a href="https://learn.microsoft.com/graph/change-notifications-with-resource-data">Change
 *     notifications that include resource data</a>
 */
final class GraphPayload {

  /** Endpoints have bounds; of their usual ones, such as 1 MiB, this is well below. */
  private static final int MOST_BYTES = 512 << 10;

  private final ResourceEncryption encryption;
  private final ValidationTokens tokens;

  GraphPayload(ResourceEncryption encryption, ValidationTokens tokens) {
    this.encryption = encryption;
    this.tokens = tokens;
  }

  /** A body and how many notifications are in it, from the first on. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
  record Body(byte[] bytes, int items) {}

  /** Changes, each with its subscription and what it is about; as many as a body holds. */
  Body changes(List<Waiting> items, Lane lane) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(text("{\"value\":["));
    int taken = 0;
    boolean data = false;
    for (Waiting item : items) {
      byte[] one = bytes(change(item));
      if (taken > 0 && body.size() + one.length > MOST_BYTES) {
        break;
      }
      if (taken++ > 0) {
        body.write(',');
      }
      body.writeBytes(one);
      data |= item.subscription().orElseThrow().encryption().isPresent();
    }
    body.write(']');
    if (data) {
      // A JWT: nothing in it is escaped in JSON.
      String token = tokens.token(lane.tenant(), lane.appId());
      body.writeBytes(text(",\"validationTokens\":[\"" + token + "\"]"));
    }
    body.write('}');
    return new Body(body.toByteArray(), taken);
  }

  private ObjectNode change(Waiting item) {
    Subscription subscription = item.subscription().orElseThrow();
    Told told = item.told().orElseThrow();
    UUID person = person(subscription.owner(), told);
    ObjectNode one = Json.MAPPER.createObjectNode();
    common(one, subscription);
    one.put("changeType", Subscription.CHANGE_TYPE);
    String resource = path(person, told);
    one.put("resource", resource);
    one.putObject("resourceData")
        .put("id", told.id())
        .put("@odata.type", type(told.kind()))
        .put("@odata.id", resource);
    subscription
        .encryption()
        .ifPresent(
            encrypted ->
                one.set(
                    "encryptedContent",
                    encryption.encrypt(encrypted, bytes(ResourceData.of(told, person)))));
    return one;
  }

  private static byte[] text(String ascii) {
    return ascii.getBytes(StandardCharsets.US_ASCII);
  }

  /** Events in the life of subscriptions. */
  byte[] lifecycle(List<Waiting> items) {
    ObjectNode body = Json.MAPPER.createObjectNode();
    ArrayNode value = body.putArray("value");
    for (Waiting item : items) {
      ObjectNode one = value.addObject();
      common(one, item.subscription().orElseThrow());
      one.put("lifecycleEvent", item.key().event().word());
    }
    return bytes(body);
  }

  private static void common(ObjectNode one, Subscription subscription) {
    one.put("subscriptionId", subscription.id().toString());
    subscription.target().clientState().ifPresent(secret -> one.put("clientState", secret));
    // Notifications spell UTC as an offset, unlike answers.
    String expires = Ticks.format(subscription.expires());
    one.put(
        "subscriptionExpirationDateTime", expires.substring(0, expires.length() - 1) + "+00:00");
    one.put("tenantId", subscription.owner().tenant().toString());
  }

  /** Whose path the subscriber can call: an application the organizer's, a person their own. */
  private static UUID person(Caller owner, Told told) {
    return owner instanceof Caller.User user ? user.oid() : told.meeting().organizer();
  }

  /** An artifact's path below the service's root, as that person calls it. */
  static String path(UUID person, Told told) {
    String collection =
        switch (told.kind()) {
          case RECORDING -> "recordings";
          case TRANSCRIPT -> "transcripts";
        };
    String place =
        told.meeting().type() == MeetingType.ADHOC
            ? "adhoccalls('" + told.callId() + "')"
            : "onlineMeetings('" + told.meeting().id().encoded() + "')";
    return "users/" + person + "/" + place + "/" + collection + "('" + told.id() + "')";
  }

  private static String type(Artifact.Kind kind) {
    return switch (kind) {
      case RECORDING -> "#Microsoft.Graph.callRecording";
      case TRANSCRIPT -> "#Microsoft.Graph.callTranscript";
    };
  }

  private static byte[] bytes(ObjectNode json) {
    try {
      return Json.MAPPER.writeValueAsBytes(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Made when it is first needed: no start waits for it. */
  private static final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper();
  }
}
