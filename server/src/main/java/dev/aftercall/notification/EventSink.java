package dev.aftercall.notification;

import java.io.IOException;
import java.util.List;

/** A way to one sink. */
public interface EventSink extends AutoCloseable {
  /**
   * Sends in order and ends at the first that is not taken, or when that has taken too long for one
   * attempt.
   *
   * @throws IOException when there was no answer, and none was taken
   */
  Carried send(List<CloudEvent> events) throws IOException;

  @Override
  void close();
}
