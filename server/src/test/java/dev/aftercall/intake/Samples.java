package dev.aftercall.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

/** Recordings to hand over: each plays, and each seed gives other bytes. */
public final class Samples {
  private static final int BOX_HEADER = 8;

  private Samples() {}

  /** A file of {@code src/test/resources/media}. */
  public static byte[] file(String name) {
    try (InputStream in = Samples.class.getResourceAsStream("/media/" + name)) {
      if (in == null) {
        throw new IllegalStateException("There is no sample " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A two second MP4 that ends in {@code padding} bytes of a box that players pass over. */
  public static byte[] mp4(long seed, int padding) {
    byte[] media = file("faststart.mp4");
    byte[] noise = new byte[padding];
    new Random(seed).nextBytes(noise);
    return ByteBuffer.allocate(media.length + BOX_HEADER + padding)
        .put(media)
        .putInt(BOX_HEADER + padding)
        .put("free".getBytes(StandardCharsets.US_ASCII))
        .put(noise)
        .array();
  }

  /** An MP4 whose index was never written. */
  public static byte[] withoutMoov() {
    byte[] whole = file("moov-end.mp4");
    int moov = indexOf(whole, "moov") - Integer.BYTES;
    return Arrays.copyOf(whole, moov);
  }

  /** Hash as receipts tell it. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int indexOf(byte[] bytes, String word) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(word);
  }
}
