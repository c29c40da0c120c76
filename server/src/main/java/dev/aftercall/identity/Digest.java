package dev.aftercall.identity;

import dev.aftercall.digest.Sha256;
import java.nio.ByteBuffer;

/** SHA-256 of a token: what the cache knows it by, so that a heap dump holds no usable token. */
record Digest(long first, long second, long third, long fourth) {

  static Digest of(String token) {
    ByteBuffer bytes = ByteBuffer.wrap(Sha256.of(token));
    return new Digest(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
  }
}
