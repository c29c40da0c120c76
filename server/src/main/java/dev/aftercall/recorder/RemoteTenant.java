package dev.aftercall.recorder;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * A tenant of Graph, or of a server that speaks as Graph does, whose recordings are copied.
 *
 * @param tokenUrl where tokens are given for client credentials (OAuth 2.0, RFC 6749, 4.4)
 * @param scope to ask them for
 * @param organizers object ids of those whose meetings are followed
 * @param groups whose members are followed besides
 * @param calls whether their ad hoc calls are followed too
 * @param every how often
 */
public record RemoteTenant(
    URI tokenUrl,
    String scope,
    List<UUID> organizers,
    List<UUID> groups,
    boolean calls,
    Duration every) {
  /** Copies the lists. */
  public RemoteTenant {
    organizers = List.copyOf(organizers);
    groups = List.copyOf(groups);
  }
}
