package dev.aftercall.metering;

import java.util.UUID;

/**
 * Somebody wants content.
 *
 * @param caller the person's object id, or the application's client id
 * @param minutes of the content, rounded down
 */
public record Retrieval(
    UUID tenant,
    String appId,
    String caller,
    UUID artifact,
    Form form,
    Meter meter,
    long minutes) {}
