package dev.aftercall.repair;

import java.time.Duration;

/**
 * What one job may take.
 *
 * @param deadline from its beginning; it is killed then
 * @param largest bytes that it may write
 */
public record Bounds(Duration deadline, long largest) {}
