package dev.aftercall.gate;

import dev.aftercall.access.AdminAccess;
import dev.aftercall.identity.Caller;

/**
 * One caller wants to look at what rules the tenant, or to change it.
 *
 * @param requestId for the journal
 * @param target method and path, for the journal
 */
public record AdminAsk(String requestId, Caller caller, AdminAccess.Action action, String target) {}
