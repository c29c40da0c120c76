package dev.aftercall.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.access.SubscriptionAccess.Scope;
import dev.aftercall.identity.Caller;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.recording.Artifact;
import dev.aftercall.time.Ids;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How much one body holds. */
final class GraphPayloadTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final UUID TENANT = new UUID(1, 1);
  private static final int BODY = 512 << 10;

  private final InstantSource clock = InstantSource.fixed(Instant.EPOCH);
  private final Ids ids = Ids.repeatable(1);
  private final GraphPayload payload =
      new GraphPayload(
          new ResourceEncryption(ids),
          new ValidationTokens(ValidationTokens::newKey, "sts.windows.net", ids, clock));

  private static Waiting waiting(int position, String clientState) {
    Meeting meeting =
        new Meeting(
            new UUID(2, 2),
            TENANT,
            new UUID(3, 3),
            "19:meeting_x@thread.v2",
            "",
            "Weekly",
            MeetingType.SCHEDULED,
            false,
            false,
            0,
            0,
            0);
    Told told =
        new Told(
            Artifact.Kind.RECORDING,
            new UUID(4, position),
            new UUID(5, 5),
            "correlation",
            0,
            0,
            0,
            meeting,
            Optional.empty());
    Subscription subscription =
        new Subscription(
            new UUID(6, 6),
            new Caller.Application(TENANT, "app", "", Set.of()),
            new Topic(Artifact.Kind.RECORDING, false, new Scope.Everything()),
            "communications/onlineMeetings/getAllRecordings",
            new Subscription.Target(
                "https://example.com/", Optional.empty(), Optional.of(clientState), "v1_2"),
            Optional.empty(),
            0,
            0,
            0);
    return new Waiting(
        new Waiting.Key(position, subscription.id().toString(), Event.CREATED),
        0,
        Optional.of(subscription),
        Optional.of(told));
  }

  @Test
  void aBodyEndsBeforeItIsTooLargeAndTheRestComesNext() throws IOException {
    Lane lane = new Lane("lane", TENANT, "app", Lane.Kind.WEBHOOK, "https://example.com/", 0, "");
    List<Waiting> left = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      left.add(waiting(i, "\"é".repeat(5_000)));
    }
    Set<String> told = new HashSet<>();
    while (!left.isEmpty()) {
      GraphPayload.Body body = payload.changes(left, lane);
      assertThat(body.items()).isPositive();
      assertThat(body.bytes().length).isLessThan(BODY + 100);
      JsonNode value = JSON.readTree(body.bytes()).path("value");
      assertThat(value).hasSize(body.items());
      value.forEach(one -> told.add(one.path("resourceData").path("id").asText()));
      left = left.subList(body.items(), left.size());
    }
    assertThat(told).hasSize(100);
  }

  @Test
  void oneThatIsTooLargeGoesByItself() throws IOException {
    Lane lane = new Lane("lane", TENANT, "app", Lane.Kind.WEBHOOK, "https://example.com/", 0, "");
    GraphPayload.Body body =
        payload.changes(List.of(waiting(1, "x".repeat(BODY)), waiting(2, "x")), lane);
    assertThat(body.items()).isEqualTo(1);
    assertThat(JSON.readTree(body.bytes()).path("value")).hasSize(1);
  }
}
