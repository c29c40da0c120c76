package dev.aftercall.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Real media files for hand-overs. */
public final class Media {
  private Media() {}

  /** Two seconds of MP4, some kilobytes. */
  public static byte[] mp4() {
    return resource("/media/faststart.mp4");
  }

  /**
   * An MP4 of exactly {@code size} bytes: a real one and a box of noise, so no two ranges agree.
   */
  public static byte[] mp4(int size) {
    byte[] film = mp4();
    byte[] noise = new byte[size - film.length - 8];
    new SplittableRandom(size).nextBytes(noise);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(size);
    bytes.writeBytes(film);
    bytes.writeBytes(ByteBuffer.allocate(4).putInt(noise.length + 8).array());
    bytes.writeBytes("free".getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(noise);
    return bytes.toByteArray();
  }

  /** A resource of the tests or of the demo. */
  public static byte[] resource(String name) {
    try (InputStream in = Media.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("There is no resource " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
