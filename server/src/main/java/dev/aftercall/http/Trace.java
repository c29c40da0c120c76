package dev.aftercall.http;

/**
 * Names a request. {@code clientRequestId} is the client's own word, echoed and never relied upon:
 * the Java SDK sends one value for its whole life.
 */
public record Trace(String requestId, String clientRequestId) {}
