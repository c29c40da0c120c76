package dev.aftercall.identity;

import dev.aftercall.digest.Sha256;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** GUIDs as tokens carry them, and one for those who have none. */
public final class Guids {
  // UUID.fromString also takes "1-1-1-1-1", which would give one GUID many spellings.
  private static final Pattern GUID =
      Pattern.compile(
          "\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

  private Guids() {}

  static Optional<UUID> parse(String text) {
    return GUID.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
  }

  /**
   * The object id of someone whose issuer does not number people by GUID: RFC 9562 version 8, the
   * first 128 bits of SHA-256 over issuer, a zero byte and subject, with version and variant set.
   * The same person has the same id for ever and on every node; two issuers never share one.
   */
  public static UUID ofName(String issuer, String subject) {
    ByteBuffer digest = ByteBuffer.wrap(Sha256.of(issuer + '\0' + subject));
    long high = (digest.getLong() & ~0xF000L) | 0x8000L;
    long low = (digest.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | Long.MIN_VALUE;
    return new UUID(high, low);
  }
}
