package dev.aftercall.notification;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Sends one notification by HTTP. */
@FunctionalInterface
public interface Posting {
  /**
   * Posts a body and waits for the status; what the answer says beside is not read.
   *
   * @param patience for everything together, name look-up to status
   * @throws IOException when there was no answer in time, or nothing may be sent there
   */
  Reply post(String url, Map<String, String> fields, byte[] body, Duration patience)
      throws IOException;

  /**
   * What came back.
   *
   * @param retryAfter the field of that name
   */
  record Reply(int status, Optional<String> retryAfter) {
    /** Whether it was taken. */
    public boolean taken() {
      return status >= 200 && status < 300;
    }
  }
}
