package dev.aftercall.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.media.ProbeResult.Media;
import dev.aftercall.media.ProbeResult.Reason;
import dev.aftercall.media.ProbeResult.Unplayable;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes say: an answer, soon, and within the bounds. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class HostileBytesTest {
  private static final Limits TIGHT = new Limits(64, 48 << 10, 5_000, 20, 4 << 10);
  private static final int MUTATIONS = 3_000;

  static Stream<String> samples() {
    return Samples.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyTruncationIsAnswered(String name) throws Exception {
    byte[] bytes = Samples.bytes(name);
    // Fragments and clusters of unknown extent are complete wherever one of them ends.
    boolean mayPlayInPart =
        name.contains("fragmented") || name.contains("dash") || name.contains("live");
    for (int length = 0; length < bytes.length; length++) {
      ProbeResult result = answer(Arrays.copyOf(bytes, length));
      if (!mayPlayInPart) {
        assertThat(result).as("%s cut at %d", name, length).isInstanceOf(Unplayable.class);
      }
      if (result instanceof Unplayable(Reason code, String _)) {
        assertThat(code == Reason.EMPTY).isEqualTo(length == 0);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyMutationIsAnswered(String name) throws Exception {
    byte[] bytes = Samples.bytes(name);
    var random = new Random(name.hashCode()); // the same every time: a failure can be repeated
    for (int i = 0; i < MUTATIONS; i++) {
      answer(mutated(bytes, random));
    }
  }

  static byte[] mutated(byte[] original, Random random) {
    byte[] bytes = original.clone();
    int[] loud = {0x00, 0x01, 0x08, 0x7f, 0x80, 0xff};
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 ->
            Arrays.fill(bytes, at, Math.min(at + 4, bytes.length), (byte) loud[random.nextInt(6)]);
        case 3 -> { // move a piece: boxes in the wrong place
          int length = Math.min(random.nextInt(200), bytes.length - at);
          System.arraycopy(bytes, random.nextInt(bytes.length - length + 1), bytes, at, length);
        }
        default -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
      }
    }
    return bytes;
  }

  private static ProbeResult answer(byte[] bytes) throws Exception {
    var file = CountingChannel.of(bytes);
    ProbeResult result = new ContainerProbe(TIGHT).probe(file);
    assertThat(file.bytesRead()).isLessThanOrEqualTo(TIGHT.bytes());
    switch (result) {
      case Media media -> {
        assertThat(media.duration()).isPositive().isLessThanOrEqualTo(Limits.LONGEST);
        assertThat(media.hasVideo() || media.hasAudio()).isTrue();
      }
      case Unplayable(Reason code, String reason) -> {
        assertThat(reason).endsWith(".").hasSizeLessThan(400).matches("\\p{ASCII}+");
      }
    }
    return result;
  }
}
