package dev.aftercall.http;

import dev.aftercall.content.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The bytes of a recording as an answer. Which part of them is sent, and whether any, is decided
 * from the request's conditional and range fields by ContentDelivery.
 *
 * @param content where the bytes lie
 * @param representation what a client may know of them beforehand
 * @param parts reads any part by copying, for the deliveries that cannot be handed to the kernel
 * @param end told once, when the delivery is over, however it ended
 * @param headers header fields beside those that the delivery makes
 */
public record ContentAnswer(
    Content content,
    Representation representation,
    Parts parts,
    DeliveryEnd end,
    Map<String, String> headers)
    implements Answer {

  /**
   * The validators and labels of RFC 9110 for these bytes.
   *
   * @param entityTag strong, with its quotes
   * @param lastModified seconds since 1970
   * @param fileName what a browser shall call the file; any characters
   */
  public record Representation(
      String mediaType, String entityTag, long lastModified, String fileName) {}

  /** Reads parts of the content. */
  @FunctionalInterface
  public interface Parts {
    /** Reads {@code length} bytes from {@code offset}; the caller closes the stream. */
    InputStream read(long offset, long length) throws IOException;
  }

  /** Hears how a delivery ended. */
  @FunctionalInterface
  public interface DeliveryEnd {
    /**
     * The delivery is over.
     *
     * @param status what was answered
     * @param sent bytes of content handed to the connection before it ended
     * @param whole whether everything that was promised was sent
     */
    void over(int status, long sent, boolean whole);
  }

  /** Tells the end from a thread that may wait: it is mostly noticed on an event loop. */
  void over(int status, long sent, boolean whole) {
    Thread.startVirtualThread(() -> end.over(status, sent, whole));
  }

  @Override
  public int status() {
    return 200;
  }

  /** The same answer, whose end is told once even where two places find it over. */
  ContentAnswer endingOnce() {
    AtomicBoolean over = new AtomicBoolean();
    return new ContentAnswer(
        content,
        representation,
        parts,
        (status, sent, whole) -> {
          if (over.compareAndSet(false, true)) {
            end.over(status, sent, whole);
          }
        },
        headers);
  }

  ContentAnswer withHeaders(Map<String, String> all) {
    return new ContentAnswer(content, representation, parts, end, all);
  }
}
