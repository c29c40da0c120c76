package dev.aftercall.metering;

import java.util.UUID;

/**
 * An application in a tenant, and its terms.
 *
 * @param version moves on with every change; 0 for one that nobody has set anything for
 */
public record Application(UUID tenant, String appId, Plan plan, long version) {}
