package dev.aftercall.intake;

/** What is known of a file once every byte of it has come. */
record Kept(String sha256, long size, String mediaType, long durationMillis, long keptTicks) {}
