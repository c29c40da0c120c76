package dev.aftercall.media;

import static dev.aftercall.media.Mp4Bytes.box;
import static dev.aftercall.media.Mp4Bytes.ftyp;
import static dev.aftercall.media.Mp4Bytes.header;
import static dev.aftercall.media.Mp4Bytes.ints;
import static dev.aftercall.media.Mp4Bytes.join;
import static dev.aftercall.media.Mp4Bytes.longs;
import static dev.aftercall.media.Mp4Bytes.mdat;
import static dev.aftercall.media.Mp4Bytes.mdhd;
import static dev.aftercall.media.Mp4Bytes.moof;
import static dev.aftercall.media.Mp4Bytes.mvhd;
import static dev.aftercall.media.Mp4Bytes.trak;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.media.ProbeResult.Media;
import dev.aftercall.media.ProbeResult.Reason;
import dev.aftercall.media.ProbeResult.Unplayable;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Mp4FileTest {
  private static final byte[] VIDEO = trak(1, "vide", mdhd(1000, 5000));
  private static final byte[] FRAGMENTED =
      box("moov", mvhd(1000, 0), trak(1, "vide", mdhd(1000, 0)), box("mvex", trex(1, 40)));

  @Test
  void takesTheLongestTrack() throws Exception {
    byte[] sound = trak(2, "soun", mdhd(48_000, 48_000 * 7));
    assertThat(media(ftyp(), box("moov", mvhd(1000, 5000), VIDEO, sound), mdat()).duration())
        .isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void readsVersionOneOfTheHeaders() throws Exception {
    byte[] mvhd = box("mvhd", ints(1 << 24), longs(0, 0), ints(600), longs(0), new byte[80]);
    byte[] mdhd = box("mdhd", ints(1 << 24), longs(0, 0), ints(90_000), longs(90_000L * 86_400));
    byte[] tkhd = box("tkhd", ints(1 << 24), longs(0, 0), ints(9, 0), longs(0), new byte[60]);
    byte[] mdia = box("mdia", mdhd, box("hdlr", ints(0, 0, 0x76696465)));
    assertThat(media(ftyp(), box("moov", mvhd, box("trak", tkhd, mdia)), mdat()).duration())
        .isEqualTo(Duration.ofDays(1));
  }

  @Test
  void stepsOverLargeSizesExtensionsAndTheOpenEnd() throws Exception {
    byte[] large = join(header(1, "free"), longs(24), new byte[8]);
    byte[] moov = box("moov", mvhd(1000, 5000), VIDEO);
    byte[] open = join(header(0, "mdat"), new byte[100]);
    assertThat(media(ftyp(), large, box("uuid", new byte[20]), moov, open).duration())
        .isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void acceptsZerosBehindTheEnd() throws Exception {
    assertThat(media(ftyp(), box("moov", mvhd(1000, 1), VIDEO), mdat(), new byte[100_000]))
        .isNotNull();
  }

  @Test
  void fallsBackToTheMovieWhenTracksDoNotTell() throws Exception {
    byte[] track = trak(1, "soun", mdhd(0, -1));
    var media = media(ftyp(), box("moov", mvhd(1000, 9000), track), mdat());
    assertThat(media.duration()).isEqualTo(Duration.ofSeconds(9));
    assertThat(media.mediaType()).isEqualTo("audio/mp4");
  }

  @Test
  void addsUpFragmentsThatDoNotSayWhenTheyBegin() throws Exception {
    byte[] byDefault =
        box("moof", box("traf", box("tfhd", ints(0, 1)), box("trun", ints(0, 25)))); // 25 x 40
    byte[] byTable =
        box(
            "moof",
            box("traf", box("tfhd", ints(0, 1)), box("trun", ints(0x300, 2, 500, 0, 250, 0))));
    assertThat(
            media(ftyp(), FRAGMENTED, byDefault, mdat(), byTable, mdat(), moof(1, 2, 500))
                .duration())
        .isEqualTo(Duration.ofMillis(1000 + 750 + 1000));
  }

  @Test
  void countsFromTheFirstFragmentOfALiveStream() throws Exception {
    byte[] first = at(100_000);
    byte[] last = at(107_000);
    assertThat(media(ftyp(), FRAGMENTED, first, mdat(), last, mdat()).duration())
        .isEqualTo(Duration.ofMillis(7000 + 400));
  }

  private static byte[] at(long ticks) {
    byte[] tfdt = box("tfdt", ints(1 << 24), longs(ticks));
    return box("moof", box("traf", box("tfhd", ints(0, 1)), tfdt, box("trun", ints(0, 10))));
  }

  @Test
  void believesTheExtendsHeader() throws Exception {
    byte[] mvex = box("mvex", box("mehd", ints(0, 3_600_000)), trex(1, 40));
    byte[] moov = box("moov", mvhd(1000, 0), mvex, trak(1, "vide", mdhd(1000, 0)));
    assertThat(media(ftyp(), moov, moof(1, 10, 40), mdat()).duration())
        .isEqualTo(Duration.ofHours(1));
  }

  @Test
  void ignoresAnIndexThatPointsBehindTheFile() throws Exception {
    byte[] sidx = sidx(1_000_000, 60_000);
    assertThat(media(ftyp(), FRAGMENTED, sidx, moof(1, 10, 40), mdat()).duration())
        .isEqualTo(Duration.ofMillis(400));
  }

  @Test
  void readsAnIndexInsteadOfItsFragments() throws Exception {
    byte[] fragment = join(moof(1, 10, 40), mdat());
    byte[] indexed = sidx(2 * fragment.length, 60_000);
    assertThat(media(ftyp(), FRAGMENTED, indexed, fragment, fragment, fragment).duration())
        .isEqualTo(Duration.ofMillis(60_400));
  }

  private static byte[] sidx(int bytes, int ticks) {
    return box("sidx", ints(0, 1, 1000, 0, 0, 1, bytes, ticks, 0));
  }

  private static byte[] trex(int track, int each) {
    return box("trex", ints(0, track, 1, each, 0, 0));
  }

  @Test
  void reads2GigabytesOfFragmentsByTheirHeaders() throws Exception {
    byte[] mdat = header(300_000, "mdat");
    byte[] unit = join(moof(1, 25, 40), mdat);
    long period = unit.length + 300_000L - mdat.length;
    var file = CountingChannel.repeating(join(ftyp(), FRAGMENTED), unit, period, 7200);
    assertThat(file.size()).isGreaterThan(2_000_000_000L);
    var media = (Media) new ContainerProbe().probe(file);
    assertThat(media.duration()).isEqualTo(Duration.ofHours(2));
    assertThat(file.reads()).isLessThan(2 * 7200);
    assertThat(file.bytesRead()).isLessThan(16 << 20);
  }

  @Test
  void tellsTheRecorderThatDiedFromTheCopyThatDid() throws Exception {
    refused(Reason.NO_MOOV, "the recorder stopped", ftyp(), join(header(0, "mdat"), new byte[99]));
    refused(Reason.TRUNCATED, "at offset 16 should end at 516", ftyp(), header(500, "mdat"));
    refused(Reason.TRUNCATED, "without any media data", ftyp(), box("moov", mvhd(1000, 1), VIDEO));
    refused(Reason.NO_MOOV, "initialization segment", box("styp"), moof(1, 1, 1), mdat());
  }

  @Test
  void tellsAPictureFromARecording() throws Exception {
    refused(Reason.NOT_MEDIA, "a picture", ftyp(), box("meta", ints(0)), mdat());
  }

  @Test
  void wantsSomethingToPlay() throws Exception {
    refused(Reason.NO_TRACKS, "lists no track", ftyp(), box("moov", mvhd(1000, 5)), mdat());
    byte[] text = trak(1, "text", mdhd(1000, 5000));
    refused(Reason.NO_TRACKS, "lists no track", ftyp(), box("moov", mvhd(1000, 5), text), mdat());
    byte[] silent = trak(1, "soun", mdhd(1000, 0));
    refused(Reason.NO_TRACKS, "no time", ftyp(), box("moov", mvhd(1000, 0), silent), mdat());
    refused(Reason.NO_TRACKS, "no fragment", ftyp(), FRAGMENTED);
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 7})
  void refusesSizesThatLeadNowhere(long size) throws Exception {
    refused(Reason.MALFORMED, "offset 16", ftyp(), header(size, "free"), new byte[16]);
  }

  @Test
  void refusesContradictions() throws Exception {
    byte[] moov = box("moov", mvhd(1000, 5000), VIDEO);
    refused(Reason.MALFORMED, "no box at offset", ftyp(), moov, mdat(), ints(8, 0x01020304));
    refused(
        Reason.MALFORMED, "larger than the box", ftyp(), box("moov", header(999, "mvhd")), mdat());
    refused(Reason.MALFORMED, "without its header", ftyp(), box("moov", VIDEO), mdat());
    refused(Reason.MALFORMED, "all its fields", ftyp(), box("moov", box("mvhd", ints(0))), mdat());
    refused(Reason.TRUNCATED, "goes on past", ftyp(), header(1, "mdat"), longs(Long.MIN_VALUE));
    refused(Reason.TRUNCATED, "offset 16", ftyp(), header(1, "mdat"), longs(Long.MAX_VALUE));
    byte[] hungry = box("moof", box("traf", box("tfhd", ints(0, 1)), box("trun", ints(0x100, -1))));
    refused(Reason.MALFORMED, "'trun' without all", ftyp(), FRAGMENTED, hungry, mdat());
    refused(Reason.MALFORMED, "days", ftyp(), FRAGMENTED, moof(1, -1, -1), mdat());
  }

  @Test
  void givesUpOnABillionBoxes() throws Exception {
    byte[] free = header(8, "free");
    var file = CountingChannel.repeating(ftyp(), free, 8, 1_000_000_000);
    var verdict = (Unplayable) new ContainerProbe().probe(file);
    assertThat(verdict.code()).isEqualTo(Reason.MALFORMED);
    assertThat(verdict.reason()).contains("more than 2000000 boxes");
    assertThat(file.bytesRead()).isLessThan(20 << 20);
  }

  private static Media media(byte[]... boxes) throws Exception {
    return (Media) new ContainerProbe().probe(CountingChannel.of(join(boxes)));
  }

  private static void refused(Reason reason, String words, byte[]... boxes) throws Exception {
    var verdict = (Unplayable) new ContainerProbe().probe(CountingChannel.of(join(boxes)));
    assertThat(verdict.reason()).contains(words).endsWith(".");
    assertThat(verdict.code()).isEqualTo(reason);
  }
}
