package dev.aftercall.ruling;

import java.util.UUID;

/**
 * A group.
 *
 * @param people how many people are in it themselves
 * @param groups how many groups are in it themselves
 */
public record Group(UUID id, String displayName, int people, int groups) {}
