package dev.aftercall.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.digest.Sha256;
import dev.aftercall.intake.Intake.Fragment;
import dev.aftercall.intake.Intake.Progress;
import dev.aftercall.testing.Media;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An MP4 whose movie box stands at its end, where the operator wants it in front. */
final class FaststartIntakeTest {
  private static final UUID ADA = TestServer.guid("Ada");
  private static final byte[] BEHIND = Media.resource("/media/moov-end.mp4");

  @Test
  void isKeptWithItInFrontAndReceiptedAsItCame() throws Exception {
    try (TestServer server = new TestServer(TestSetup.faststart())) {
      Receipt receipt = handOver(server, BEHIND);
      assertThat(receipt.sha256()).isEqualTo(Sha256.hex(BEHIND));
      assertThat(receipt.size()).isEqualTo(BEHIND.length);
      byte[] content = content(server, receipt);
      assertThat(movie(content)).isPositive().isLessThan(media(content));
      assertThat(movie(BEHIND)).isGreaterThan(media(BEHIND));
      assertThat(content).hasSameSizeAs(BEHIND);
    }
  }

  @Test
  void whatBeginsSoAlreadyIsKeptToTheByte() throws Exception {
    try (TestServer server = new TestServer(TestSetup.faststart())) {
      assertThat(content(server, handOver(server, Media.mp4()))).isEqualTo(Media.mp4());
    }
  }

  @Test
  void isKeptAsItCameOtherwise() throws Exception {
    try (TestServer server = new TestServer()) {
      assertThat(content(server, handOver(server, BEHIND))).isEqualTo(BEHIND);
    }
  }

  private static Receipt handOver(TestServer server, byte[] bytes) throws Exception {
    ObjectNode metadata = JsonNodeFactory.instance.objectNode().put("organizer", ADA.toString());
    Submitter submitter = new Submitter(TestServer.TENANT, "test");
    Progress opened = server.intake().open(submitter, metadata, Optional.empty());
    return server
        .intake()
        .append(
            opened.uploadId(),
            opened.secret().orElseThrow(),
            new Fragment(
                0, bytes.length, Optional.of((long) bytes.length), new ByteArrayInputStream(bytes)))
        .receipt()
        .orElseThrow();
  }

  private static byte[] content(TestServer server, Receipt receipt) {
    return server
        .get(
            "/v1.0/me/onlineMeetings/"
                + receipt.meetingId()
                + "/recordings/"
                + receipt.id()
                + "/content",
            server.user(ADA))
        .body();
  }

  private static int movie(byte[] file) {
    return text(file).indexOf("moov");
  }

  private static int media(byte[] file) {
    return text(file).indexOf("mdat");
  }

  private static String text(byte[] file) {
    return new String(file, StandardCharsets.ISO_8859_1);
  }
}
