package dev.aftercall.content;

import java.util.UUID;

/**
 * Names one body of bytes in the {@link ContentStore}. It is made by us, never from a name somebody
 * sent: a tenant's GUID and the recording's own.
 */
public record ContentKey(UUID tenant, UUID artifact) {
  /** Relative, with {@code /} between parts, two levels deep so that no folder grows large. */
  public String path() {
    String name = artifact.toString();
    return tenant + "/" + name.substring(0, 2) + "/" + name;
  }
}
