package dev.aftercall.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aftercall.content.ContentKey;
import dev.aftercall.journal.Journal;
import dev.aftercall.testing.Media;
import dev.aftercall.testing.RawHttp;
import dev.aftercall.testing.Recorded;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

/** What holds for files on this machine besides, whether the kernel sends them or TLS does. */
abstract class FileDeliveryContract extends LeavingClientContract {
  @Test
  void aFileThatIsCutOffMeanwhileEndsTheConnectionAndIsJournalled() throws IOException {
    Recorded cut = server().handOver().bytes(Media.mp4(SIZE)).keep();
    try (RawHttp raw = RawHttp.to(server())) {
      raw.send(request(server(), cut, ""));
      RawHttp.Answer answer = new RawHttp.Answer(200, raw.head(), new byte[0]);
      try (FileChannel file = FileChannel.open(fileOf(cut), StandardOpenOption.WRITE)) {
        file.truncate(1);
      }

      assertThatThrownBy(() -> raw.readExactly(SIZE)).isInstanceOf(IOException.class);
      Journal.Delivery delivery =
          server().journal(answer.header("request-id").orElseThrow()).delivery();
      assertThat(delivery.status()).isEqualTo(200);
      assertThat(delivery.whole()).isFalse();
      assertThat(delivery.bytes()).isLessThan(SIZE);
    }
  }

  private Path fileOf(Recorded recorded) {
    String key = new ContentKey(recorded.tenant(), recorded.artifact()).path();
    return server().dataDir().resolve("content").resolve(key);
  }
}
