package dev.aftercall.http;

import static dev.aftercall.http.MeetingCalls.MINE;
import static dev.aftercall.http.MeetingCalls.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What meetings that were made here and recordings have to do with each other. */
final class MeetingsAndRecordingsTest {
  private static final UUID OTHER_TENANT = TestServer.guid("other tenant");

  private static TestServer server;
  private static MeetingCalls calls;
  private static String organizer;

  @BeforeAll
  static void start() {
    server = new TestServer();
    calls = new MeetingCalls(server);
    organizer = calls.user(TestServer.ORGANIZER);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void whatIsDeletedIsGoneWithItsRecordings() {
    Recorded recorded = server.record();
    String path = MINE + "/" + recorded.meetingId();
    assertThat(server.get(recorded.path(), organizer).statusCode()).isEqualTo(200);
    assertThat(calls.get(path, organizer).path("participants").path("attendees")).hasSize(1);

    assertThat(calls.send("DELETE", path, organizer, "").statusCode()).isEqualTo(204);

    refused(404, server.get(path, organizer));
    refused(404, server.get(recorded.path(), organizer));
    refused(404, server.get(recorded.contentPath(), organizer));
    refused(404, calls.send("DELETE", path, organizer, ""));
  }

  @Test
  void aRecordingIsHandedOverToAMeetingMadeHere() {
    JsonNode made = calls.create(organizer, "{}");
    String id = made.path("id").asText();

    Recorded recorded = server.handOver().with("meetingId", id).keep();

    assertThat(recorded.meetingId()).isEqualTo(id);
    assertThat(server.get(recorded.path(), organizer).statusCode()).isEqualTo(200);
    assertThat(
            server
                .handOver()
                .with("joinWebUrl", made.path("joinWebUrl").asText())
                .keep()
                .meetingId())
        .isEqualTo(id);
  }

  @Test
  void aRecordingIsHandedOverByTheNumberAndByTheShortLink() {
    JsonNode made = calls.create(organizer, "{}");
    String number = made.path("joinMeetingIdSettings").path("joinMeetingId").asText();
    String invitation = made.path("joinInformation").path("content").asText();
    String passcode = invitation.replaceAll("(?s).*?%2Fmeet%2F\\d+%3Fp%3D([A-Za-z0-9]+).*", "$1");
    assertThat(passcode).hasSize(22);
    String link = "https://teams.microsoft.com/meet/" + number;

    for (String meant :
        List.of(
            number,
            number.substring(0, 3) + " " + number.substring(3),
            link + "?p=" + passcode,
            link)) {
      assertThat(server.handOver().with("joinMeetingId", meant).keep().meetingId())
          .as(meant)
          .isEqualTo(made.path("id").asText());
    }
    for (String wrong : List.of("1234567890123", link + "?p=x", link + "1", "12")) {
      assertThatIllegalStateException()
          .as(wrong)
          .isThrownBy(() -> server.handOver().with("meetingId", wrong).keep())
          .withMessageContaining("joinMeetingId");
    }
    assertThatIllegalStateException()
        .as("another tenant's")
        .isThrownBy(() -> server.handOver().tenant(OTHER_TENANT).with("meetingId", number).keep());
  }
}
