package dev.aftercall.notification;

import dev.aftercall.identity.Caller;
import dev.aftercall.time.Ticks;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Somebody wants to hear of something.
 *
 * @param owner who subscribed, with the permissions of the token that last authorized it
 * @param resource as the client wrote it
 * @param created ticks
 * @param expires ticks; from then on nothing new is told
 * @param authorized ticks; until then the owner's token speaks for it
 */
public record Subscription(
    UUID id,
    Caller owner,
    Topic topic,
    String resource,
    Target target,
    Optional<Encryption> encryption,
    long created,
    long expires,
    long authorized) {

  /** Graph's one change of recordings and transcripts. */
  public static final String CHANGE_TYPE = "created";

  /** Lets a subscription be told of its end this long before: enough for two tries of a client. */
  private static final long CHALLENGED_BEFORE = Ticks.of(Duration.ofMinutes(15));

  /**
   * Where it is told.
   *
   * @param lifecycleUrl where its own fate is told
   * @param clientState a secret of the client's, repeated in every notification
   * @param tls the latest version the client says it can
   */
  public record Target(
      String url, Optional<String> lifecycleUrl, Optional<String> clientState, String tls) {
    /** The client's secret stays out of logs. */
    @Override
    public String toString() {
      return url;
    }
  }

  /**
   * For whom the resource's data is encrypted; without it, there is none in the notification.
   *
   * @param certificate base64 of DER
   * @param certificateId the client's word for it
   */
  public record Encryption(String certificate, String certificateId) {}

  /** The same, living on. */
  public Subscription renewed(Caller by, long until, long authorizedUntil) {
    return new Subscription(
        id, by, topic, resource, target, encryption, created, until, authorizedUntil);
  }

  /** The same, told elsewhere. */
  public Subscription at(String url, Optional<Encryption> encrypted) {
    return new Subscription(
        id,
        owner,
        topic,
        resource,
        new Target(url, target.lifecycleUrl(), target.clientState(), target.tls()),
        encrypted,
        created,
        expires,
        authorized);
  }

  /** Ticks at which its owner is to be asked to authorize it anew. */
  public long challenge() {
    return Math.min(expires, authorized) - CHALLENGED_BEFORE;
  }

  /** Whether that caller is the one who subscribed: the person, or the application itself. */
  public boolean ownedBy(Caller caller) {
    return caller.tenant().equals(owner.tenant())
        && caller.appId().equals(owner.appId())
        && caller.who().equals(owner.who());
  }
}
