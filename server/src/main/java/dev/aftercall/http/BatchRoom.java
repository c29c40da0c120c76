package dev.aftercall.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;

/** How much one batch's answer may still grow. Its items share it, whichever comes first. */
final class BatchRoom {
  private final AtomicLong left = new AtomicLong(Batch.LARGEST_ANSWER);
  private final BatchMemory.Share memory;

  BatchRoom(BatchMemory.Share memory) {
    this.memory = memory;
  }

  /**
   * Takes room for a body.
   *
   * @return its length
   * @throws GraphException 413 when there is none, saying where to get the body instead; 503 when
   *     other batches hold the memory
   */
  int take(long length, Request.Target target) {
    if (length > Batch.LARGEST_PART) {
      throw tooLarge(
          "This answer has %d bytes; within a batch one may have %d."
              .formatted(length, Batch.LARGEST_PART),
          target);
    }
    if (left.addAndGet(-length) < 0) {
      left.addAndGet(length);
      throw tooLarge(
          "This answer has %d bytes, and all answers of a batch together may have %d."
              .formatted(length, Batch.LARGEST_ANSWER),
          target);
    }
    memory.take(length);
    return Math.toIntExact(length);
  }

  /** The same for a body that is made while it is taken, piece by piece. */
  byte[] collect(StreamedAnswer answer, Request.Target target) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    answer
        .body()
        .writeTo(
            new OutputStream() {
              @Override
              public void write(int one) {
                write(new byte[] {(byte) one}, 0, 1);
              }

              @Override
              public void write(byte[] piece, int offset, int length) {
                if (bytes.size() + length > Batch.LARGEST_PART) {
                  throw tooLarge(
                      "This answer has more than %d bytes, which one may have within a batch."
                          .formatted(Batch.LARGEST_PART),
                      target);
                }
                take(length, target);
                bytes.write(piece, offset, length);
              }
            });
    return bytes.toByteArray();
  }

  private static GraphException tooLarge(String what, Request.Target target) {
    return new GraphException(
        ErrorCode.RESPONSE_TOO_LARGE,
        what + " Get it by itself, or a smaller part of it: " + target.base() + target.path());
  }
}
