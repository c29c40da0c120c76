package dev.aftercall.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends what cannot be handed to the kernel, one buffer at a time and each waited for, on the
 * virtual thread that is there anyway: however slow the client, one buffer is in memory.
 */
final class Copying {
  private static final int BUFFER = 16 * 1024;

  private Copying() {}

  /** One part of a content as the whole body. */
  static void send(HttpServerResponse response, ContentAnswer answer, ByteRange range, int status)
      throws IOException {
    AtomicLong sent = new AtomicLong();
    boolean whole = false;
    try {
      copy(response, answer, range, sent);
      await(response.end());
      whole = true;
    } finally {
      answer.over(status, sent.get(), whole);
    }
  }

  static void copy(
      HttpServerResponse response, ContentAnswer answer, ByteRange range, AtomicLong sent)
      throws IOException {
    long left = range.length();
    try (InputStream in = answer.parts().read(range.offset(), range.length())) {
      while (left > 0) {
        byte[] bytes = in.readNBytes((int) Math.min(BUFFER, left));
        if (bytes.length == 0) {
          throw new IOException("The content ended " + left + " bytes early.");
        }
        await(response.write(Buffer.buffer(bytes)));
        left -= bytes.length;
        sent.addAndGet(bytes.length);
      }
    }
  }

  /** A body whose length nobody knows yet. */
  static OutputStream body(HttpServerResponse response) {
    return new BufferedOutputStream(
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            await(response.write(Buffer.buffer(length).appendBytes(bytes, offset, length)));
          }
        },
        BUFFER);
  }

  static void await(Future<Void> written) throws IOException {
    try {
      written.toCompletionStage().toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw new Pipeline.ClientGone(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while sending.", e);
    }
  }
}
