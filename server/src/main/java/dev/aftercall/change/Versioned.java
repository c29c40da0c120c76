package dev.aftercall.change;

/**
 * Something with the version it has.
 *
 * @param version never given to another state of it, not even after it was deleted and made anew
 */
public record Versioned<T>(T value, long version) {}
