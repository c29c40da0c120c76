package dev.aftercall.metering;

/**
 * What an application has retrieved in a month.
 *
 * @param month {@code 2024-05}, in UTC
 * @param retrievals sessions
 * @param amount millionths of the currency's unit
 */
public record Usage(
    String month, String appId, Meter meter, long retrievals, long minutes, long amount) {}
