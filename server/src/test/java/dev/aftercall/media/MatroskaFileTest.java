package dev.aftercall.media;

import static dev.aftercall.media.Mp4Bytes.ints;
import static dev.aftercall.media.Mp4Bytes.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aftercall.media.ProbeResult.Media;
import dev.aftercall.media.ProbeResult.Reason;
import dev.aftercall.media.ProbeResult.Unplayable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MatroskaFileTest {
  /** As MediaRecorder leaves it: nobody knows how long anything is, until it is over. */
  @Test
  void walksClustersOfUnknownSize() throws Exception {
    byte[] bytes = Samples.bytes("live.webm");
    byte[] cluster = ints(Ebml.CLUSTER);
    for (int at = Samples.find(bytes, cluster, 0);
        at >= 0;
        at = Samples.find(bytes, cluster, at + 4)) {
      boolean oneByte = bytes[at + 4] < 0;
      bytes[at + 4] = (byte) (oneByte ? 0xff : 0x7f);
      bytes[at + 5] = oneByte ? bytes[at + 5] : (byte) 0xff;
    }
    var media = (Media) new ContainerProbe().probe(CountingChannel.of(bytes));
    assertThat(media.duration().toMillis()).isCloseTo(2000, within(30L));
    assertThat(media.startsFast()).isTrue();
  }

  @Test
  void findsTheEndOfALongLiveRecordingFromItsTail() throws Exception {
    // 3 hours in clusters of 10 s, a block of 20 kB every 100 ms
    var file = CountingChannel.of(live(1080, 100, 2000));
    var small = new Limits(1024, 8 << 20, 100_000, 500, 1 << 20);
    var media = (Media) new ContainerProbe(small).probe(file);
    assertThat(media.duration()).isEqualTo(Duration.ofHours(3).minusMillis(100));
    assertThat(file.bytesRead()).isLessThan(4 << 20);
  }

  @Test
  void findsTheEndOfALiveRecordingWithoutItsTail() throws Exception {
    var media = (Media) new ContainerProbe().probe(CountingChannel.of(live(20, 100, 10)));
    assertThat(media.duration()).isEqualTo(Duration.ofSeconds(200).minusMillis(100));
  }

  @Test
  void saysSoWhenTheTailHasNoCluster() throws Exception {
    byte[] head = live(0, 0, 0);
    byte[] block = new byte[1000];
    block[0] = (byte) 0xA3;
    block[1] = 0x43;
    block[2] = (byte) 0xE5; // 997
    block[3] = (byte) 0x81;
    byte[] opened =
        join(head, ints(Ebml.CLUSTER), new byte[] {(byte) 0xff, (byte) 0xE7, (byte) 0x81, 0});
    var file = CountingChannel.repeating(opened, block, 1000, 100_000);
    refused(file, Reason.MALFORMED, "no cluster within the last");
    assertThat(file.bytesRead()).isLessThan(64 << 20);
  }

  @Test
  void isNotFooledByFilesMadeOfBeginnings() throws Exception {
    byte[] cluster =
        join(ints(Ebml.CLUSTER), new byte[] {(byte) 0xff, (byte) 0xE7, (byte) 0x81, 0});
    var file =
        CountingChannel.repeating(join(live(1, 30_000, 0), new byte[] {0}), cluster, 8, 4_000_000);
    assertThat(new ContainerProbe().probe(file)).isInstanceOf(Unplayable.class);
    assertThat(file.bytesRead()).isLessThan(256 << 20);
  }

  @Test
  void refusesALiveRecordingCutWithinABlock() throws Exception {
    byte[] bytes = Samples.bytes("live.webm");
    byte[] cut = Arrays.copyOf(bytes, bytes.length - 7);
    refused(CountingChannel.of(cut), Reason.TRUNCATED, "the file ends at " + cut.length);
  }

  @Test
  void refusesOtherDocuments() throws Exception {
    byte[] bytes = Samples.bytes("duration.webm");
    bytes[Samples.find(bytes, "webm".getBytes(StandardCharsets.US_ASCII), 0)] = 'x';
    refused(CountingChannel.of(bytes), Reason.NOT_MEDIA, "does not announce WebM");
  }

  @Test
  void wantsTracksAndClusters() throws Exception {
    refused(CountingChannel.of(live(0, 0, 0)), Reason.NO_TRACKS, "no cluster");
    byte[] header = Arrays.copyOf(live(0, 0, 0), 12 + 12);
    refused(CountingChannel.of(header), Reason.NO_TRACKS, "no audio or video track");
  }

  @Test
  void refusesAnUnknownSizeWhereItCannotBe() throws Exception {
    byte[] bytes = Samples.bytes("duration.webm");
    int info = Samples.find(bytes, ints(Ebml.INFO), 100);
    bytes[info + 4] = (byte) 0xff;
    refused(CountingChannel.of(bytes), Reason.MALFORMED, "unknown size");
  }

  /** A segment of unknown size with one audio track; a block every 100 ms. */
  private static byte[] live(int clusters, int blocks, int blockBytes) {
    byte[] docType = {0x42, (byte) 0x82, (byte) 0x84, 'w', 'e', 'b', 'm'};
    byte[] tracks = {
      (byte) 0xAE, (byte) 0x86, (byte) 0xD7, (byte) 0x81, 1, (byte) 0x83, (byte) 0x81, 2
    };
    var bytes = ByteBuffer.allocate(64 + clusters * (18 + blocks * (8 + blockBytes)));
    bytes.putInt(Ebml.HEADER).put((byte) 0x87).put(docType);
    bytes.putInt(Ebml.SEGMENT).putLong(0x01ffffffffffffffL);
    bytes.putInt(Ebml.TRACKS).put((byte) 0x88).put(tracks);
    for (int cluster = 0; cluster < clusters; cluster++) {
      bytes.putInt(Ebml.CLUSTER).putLong(0x01ffffffffffffffL);
      bytes.put((byte) 0xE7).put((byte) 0x84).putInt(cluster * blocks * 100);
      for (int block = 0; block < blocks; block++) {
        bytes.put((byte) 0xA3).putShort((short) (0x4000 | (4 + blockBytes)));
        bytes.put((byte) 0x81).putShort((short) (block * 100)).put((byte) 0x80);
        bytes.position(bytes.position() + blockBytes);
      }
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  private static void refused(CountingChannel file, Reason reason, String words) throws Exception {
    var verdict = (Unplayable) new ContainerProbe().probe(file);
    assertThat(verdict.reason()).contains(words).endsWith(".");
    assertThat(verdict.code()).isEqualTo(reason);
  }
}
