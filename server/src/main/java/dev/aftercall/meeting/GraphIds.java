package dev.aftercall.meeting;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** The encodings that Graph's ids are made of. */
public final class GraphIds {
  private static final int GUID_LENGTH = 36;

  private GraphIds() {}

  /** The text inside a padded standard base64 id; empty when it is not base64 of UTF-8. */
  public static Optional<String> decode(String encoded) {
    try {
      byte[] bytes = Base64.getDecoder().decode(encoded);
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** A GUID in its one 36-character form, any case; empty for everything else. */
  public static Optional<UUID> guid(String text) {
    if (text.length() != GUID_LENGTH) {
      return Optional.empty();
    }
    try {
      UUID guid = UUID.fromString(text);
      return guid.toString().equalsIgnoreCase(text) ? Optional.of(guid) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
