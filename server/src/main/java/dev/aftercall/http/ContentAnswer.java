package dev.aftercall.http;

import dev.aftercall.content.Content;
import dev.aftercall.gate.Gate;
import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.journal.Ranges;
import dev.aftercall.metering.CapacityExhausted;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The bytes of a recording as an answer. Which part of them is sent, and whether any, is decided
 * from the request's conditional and range fields by ContentDelivery.
 *
 * @param content where the bytes lie
 * @param representation what a client may know of them beforehand
 * @param parts reads any part by copying, for the deliveries that cannot be handed to the kernel
 * @param delivering told before the first byte, and once when the delivery is over, however it
 *     ended
 * @param promised what is being sent; empty before it has begun
 * @param headers header fields beside those that the delivery makes
 */
public record ContentAnswer(
    Content content,
    Representation representation,
    Parts parts,
    Delivering delivering,
    List<Ranges.Part> promised,
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
      String mediaType, String entityTag, long lastModified, String fileName) {
    private static final long TICKS_PER_SECOND = 10_000_000L;

    /**
     * Of bytes as they are kept.
     *
     * @param kept ticks
     */
    public static Representation of(String mediaType, String sha256, long kept, String fileName) {
      return new Representation(
          mediaType, '"' + sha256 + '"', Math.floorDiv(kept, TICKS_PER_SECOND), fileName);
    }
  }

  /** Reads parts of the content. */
  @FunctionalInterface
  public interface Parts {
    /** Reads {@code length} bytes from {@code offset}; the caller closes the stream. */
    InputStream read(long offset, long length) throws IOException;
  }

  /** Hears how a delivery goes. */
  public interface Delivering {
    /**
     * The first byte is about to be sent.
     *
     * @throws GraphException when it may not be
     */
    void begin();

    /**
     * The delivery is over.
     *
     * @param status what was answered
     * @param sent bytes of content handed to the connection before it ended
     * @param ranges which those were
     * @param whole whether everything that was promised was sent
     */
    void over(int status, long sent, Ranges ranges, boolean whole);

    /** Tells the door that opened the content. */
    static Delivering telling(Gate.Delivering delivery) {
      return new Delivering() {
        @Override
        public void begin() {
          try {
            delivery.begin();
          } catch (CapacityExhausted e) {
            throw Refusals.error(e);
          }
        }

        @Override
        public void over(int status, long sent, Ranges ranges, boolean whole) {
          delivery.over(new Delivery(status, sent, whole, ranges, 0));
        }
      };
    }
  }

  /**
   * The same answer, begun: these parts are about to be sent.
   *
   * @throws GraphException when they may not be
   */
  ContentAnswer begin(List<ByteRange> ranges) {
    delivering.begin();
    List<Ranges.Part> parts =
        ranges.stream()
            .map(it -> new Ranges.Part(it.offset(), it.offset() + it.length() - 1))
            .toList();
    return new ContentAnswer(content, representation, this.parts, delivering, parts, headers);
  }

  /** Tells the end from a thread that may wait: it is mostly noticed on an event loop. */
  void over(int status, long sent, boolean whole) {
    Ranges ranges = Ranges.sent(promised, sent);
    Thread.startVirtualThread(() -> delivering.over(status, sent, ranges, whole));
  }

  @Override
  public int status() {
    return 200;
  }

  /** The same answer, whose end is told once even where two places find it over. */
  ContentAnswer endingOnce() {
    AtomicBoolean over = new AtomicBoolean();
    Delivering once =
        new Delivering() {
          @Override
          public void begin() {
            delivering.begin();
          }

          @Override
          public void over(int status, long sent, Ranges ranges, boolean whole) {
            if (over.compareAndSet(false, true)) {
              delivering.over(status, sent, ranges, whole);
            }
          }
        };
    return new ContentAnswer(content, representation, parts, once, promised, headers);
  }

  ContentAnswer withHeaders(Map<String, String> all) {
    return new ContentAnswer(content, representation, parts, delivering, promised, all);
  }
}
