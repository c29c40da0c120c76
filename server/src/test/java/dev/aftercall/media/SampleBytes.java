package dev.aftercall.media;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The bytes of each sample of a plain MP4, found by a reader that shares nothing with the
 * product's: chunk offsets, samples of a chunk, sizes of samples.
 */
final class SampleBytes {
  private static final List<String> CONTAINERS = List.of("moov", "trak", "mdia", "minf", "stbl");

  private final byte[] file;
  private final List<byte[]> samples = new ArrayList<>();
  private final List<String> top = new ArrayList<>();
  private boolean onlyChunks;
  private int tables64;
  private long[] offsets = new long[0];
  private int[] sizes = new int[0];
  private int[] perChunk = new int[0];

  private SampleBytes(byte[] file) {
    this.file = file;
  }

  static SampleBytes of(byte[] file) {
    SampleBytes read = new SampleBytes(file);
    read.walk(0, file.length, true);
    return read;
  }

  List<byte[]> samples() {
    return samples;
  }

  /** The first byte of each chunk, whatever the sizes of the samples say. */
  static List<byte[]> chunks(byte[] file) {
    SampleBytes read = new SampleBytes(file);
    read.onlyChunks = true;
    read.walk(0, file.length, true);
    return read.samples;
  }

  /** The types at the top. */
  List<String> top() {
    return top;
  }

  int tables64() {
    return tables64;
  }

  private void walk(int from, int to, boolean atTop) {
    for (int at = from; at + 8 <= to; ) {
      long length = Integer.toUnsignedLong(buffer(at).getInt());
      int header = 8;
      if (length == 1) {
        length = buffer(at + 8).getLong();
        header = 16;
      } else if (length == 0) {
        length = (long) to - at;
      }
      String type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
      if (atTop) {
        top.add(type);
      }
      ByteBuffer body = buffer(at + header);
      switch (type) {
        case "stco", "co64" -> {
          tables64 += type.equals("co64") ? 1 : 0;
          offsets = new long[body.position(body.position() + 4).getInt()];
          Arrays.setAll(
              offsets,
              i -> type.equals("co64") ? body.getLong() : Integer.toUnsignedLong(body.getInt()));
        }
        case "stsz" -> {
          if (onlyChunks) {
            break;
          }
          int each = body.position(body.position() + 4).getInt();
          sizes = new int[body.getInt()];
          Arrays.setAll(sizes, i -> each == 0 ? body.getInt() : each);
        }
        case "stsc" -> {
          if (onlyChunks) {
            break;
          }
          int[] runs = new int[3 * body.position(body.position() + 4).getInt()];
          Arrays.setAll(runs, i -> body.getInt());
          perChunk = runs;
        }
        default -> {
          if (CONTAINERS.contains(type)) {
            walk(at + header, (int) (at + length), false);
          }
        }
      }
      if (type.equals("stbl") && onlyChunks) {
        for (long offset : offsets) {
          samples.add(new byte[] {file[(int) offset]});
        }
      } else if (type.equals("stbl")) {
        collect();
      }
      at += (int) length;
    }
  }

  private void collect() {
    int sample = 0;
    for (int chunk = 1; chunk <= offsets.length; chunk++) {
      int count = 0;
      for (int run = 0; run < perChunk.length; run += 3) {
        if (perChunk[run] <= chunk) {
          count = perChunk[run + 1];
        }
      }
      int at = (int) offsets[chunk - 1];
      for (int i = 0; i < count && sample < sizes.length; i++) {
        samples.add(Arrays.copyOfRange(file, at, at + sizes[sample]));
        at += sizes[sample++];
      }
    }
  }

  private ByteBuffer buffer(int at) {
    return ByteBuffer.wrap(file).position(at);
  }
}
