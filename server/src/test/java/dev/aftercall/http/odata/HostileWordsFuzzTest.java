package dev.aftercall.http.odata;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.aftercall.config.FunctionSpelling;
import dev.aftercall.http.GraphException;
import dev.aftercall.http.Request;
import dev.aftercall.http.RequestsForFuzzing;
import dev.aftercall.meeting.GraphIds;
import dev.aftercall.meeting.JoinLink;
import dev.aftercall.meeting.MeetingId;
import dev.aftercall.recording.RecordingId;

/**
 * Whatever a client writes into path, query and keys is understood or refused with a 4xx: no other
 * exception, no overflow, no hang. {@code ./check} runs the kept inputs; CONTRIBUTING.md says how
 * to look for new ones.
 */
final class HostileWordsFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void filters(FuzzedDataProvider data) {
    ArtifactType type = data.pickValue(ArtifactType.values());
    String text = data.consumeRemainingAsString();
    refusedOrRead(() -> FilterReader.read(text, type));
  }

  @FuzzTest(maxDuration = "60s")
  void orders(FuzzedDataProvider data) {
    ArtifactType type = data.pickValue(ArtifactType.values());
    String text = data.consumeRemainingAsString();
    refusedOrRead(() -> OrderReader.read(text, type));
  }

  @FuzzTest(maxDuration = "60s")
  void lookups(FuzzedDataProvider data) {
    String text = data.consumeRemainingAsString();
    refusedOrRead(() -> RequestsForFuzzing.events(text));
    JoinLink.parse(text);
    String links = "onlineMeeting/joinUrl eq '" + text.replace("'", "''") + "'";
    refusedOrRead(() -> RequestsForFuzzing.events(links));
  }

  @FuzzTest(maxDuration = "60s")
  void targets(FuzzedDataProvider data) {
    GetAllFunction function = data.pickValue(GetAllFunction.values());
    FunctionSpelling spelling = data.pickValue(FunctionSpelling.values());
    String arguments = data.consumeString(200);
    String query = data.consumeRemainingAsString();
    refusedOrRead(
        () -> {
          Request request = RequestsForFuzzing.request("/v1.0/x", query, arguments);
          refusedOrRead(() -> ListOptions.ofList(request, function.artifact()));
          refusedOrRead(() -> ListOptions.ofDelta(request, function.artifact()));
          GetAllCall.of(request, function, spelling);
        });
  }

  @FuzzTest(maxDuration = "60s")
  void paths(FuzzedDataProvider data) {
    String path = "/" + data.consumeRemainingAsString();
    refusedOrRead(() -> RequestsForFuzzing.segments(path));
  }

  @FuzzTest(maxDuration = "60s")
  void keys(FuzzedDataProvider data) {
    String key = data.consumeRemainingAsString();
    MeetingId.parse(key)
        .ifPresent(
            id -> {
              assertThat(id.threadId()).isNotEmpty();
              assertThat(RecordingId.looksLikeArtifact(key)).isFalse();
            });
    if (GraphIds.guid(key).isPresent()) {
      assertThat(RecordingId.artifact(key)).isPresent();
      assertThat(RecordingId.looksLikeArtifact(key)).as("Graph takes it for a meeting's").isFalse();
    }
  }

  private static void refusedOrRead(Runnable reading) {
    try {
      reading.run();
    } catch (GraphException e) {
      assertThat(e.code().status()).as(e.text()).isBetween(400, 499);
    }
  }
}
