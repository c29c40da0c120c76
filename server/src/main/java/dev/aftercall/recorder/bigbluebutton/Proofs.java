package dev.aftercall.recorder.bigbluebutton;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import dev.aftercall.digest.Hmac;
import dev.aftercall.digest.Sha256;
import dev.aftercall.recorder.Envelope;
import dev.aftercall.recorder.Letter;
import dev.aftercall.recorder.Proof;
import dev.aftercall.recorder.SignedToken;
import dev.aftercall.recorder.Unheard;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Proves by the secret that BigBlueButton and we share that a message is from there. */
final class Proofs {
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
    if (!time.matches("[0-9]{1,11}")) {
      throw Unheard.unproved("The header field X-Aftercall-Timestamp is missing, or no time.");
    }
    Proof.fresh(letter, Instant.ofEpochSecond(Long.parseLong(time)));
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
    if (jwt.length() > 16_384) {
      throw Unheard.unproved("signed_parameters is no signed token.");
    }
    try {
      Optional<SignedJWT> proved = SignedToken.proved(jwt, secret, "");
      if (proved.isPresent()) {
        return Envelope.read(proved.get().getPayload().toBytes());
      }
    } catch (ParseException | IllegalArgumentException e) {
      throw Unheard.unproved("signed_parameters is no token that can be read.");
    }
    throw Unheard.unproved(
        "The token is not signed by the source's secret with HS256, HS384 or HS512. Give the source"
            + " the server's own secret (bbb-conf --secret).");
  }
}
