package dev.aftercall.recorder.bigbluebutton;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.digest.Hmac;
import dev.aftercall.digest.Sha256;
import dev.aftercall.recorder.Envelope;
import dev.aftercall.recorder.Letter;
import dev.aftercall.recorder.Unheard;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Proves by the secret that BigBlueButton and we share that a message is from there. */
final class Proofs {
  /** By how much the hook's clock may be off; it signs anew with every try. */
  private static final Duration FRESH = Duration.ofMinutes(5);

  private static final Map<String, String> MACS =
      Map.of("HS256", "HmacSHA256", "HS384", "HmacSHA384", "HS512", "HmacSHA512");

  /** BigBlueButton tells its algorithms apart by the length of what they give. */
  private static final Map<Integer, String> HASHES =
      Map.of(40, "SHA-1", 64, "SHA-256", 96, "SHA-384", 128, "SHA-512");

  private final String secret;

  Proofs(String secret) {
    this.secret = secret;
  }

  /** Our hook: {@code sha256=} and the HMAC of time, a dot and the body. */
  void hook(Letter letter) throws Unheard {
    String time = letter.field("X-Aftercall-Timestamp").orElse("");
    String brought = letter.field("X-Aftercall-Signature").orElse("");
    byte[] before = (time + ".").getBytes(StandardCharsets.UTF_8);
    if (!Hmac.same("sha256=" + Hmac.hex(secret, before, letter.body()), brought)) {
      throw Unheard.unproved("The signature does not fit. Give the hook the secret of the source.");
    }
    if (!time.matches("[0-9]{1,11}")
        || Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), letter.at())
                .abs()
                .compareTo(FRESH)
            > 0) {
      throw Unheard.unproved(
          "The message was signed at another time than now. Set both machines' clocks.");
    }
  }

  /** bbb-webhooks: a hash of address, body and secret, or the secret itself as bearer token. */
  void webhook(Letter letter) throws Unheard {
    Optional<String> bearer = letter.field("Authorization");
    if (bearer.isPresent() && Hmac.same("Bearer " + secret, bearer.get())) {
      return;
    }
    String brought = letter.parameter("checksum").orElse("").toLowerCase(Locale.ROOT);
    String algorithm = HASHES.get(brought.length());
    if (algorithm == null || !Hmac.same(hash(algorithm, letter), brought)) {
      throw Unheard.unproved(
          "The checksum does not fit. Register the hook with the address "
              + letter.url()
              + " and give the source the server's own secret (bbb-conf --secret).");
    }
  }

  private String hash(String algorithm, Letter letter) {
    MessageDigest digest = digest(algorithm);
    digest.update(letter.url().getBytes(StandardCharsets.UTF_8));
    digest.update(letter.body());
    return HexFormat.of().formatHex(digest.digest(secret.getBytes(StandardCharsets.UTF_8)));
  }

  /** What {@code getRecordings} and its kind want. */
  String apiChecksum(String call, String query) {
    return Sha256.hex(call + query + secret);
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + algorithm, e);
    }
  }

  /** The claims of {@code signed_parameters}, a JWT (RFC 7519). */
  JsonNode token(String jwt) throws Unheard {
    List<String> parts = List.of(jwt.split("\\.", -1));
    if (parts.size() != 3 || jwt.length() > 16_384) {
      throw Unheard.unproved("signed_parameters is no signed token.");
    }
    String signed = parts.get(0) + "." + parts.get(1);
    try {
      String algorithm =
          Envelope.read(Base64.getUrlDecoder().decode(parts.get(0))).path("alg").asText();
      String name = MACS.get(algorithm);
      if (name == null) {
        throw Unheard.unproved("signed_parameters is signed by none of HS256, HS384 and HS512.");
      }
      Mac mac = Mac.getInstance(name);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), name));
      byte[] expected = mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
      if (!MessageDigest.isEqual(expected, Base64.getUrlDecoder().decode(parts.get(2)))) {
        throw Unheard.unproved(
            "The token's signature does not fit. Give the source the server's own secret"
                + " (bbb-conf --secret).");
      }
      return Envelope.read(Base64.getUrlDecoder().decode(parts.get(1)));
    } catch (IllegalArgumentException e) {
      throw Unheard.unproved("signed_parameters is no token that can be read.");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HMAC with SHA-2.", e);
    }
  }
}
