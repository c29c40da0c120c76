package dev.aftercall.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/**
 * A body that is made while it is sent, and so never in memory as a whole. What can be refused has
 * been; whatever goes wrong now ends the connection, so that no client takes half for all.
 */
record StreamedAnswer(int status, Map<String, String> headers, Body body) implements Answer {
  /** Makes the body. */
  @FunctionalInterface
  interface Body {
    /** Writes all of it; the stream waits where the client does. */
    void writeTo(OutputStream out) throws IOException;
  }
}
