package dev.aftercall.ruling;

import java.util.List;
import java.util.UUID;

/**
 * Who and what is known in a tenant. What is not may yet come, so a rule for it is accepted; that
 * it may be a mistake is said in a warning.
 */
public interface Acquaintance {
  /** The applications among these that never called. */
  List<String> unknownApps(UUID tenant, List<String> appIds);

  /** Whether the person called, or organizes a meeting or is invited to one. */
  boolean knowsPerson(UUID tenant, UUID person);

  /** Whether there is a meeting with that chat. */
  boolean knowsThread(UUID tenant, String threadId);
}
