package dev.aftercall.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.notification.Subscription;
import dev.aftercall.notification.Subscription.Encryption;
import dev.aftercall.notification.Subscription.Target;
import dev.aftercall.time.Ticks;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a client writes of a subscription, checked member by member. */
final class SubscriptionBody {
  private static final long MINUTE = Ticks.of(Duration.ofMinutes(1));
  private static final long SHORTEST = 45 * MINUTE;
  private static final long LONGEST = 4_320 * MINUTE;
  private static final long LONGEST_WITHOUT_LIFECYCLE = 60 * MINUTE;

  /** Graph's bound for clientState and for encryptionCertificateId. */
  private static final int LONGEST_WORD = 128;

  private static final CsdlType.Structure TYPE = type();

  /** What Graph sets; a client that sends a subscription back as it came may. */
  private static final Set<String> READ_ONLY =
      Set.of("id", "applicationId", "creatorId", "notificationUrlAppId");

  private static final Set<String> CHANGEABLE =
      Set.of(
          "expirationDateTime",
          "notificationUrl",
          "encryptionCertificate",
          "encryptionCertificateId");

  private final ObjectNode body;

  private SubscriptionBody(ObjectNode body) {
    this.body = body;
  }

  private static CsdlType.Structure type() {
    Map<String, CsdlType> members = new LinkedHashMap<>();
    for (String text :
        List.of(
            "id",
            "applicationId",
            "changeType",
            "clientState",
            "creatorId",
            "encryptionCertificate",
            "encryptionCertificateId",
            "latestSupportedTlsVersion",
            "lifecycleNotificationUrl",
            "notificationContentType",
            "notificationQueryOptions",
            "notificationUrl",
            "notificationUrlAppId",
            "resource")) {
      members.put(text, new CsdlType.Text());
    }
    members.put("expirationDateTime", new CsdlType.Instant());
    members.put("includeResourceData", new CsdlType.Flag());
    return new CsdlType.Structure(members);
  }

  /** Reads a body; members that a subscription does not have are refused by name. */
  static SubscriptionBody of(ObjectNode json) {
    ObjectNode checked = TYPE.present(json, "");
    for (Map.Entry<String, JsonNode> member : checked.properties()) {
      if (!TYPE.members().containsKey(member.getKey()) && member.getKey().indexOf('@') < 0) {
        throw bad(
            "The property '"
                + member.getKey()
                + "' does not exist on type 'microsoft.graph.subscription'.");
      }
    }
    return new SubscriptionBody(checked);
  }

  /** The resource, as it is written. */
  String resource() {
    return required("resource");
  }

  /** Refuses every change but the one that recordings know. */
  SubscriptionBody requireCreated() {
    String change = required("changeType");
    if (!change.strip().equalsIgnoreCase(Subscription.CHANGE_TYPE)) {
      throw bad(
          "The changeType '"
              + change
              + "' is not supported for this resource. Supported: 'created'; recordings and"
              + " transcripts do not change.");
    }
    return this;
  }

  /** Where it is told. */
  Target target() {
    text("notificationQueryOptions").ifPresent(any -> notSupported("notificationQueryOptions"));
    Optional<String> state = text("clientState");
    if (state.filter(it -> it.length() > LONGEST_WORD).isPresent()) {
      throw bad("The clientState is longer than 128 characters.");
    }
    String tls = text("latestSupportedTlsVersion").orElse("v1_2");
    if (!List.of("v1_0", "v1_1", "v1_2", "v1_3").contains(tls)) {
      throw bad("latestSupportedTlsVersion is one of v1_0, v1_1, v1_2, v1_3.");
    }
    return new Target(required("notificationUrl"), text("lifecycleNotificationUrl"), state, tls);
  }

  /** Where it is told from now on. */
  Optional<String> newUrl() {
    return text("notificationUrl");
  }

  private static void notSupported(String member) {
    throw bad("The property '" + member + "' is not supported for this resource.");
  }

  /** For whom the data is encrypted; empty when no data is wanted. */
  Optional<Encryption> encryption() {
    return body.path("includeResourceData").asBoolean(false)
        ? Optional.of(pair())
        : Optional.empty();
  }

  /** Another certificate for a subscription that has one. */
  Optional<Encryption> newEncryption(Subscription before) {
    boolean named =
        text("encryptionCertificate").isPresent() || text("encryptionCertificateId").isPresent();
    if (named && before.encryption().isEmpty()) {
      throw bad(
          "The subscription was made without includeResourceData and takes no certificate; make"
              + " another one.");
    }
    return named ? Optional.of(pair()) : Optional.empty();
  }

  private Encryption pair() {
    String id =
        text("encryptionCertificateId")
            .orElseThrow(
                () ->
                    bad(
                        "encryptionCertificateId is required with resource data: your name for the"
                            + " certificate, at most 128 characters."));
    if (id.length() > LONGEST_WORD) {
      throw bad("The encryptionCertificateId is longer than 128 characters.");
    }
    String certificate =
        text("encryptionCertificate")
            .orElseThrow(
                () ->
                    bad(
                        "encryptionCertificate is required with resource data: an X.509 certificate"
                            + " with an RSA key, DER in base64."));
    EncryptionCertificates.check(certificate);
    return new Encryption(certificate.strip(), id);
  }

  /**
   * Until when it lives.
   *
   * @param now ticks
   */
  long expires(boolean lifecycleUrl, long now) {
    long wished = CsdlType.Instant.ticks(body.path("expirationDateTime"), "expirationDateTime");
    if (wished <= now) {
      throw bad("The expirationDateTime is in the past; it must lie ahead.");
    }
    if (wished > now + LONGEST) {
      throw bad(
          "Subscription expiration can only be 4320 minutes in the future for this resource.");
    }
    if (!lifecycleUrl && wished > now + LONGEST_WITHOUT_LIFECYCLE) {
      throw bad(
          "lifecycleNotificationUrl is required for subscription creation on this resource when the"
              + " expirationDateTime value exceeds 1 hour.");
    }
    return Math.max(wished, now + SHORTEST);
  }

  /** Until when it lives on; as long as before when nothing is said. */
  long newExpires(Subscription before, long now) {
    return body.path("expirationDateTime").isMissingNode()
        ? before.expires()
        : expires(before.target().lifecycleUrl().isPresent(), now);
  }

  /** Refuses a change of what stays as it is. */
  SubscriptionBody requireChangeable() {
    for (Map.Entry<String, JsonNode> member : body.properties()) {
      boolean fixed =
          TYPE.members().containsKey(member.getKey())
              && !CHANGEABLE.contains(member.getKey())
              && !READ_ONLY.contains(member.getKey())
              && !member.getValue().isNull();
      if (fixed) {
        throw bad(
            "The property '"
                + member.getKey()
                + "' cannot be changed. What can: expirationDateTime, notificationUrl,"
                + " encryptionCertificate with encryptionCertificateId.");
      }
    }
    return this;
  }

  private String required(String member) {
    return text(member)
        .orElseThrow(() -> bad("The property '" + member + "' is required and missing."));
  }

  private Optional<String> text(String member) {
    return Optional.ofNullable(body.path(member).textValue()).filter(it -> !it.isBlank());
  }

  static GraphException bad(String message) {
    return new GraphException(ErrorCode.INVALID_REQUEST, message);
  }
}
