package dev.aftercall.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Reads a body that is held in memory: so much of it as has come, and the whole of it within a
 * time, so that nobody holds memory by announcing much or by sending slowly.
 */
final class SmallBody {
  /** 4 MiB in it is 560 kbit/s. */
  static final Duration TIME = Duration.ofSeconds(60);

  private static final int PIECE = 32 * 1024;

  private SmallBody() {}

  /**
   * The body, or nothing when it has more than so many bytes.
   *
   * @param came hears of every piece before it is kept, and may refuse it
   * @throws GraphException 408
   */
  static Optional<byte[]> read(Request request, int most, Duration time, IntConsumer came)
      throws IOException {
    InputStream body = request.body();
    if (request.contentLength() > most) {
      return Optional.empty();
    }
    if (body instanceof RequestBody fromNetwork) {
      fromNetwork.within(time);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] piece = new byte[PIECE];
    for (int read = body.read(piece); read >= 0; read = body.read(piece)) {
      if (bytes.size() + read > most) {
        return Optional.empty();
      }
      came.accept(read);
      bytes.write(piece, 0, read);
    }
    return Optional.of(bytes.toByteArray());
  }
}
