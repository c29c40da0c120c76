package dev.aftercall.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Merged ranges against a set of bits. */
final class RangesTest {
  @Test
  void mergeAsASetOfBytesDoes() {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 500; round++) {
      Ranges ranges = Ranges.NONE;
      BitSet bytes = new BitSet();
      for (int i = 0; i < 20; i++) {
        int offset = random.nextInt(200);
        int length = random.nextInt(30);
        ranges = ranges.with(Ranges.of(offset, length));
        bytes.set(offset, offset + length);
        assertThat(bits(ranges)).isEqualTo(bytes);
        assertThat(Ranges.parse(ranges.toString())).isEqualTo(ranges);
      }
    }
  }

  private static BitSet bits(Ranges ranges) {
    BitSet bits = new BitSet();
    long end = -2;
    for (Ranges.Part part : ranges.parts()) {
      assertThat(part.first()).isGreaterThan(end + 1);
      end = part.last();
      bits.set((int) part.first(), (int) part.last() + 1);
    }
    return bits;
  }

  @Test
  void whatWasSentEndsWhereItWasCutOff() {
    List<Ranges.Part> promised = List.of(new Ranges.Part(10, 19), new Ranges.Part(0, 4));

    assertThat(Ranges.sent(promised, 15)).hasToString("0-4,10-19");
    assertThat(Ranges.sent(promised, 12)).hasToString("0-1,10-19");
    assertThat(Ranges.sent(promised, 3)).hasToString("10-12");
    assertThat(Ranges.sent(promised, 0)).hasToString("");
  }

  @Test
  void tooManyGiveTheirSmallestGapsUpAndSaySo() {
    Ranges ranges = Ranges.NONE;
    for (int i = 0; i < Ranges.MOST; i++) {
      ranges = ranges.with(Ranges.of(i * 100L, 10));
    }
    assertThat(ranges.exact()).isTrue();

    ranges = ranges.with(Ranges.of(15, 10));

    assertThat(ranges.parts()).hasSize(Ranges.MOST);
    assertThat(ranges.toString()).startsWith("~0-24,100-109,");
    assertThat(Ranges.parse(ranges.toString())).isEqualTo(ranges);
  }
}
