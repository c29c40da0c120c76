package dev.aftercall.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.graph.users.item.onlinemeetings.item.recordings.item.CallRecordingItemRequestBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

@Conformance("Graph SDK: content")
final class SdkContentTest {
  private final ServerUnderTest server;
  private final ReadyFile.Held held;
  @TempDir private Path folder = Path.of("");

  SdkContentTest(ServerUnderTest server) {
    this.server = server;
    this.held = server.recording();
  }

  @Verified(year = 2026)
  void anAppWithPolicySavesEveryRecording() throws IOException {
    for (ReadyFile.Held each : server.ready().recordings()) {
      saves(GraphClients.users(server.graph().app("app"), each.organizer(), each), each);
    }
  }

  @Verified(year = 2026)
  void theOrganizerSavesThroughMe() throws IOException {
    saves(GraphClients.me(server.graph().bearing("organizer"), held), held);
  }

  @Verified(year = 2026)
  void theOrganizerSavesThroughTheirOwnPath() throws IOException {
    saves(GraphClients.users(server.graph().bearing("organizer"), held.organizer(), held), held);
  }

  @Verified(year = 2026)
  void anAppConsentedToInTheChatSaves() throws IOException {
    saves(GraphClients.users(server.graph().app("appRsc"), held.organizer(), held), held);
  }

  @Verified(year = 2026)
  void theContentUrlOfTheMetadataSaves() throws IOException {
    CallRecordingItemRequestBuilder builder =
        GraphClients.me(server.graph().bearing("organizer"), held);
    String url = builder.get().getRecordingContentUrl();
    try (InputStream in = builder.content().withUrl(url).get()) {
      assertThat(Bytes.sha256(in.readAllBytes())).isEqualTo(held.sha256());
    }
  }

  private void saves(CallRecordingItemRequestBuilder builder, ReadyFile.Held each)
      throws IOException {
    Path file = folder.resolve("recording.mp4");
    Files.deleteIfExists(file);
    try (InputStream in = builder.content().get()) {
      Files.copy(in, file);
    }
    assertThat(file).hasSize(each.size());
    assertThat(Bytes.sha256(Files.readAllBytes(file))).isEqualTo(each.sha256());
  }
}
