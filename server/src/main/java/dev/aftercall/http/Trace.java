package dev.aftercall.http;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Names a request. {@code clientRequestId} is the client's own word, echoed and never relied upon:
 * the Java SDK sends one value for its whole life.
 */
public record Trace(String requestId, String clientRequestId) {
  private static final int LONGEST_CLIENT_ID = 128;

  /** A new request; a word of the client's that cannot be echoed gives way to our own. */
  static Trace of(UUID requestId, @Nullable String theirs) {
    if (theirs == null
        || theirs.isEmpty()
        || theirs.length() > LONGEST_CLIENT_ID
        || !theirs.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      return new Trace(requestId.toString(), requestId.toString());
    }
    return new Trace(requestId.toString(), theirs);
  }
}
