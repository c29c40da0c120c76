package dev.aftercall.intake;

import java.util.UUID;

/** Who hands over: an application (or the command line) for a tenant. */
public record Submitter(UUID tenant, String appId) {}
