package dev.aftercall.notification;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.identity.Caller;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.recording.Artifact;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;

/**
 * Notifications as Graph writes them.
 *
 * @see <a href="https://learn.microsoft.com/graph/change-notifications-with-resource-data">Change
 *     notifications that include resource data</a>
 */
final class GraphPayload {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ResourceEncryption encryption;
  private final ValidationTokens tokens;

  GraphPayload(ResourceEncryption encryption, ValidationTokens tokens) {
    this.encryption = encryption;
    this.tokens = tokens;
  }

  /** Changes, each with its subscription and what it is about. */
  byte[] changes(List<Waiting> items, Lane lane) {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode value = body.putArray("value");
    boolean data = false;
    for (Waiting item : items) {
      Subscription subscription = item.subscription().orElseThrow();
      Told told = item.told().orElseThrow();
      ObjectNode one = value.addObject();
      common(one, subscription);
      one.put("changeType", Subscription.CHANGE_TYPE);
      String resource = path(subscription.owner(), told);
      one.put("resource", resource);
      one.putObject("resourceData")
          .put("id", told.id())
          .put("@odata.type", type(told.kind()))
          .put("@odata.id", resource);
      if (subscription.encryption().isPresent()) {
        data = true;
        one.set(
            "encryptedContent",
            encryption.encrypt(
                subscription.encryption().get(),
                bytes(ResourceData.of(told, person(subscription.owner(), told)))));
      }
    }
    if (data) {
      body.putArray("validationTokens").add(tokens.token(lane.tenant(), lane.appId()));
    }
    return bytes(body);
  }

  /** Events in the life of subscriptions. */
  byte[] lifecycle(List<Waiting> items) {
    ObjectNode body = JSON.createObjectNode();
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

  private static String path(Caller owner, Told told) {
    String collection =
        switch (told.kind()) {
          case RECORDING -> "recordings";
          case TRANSCRIPT -> "transcripts";
        };
    String place =
        told.meeting().type() == MeetingType.ADHOC
            ? "adhoccalls('" + told.callId() + "')"
            : "onlineMeetings('" + told.meeting().id().encoded() + "')";
    return "users/"
        + person(owner, told)
        + "/"
        + place
        + "/"
        + collection
        + "('"
        + told.id()
        + "')";
  }

  private static String type(Artifact.Kind kind) {
    return switch (kind) {
      case RECORDING -> "#Microsoft.Graph.callRecording";
      case TRANSCRIPT -> "#Microsoft.Graph.callTranscript";
    };
  }

  private static byte[] bytes(ObjectNode json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
