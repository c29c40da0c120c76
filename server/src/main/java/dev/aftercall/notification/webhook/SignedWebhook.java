package dev.aftercall.notification.webhook;

import dev.aftercall.digest.Hmac;
import dev.aftercall.notification.Carried;
import dev.aftercall.notification.CloudEvent;
import dev.aftercall.notification.EventSink;
import dev.aftercall.notification.Posting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Posts CloudEvents, each by itself and signed.
 *
 * @see <a
 *     href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 *     Webhooks</a>
 */
public final class SignedWebhook implements EventSink {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** After that no other event is begun; with one more try it stays well within a lease. */
  private static final Duration ENOUGH = Duration.ofSeconds(10);

  private final WebhookTarget target;
  private final Posting posting;
  private final InstantSource clock;

  /** Posts to that target. */
  public SignedWebhook(WebhookTarget target, Posting posting, InstantSource clock) {
    this.target = target;
    this.posting = posting;
    this.clock = clock;
  }

  @Override
  public Carried send(List<CloudEvent> events) throws IOException {
    long end = System.nanoTime() + ENOUGH.toNanos();
    int taken = 0;
    String outcome = "";
    for (CloudEvent event : events) {
      if (taken > 0 && System.nanoTime() - end > 0) {
        break;
      }
      try {
        Posting.Reply reply = post(event);
        outcome = Integer.toString(reply.status());
        if (!reply.taken()) {
          return new Carried(taken + 1, taken, outcome, reply.retryAfter());
        }
        taken++;
      } catch (IOException e) {
        return Carried.upTo(taken, e.getClass().getSimpleName());
      }
    }
    return Carried.all(taken, outcome);
  }

  private Posting.Reply post(CloudEvent event) throws IOException {
    byte[] body = event.json().getBytes(StandardCharsets.UTF_8);
    String seconds = Long.toString(clock.instant().getEpochSecond());
    return posting.post(
        target.url(),
        Map.of(
            "Content-Type",
            CloudEvent.MEDIA_TYPE,
            "webhook-id",
            event.id(),
            "webhook-timestamp",
            seconds,
            "webhook-signature",
            "v1," + signature(event.id() + "." + seconds + ".", body)),
        body,
        PATIENCE);
  }

  private String signature(String before, byte[] body) {
    return Base64.getEncoder()
        .encodeToString(
            Hmac.sha256(target.key(), before.getBytes(StandardCharsets.US_ASCII), body));
  }

  @Override
  public void close() {
    // The client is everybody's.
  }
}
