package dev.aftercall.storage;

import dev.aftercall.content.ContentKey;
import java.util.UUID;

/**
 * What the catalogue promises of one body of bytes.
 *
 * @param size in bytes
 * @param sha256 64 lower-case hexadecimal digits
 */
public record Promised(UUID tenant, UUID artifact, long size, String sha256) {
  ContentKey key() {
    return new ContentKey(tenant, artifact);
  }
}
