package dev.aftercall.access;

import java.util.UUID;

/**
 * A request that was refused, and why.
 *
 * @param at ticks
 * @param caller the person's object id, or the application's client id
 * @param target what was asked for, in the words of the journal
 */
public record RefusedRequest(
    String requestId,
    long at,
    UUID tenant,
    String caller,
    String appId,
    String action,
    String target,
    Explanation why) {}
