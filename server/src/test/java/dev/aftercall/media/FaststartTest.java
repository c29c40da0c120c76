package dev.aftercall.media;

import static dev.aftercall.media.Mp4Bytes.box;
import static dev.aftercall.media.Mp4Bytes.ftyp;
import static dev.aftercall.media.Mp4Bytes.header;
import static dev.aftercall.media.Mp4Bytes.ints;
import static dev.aftercall.media.Mp4Bytes.join;
import static dev.aftercall.media.Mp4Bytes.longs;
import static dev.aftercall.media.Mp4Bytes.mvhd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aftercall.media.Faststart.Outcome;
import dev.aftercall.media.ProbeResult.Media;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Moved tables lead to the same bytes, and whatever is not understood stays as it is. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class FaststartTest {
  private static final long USUAL = 0xffff_ffffL;
  private static final int MUTATIONS = 600;

  /** Three samples in two chunks behind the head of the box 'mdat'. */
  private static final byte[] DATA =
      box("mdat", "firstsecond--third".getBytes(StandardCharsets.US_ASCII));

  @TempDir Path folder;

  private Outcome rewrite(byte[] file) throws IOException {
    return rewrite(file, USUAL);
  }

  private Outcome rewrite(byte[] file, long narrow) throws IOException {
    Files.write(folder.resolve("in"), file);
    Files.deleteIfExists(folder.resolve("out"));
    Outcome outcome = Faststart.rewrite(folder.resolve("in"), folder.resolve("out"), narrow);
    assertThat(folder.resolve("in")).hasBinaryContent(file);
    assertThat(Files.exists(folder.resolve("out"))).isEqualTo(outcome == Outcome.REWRITTEN);
    return outcome;
  }

  private byte[] written() throws IOException {
    return Files.readAllBytes(folder.resolve("out"));
  }

  private static byte[] track(byte[] table, byte[]... more) {
    return box(
        "trak",
        box(
            "mdia",
            box(
                "minf",
                box("dinf", box("dref", ints(0, 1), box("url ", ints(1)))),
                box(
                    "stbl",
                    box("stsz", ints(0, 0, 3, 5, 6, 5)),
                    box("stsc", ints(0, 2, 1, 2, 1, 2, 1, 1)),
                    table,
                    join(more)))));
  }

  private static byte[] narrow(int... offsets) {
    return box("stco", ints(0, offsets.length), ints(offsets));
  }

  private static byte[] wide(long... offsets) {
    return box("co64", ints(0, offsets.length), longs(offsets));
  }

  private static int dataAt() {
    return ftyp().length + 8;
  }

  private static byte[] movie(byte[]... tracks) {
    return box("moov", mvhd(1000, 5000), join(tracks));
  }

  private static void same(byte[] before, byte[] after) {
    var old = SampleBytes.of(before);
    var moved = SampleBytes.of(after);
    assertThat(old.samples()).isNotEmpty();
    assertThat(moved.samples()).hasSameSizeAs(old.samples());
    for (int i = 0; i < old.samples().size(); i++) {
      assertThat(moved.samples().get(i)).isEqualTo(old.samples().get(i));
    }
    assertThat(moved.top().subList(0, 2)).isEqualTo(List.of("ftyp", "moov"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"moov-end.mp4", "audio.m4a", "quicktime.mov"})
  void movesWhatRecordersWrite(String name) throws Exception {
    byte[] before = Samples.bytes(name);
    assertThat(rewrite(before)).isEqualTo(Outcome.REWRITTEN);
    same(before, written());
    assertThat(written()).hasSameSizeAs(before);
    assertThat(probe(before).startsFast()).isFalse();
    Media after = probe(written());
    assertThat(after.startsFast()).isTrue();
    assertThat(after.duration()).isEqualTo(probe(before).duration());
    assertThat(rewrite(written())).isEqualTo(Outcome.NOT_NEEDED);
  }

  private Media probe(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("probed"), bytes);
    try (FileChannel in = FileChannel.open(file)) {
      return (Media) new ContainerProbe().probe(in);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "faststart.mp4, NOT_NEEDED",
    "fragmented.mp4, NOT_NEEDED",
    "fragmented-live.mp4, NOT_NEEDED",
    "fragmented-moov-samples.mp4, NOT_NEEDED",
    "dash.mp4, NOT_NEEDED",
    "dash-global.mp4, NOT_NEEDED",
    "duration.webm, UNUSUAL",
    "matroska.mkv, UNUSUAL"
  })
  void leavesTheRest(String name, Outcome outcome) throws IOException {
    assertThat(rewrite(Samples.bytes(name))).isEqualTo(outcome);
  }

  @Test
  void movesBothKindsOfTables() throws IOException {
    int at = dataAt();
    byte[] before = join(ftyp(), DATA, movie(track(narrow(at, at + 13)), track(wide(at, at + 13))));
    assertThat(SampleBytes.of(before).samples())
        .hasSize(6)
        .contains("third".getBytes(StandardCharsets.US_ASCII));
    assertThat(rewrite(before)).isEqualTo(Outcome.REWRITTEN);
    same(before, written());
    assertThat(SampleBytes.of(written()).tables64()).isEqualTo(1);
  }

  @Test
  void movesDataOnBothSidesAndKeepsFreeSpace() throws IOException {
    byte[] free = box("free", new byte[13]);
    byte[] movie = movie(track(narrow(0, 0)));
    int first = dataAt() + free.length;
    int second = first + DATA.length + movie.length + 13;
    byte[] before =
        join(ftyp(), free, DATA, movie(track(narrow(first, second))), DATA, box("skip"));
    assertThat(rewrite(before)).isEqualTo(Outcome.REWRITTEN);
    same(before, written());
    assertThat(SampleBytes.of(written()).top())
        .containsExactly("ftyp", "moov", "free", "mdat", "mdat", "skip");
  }

  @Test
  void widensJustTheTablesThatOverflow() throws IOException {
    int at = dataAt();
    byte[] before =
        join(
            ftyp(),
            DATA,
            movie(track(narrow(at, at + 1)), track(narrow(at, at + 13)), track(wide(at, at + 13))));
    int moved = at + movie(track(narrow(0, 0)), track(narrow(0, 0)), track(wide(0, 0))).length;
    // The second one alone reaches over the limit: by that its box grows by 8, the first stays.
    assertThat(rewrite(before, moved + 12)).isEqualTo(Outcome.REWRITTEN);
    same(before, written());
    assertThat(SampleBytes.of(written()).tables64()).isEqualTo(2);
    assertThat(written()).hasSize(before.length + 8);
    // One less, and the growth of the second makes the first one grow too.
    assertThat(rewrite(before, moved + 8)).isEqualTo(Outcome.REWRITTEN);
    same(before, written());
    assertThat(SampleBytes.of(written()).tables64()).isEqualTo(3);
    assertThat(written()).hasSize(before.length + 16);
  }

  @Test
  void movesAMovieBoxOfAnyHead() throws IOException {
    int at = dataAt();
    byte[] inner = join(mvhd(1000, 5000), track(narrow(at, at + 13)));
    byte[] open = join(ftyp(), DATA, header(0, "moov"), inner);
    assertThat(rewrite(open)).isEqualTo(Outcome.REWRITTEN);
    same(open, written());
    byte[] large = join(ftyp(), DATA, header(1, "moov"), longs(16 + inner.length), inner);
    assertThat(rewrite(large)).isEqualTo(Outcome.REWRITTEN);
    same(large, written());
  }

  @Test
  void touchesNothingThatMayKnowOffsets() throws IOException {
    int at = dataAt();
    byte[] table = narrow(at, at + 13);
    byte[] elsewhere =
        box(
            "trak",
            box("mdia", box("minf", box("dinf", box("dref", ints(0, 1), box("url ", ints(0)))))));
    for (byte[] moov :
        List.of(
            movie(track(table, box("saio", ints(0, 1, at)))),
            movie(track(table), box("meta", ints(0), box("iloc", ints(0, 0)))),
            movie(
                track(table), box("udta", box("meta", box("hdlr", ints(0)), box("iloc", ints(0))))),
            movie(track(table), box("cmov", ints(0))),
            movie(track(table), box("mvex", ints(0))),
            movie(track(table), elsewhere),
            movie(track(table, table)),
            movie(track(narrow(at, at + DATA.length))),
            movie(track(narrow(at, 0))),
            movie(track(narrow(at, -1))),
            movie(track(wide(at, -1L))),
            movie(track(wide(at, Long.MAX_VALUE))),
            movie(track(box("stco", ints(0, 3, at, at)))),
            movie(track(box("stco", ints(0, -1, at, at)))),
            movie(track(box("stco", ints(1, 1, at)))),
            movie(table))) {
      assertThat(rewrite(join(ftyp(), DATA, moov))).isEqualTo(Outcome.UNUSUAL);
    }
    byte[] sizeless = movie(track(table));
    int sampleTable = Samples.find(sizeless, "stbl".getBytes(StandardCharsets.US_ASCII), 0);
    Arrays.fill(sizeless, sampleTable - 4, sampleTable, (byte) 0);
    assertThat(rewrite(join(ftyp(), DATA, sizeless))).isEqualTo(Outcome.UNUSUAL);
    byte[] movie = movie(track(table));
    for (byte[] file :
        List.of(
            join(DATA, movie),
            join(ftyp(), movie),
            join(ftyp(), DATA),
            join(ftyp(), DATA, movie, movie),
            join(ftyp(), DATA, movie, box("uuid", new byte[32])),
            join(ftyp(), DATA, movie, new byte[9]),
            Arrays.copyOf(join(ftyp(), DATA, movie), 150),
            new byte[0])) {
      assertThat(rewrite(file)).isEqualTo(Outcome.UNUSUAL);
    }
    assertThat(rewrite(join(ftyp(), movie, DATA))).isEqualTo(Outcome.NOT_NEEDED);
    assertThat(rewrite(join(ftyp(), DATA, movie, box("moof")))).isEqualTo(Outcome.NOT_NEEDED);
  }

  @Test
  void takesUserDataAsQuickTimeEndsIt() throws IOException {
    int at = dataAt();
    byte[] before =
        join(
            ftyp(),
            DATA,
            movie(track(narrow(at, at + 13)), box("udta", box("name", ints(0)), ints(0))));
    assertThat(rewrite(before)).isEqualTo(Outcome.REWRITTEN);
    same(before, written());
  }

  @Test
  void overwritesNothing() throws IOException {
    int at = dataAt();
    assertThat(rewrite(join(ftyp(), DATA, movie(track(narrow(at, at))))))
        .isEqualTo(Outcome.REWRITTEN);
    assertThatThrownBy(() -> Faststart.rewrite(folder.resolve("in"), folder.resolve("out")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(folder.resolve("out")).exists();
  }

  @Test
  void movesTablesOfMoreThanOnePage() throws IOException {
    int at = dataAt();
    int[] offsets = new int[200_000];
    Arrays.setAll(offsets, i -> at + i % 18);
    byte[] before = join(ftyp(), DATA, movie(track(narrow(offsets))));
    for (long limit : new long[] {USUAL, 100}) {
      assertThat(rewrite(before, limit)).isEqualTo(Outcome.REWRITTEN);
      assertChunksBegin(before, written());
    }
    assertThat(written()).hasSize(before.length + 4 * offsets.length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"moov-end.mp4", "quicktime.mov", "built"})
  void answersEveryTruncationAndMutation(String name) throws IOException {
    int at = dataAt();
    byte[] original =
        name.equals("built")
            ? join(ftyp(), DATA, movie(track(narrow(at, at + 13)), track(wide(at, at + 13))))
            : Samples.bytes(name);
    var random = new Random(name.hashCode());
    int rewritten = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] mutated = HostileBytesTest.mutated(original, random);
      if (rewrite(mutated, i % 2 == 0 ? USUAL : 200) == Outcome.REWRITTEN) {
        rewritten++;
        byte[] after = written();
        assertThat(after.length).isGreaterThanOrEqualTo(mutated.length - 8);
        assertThat(rewrite(after)).isNotEqualTo(Outcome.REWRITTEN);
        assertChunksBegin(mutated, after);
      }
    }
    assertThat(rewritten).isPositive();
    for (int length = 0; length < original.length; length += 1 + original.length / 500) {
      assertThat(rewrite(Arrays.copyOf(original, length))).isNotEqualTo(Outcome.REWRITTEN);
    }
  }

  /** Of a damaged file the sizes of samples may be anything; chunks still begin where they did. */
  private static void assertChunksBegin(byte[] before, byte[] after) {
    List<byte[]> old = SampleBytes.chunks(before);
    List<byte[]> moved = SampleBytes.chunks(after);
    assertThat(moved).hasSameSizeAs(old);
    for (int i = 0; i < old.size(); i++) {
      assertThat(moved.get(i)).isEqualTo(old.get(i));
    }
  }
}
