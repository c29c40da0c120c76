package dev.aftercall.config;

import java.net.URI;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * A webhook that hears of everything that becomes visible in one tenant, as CloudEvents.
 *
 * @param name what the operator calls it
 * @param secret {@code whsec_} and base64 of the key that events are signed with, as Standard
 *     Webhooks writes it
 */
public record WebhookSink(String name, UUID tenant, URI url, Secret secret) {
  private static final String SECRET_BEGINS = "whsec_";

  /** Checks that events go out encrypted and signed. */
  public WebhookSink {
    String prefix = Family.WEBHOOK.prefix() + name + ".";
    new Rules()
        .require(
            "https".equals(url.getScheme()) || ProductionChecks.onThisMachine(url),
            prefix + "url",
            "what recordings there are would be told in plain text",
            "https, or http to this machine")
        .require(
            key(secret).map(key -> key.length >= 24 && key.length <= 64).orElse(false),
            prefix + "secret",
            "the secret is none of Standard Webhooks",
            "whsec_ and base64 of 24 to 64 random bytes; openssl rand -base64 32 makes such")
        .enforce();
  }

  private static Optional<byte[]> key(Secret secret) {
    if (!secret.value().startsWith(SECRET_BEGINS)) {
      return Optional.empty();
    }
    try {
      String encoded = secret.value().substring(SECRET_BEGINS.length());
      return Optional.of(Base64.getDecoder().decode(encoded));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The key itself. */
  public byte[] key() {
    return key(secret).orElseThrow();
  }
}
