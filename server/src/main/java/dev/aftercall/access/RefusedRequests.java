package dev.aftercall.access;

import java.util.Optional;
import java.util.UUID;

/** Keeps for seven days why requests were refused. */
@FunctionalInterface
public interface RefusedRequests {
  /** The refused request of that id, in that tenant. */
  Optional<RefusedRequest> find(UUID tenant, String requestId);
}
