package dev.aftercall.retention;

import java.util.UUID;

/**
 * The end of an item, certified.
 *
 * @param at ticks
 * @param certificate a signed JWS in compact form
 */
public record Disposal(UUID id, UUID tenant, UUID artifact, long at, String certificate) {}
