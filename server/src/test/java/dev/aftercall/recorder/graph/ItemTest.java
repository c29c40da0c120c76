package dev.aftercall.recorder.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.arrival.Announcement;
import dev.aftercall.recording.Original;
import dev.aftercall.time.Ticks;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Items as Microsoft was seen to write them. */
final class ItemTest {
  private static final UUID TENANT = UUID.fromString("2432b57b-0abd-43db-aa7b-16eadd115d34");
  private static final UUID USER = UUID.fromString("b935e675-5e67-48b9-8d45-249d5f88e964");
  private static final String THREAD =
      "19:meeting_YmM3NzI5OTItYjE4ZS00MmQ3LTkzMTQtY2ZmODdmZjliZmE3@thread.v2";
  private static final String SERVICE = "https://graph.microsoft.com/v1.0";
  private static final String CALENDAR = "040000008200E00074C5B7101A82E0080000000012F5";
  private static final String CALL = "af630fe0-04d3-4559-8cf9-91fe45e36296";

  private static String base64(String plain) {
    return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Announcement read(Feed.Of of, String item, Optional<String> meeting) {
    return Item.announcement(
        Item.envelope(new Feed(of, USER), SERVICE, json(item), meeting.map(ItemTest::json)),
        TENANT);
  }

  private static Original original(Announcement announcement) {
    return Objects.requireNonNull(announcement.original());
  }

  private static String recording(String id) {
    return """
    {"@odata.type":"#microsoft.graph.callRecording","id":"%s","meetingId":"%s","callId":"%s",
     "contentCorrelationId":"e87c8cf8-50f7-4252-8b9c-ad08ac0fa88d-0",
     "createdDateTime":"2024-07-12T11:37:59.0113199Z","endDateTime":"2024-07-12T11:38:11.3313199Z",
     "recordingContentUrl":"https://graph.microsoft.com/v1.0/$metadata#users('x')/recordings/('y')/content",
     "meetingOrganizer":{"application":null,"device":null,"user":{"id":"%s","tenantId":"%s"}}}
    """
        .formatted(id, base64("1*" + USER + "*0**" + THREAD), CALL, USER, TENANT);
  }

  @Test
  void whatACapturedRecordingSaysIsKept() {
    UUID artifact = UUID.fromString("7b9c1f0a-1111-4222-8333-444455556666");
    String id = base64("V2##1" + USER + TENANT + CALENDAR + "##" + artifact);
    Announcement it =
        read(
            Feed.Of.RECORDINGS,
            recording(id),
            Optional.of(
                """
                {"subject":"Q3","startDateTime":"2024-07-12T11:30:00Z","endDateTime":"2024-07-12T12:00:00Z",
                 "joinMeetingIdSettings":{"passcode":"SEEKRIT"},
                 "participants":{"attendees":[
                  {"role":"coorganizer","identity":{"user":{"id":"11111111-0abd-43db-aa7b-16eadd115d34"}}},
                  {"role":"attendee","identity":{"user":{"id":"22222222-0abd-43db-aa7b-16eadd115d34"}}},
                  {"role":"attendee","upn":"guest@example.org","identity":{"user":{"id":null}}}]}}
                """));
    assertThat(it.sourceId()).isEqualTo("recordings/" + artifact);
    assertThat(it.occasion().room()).isEqualTo("Q3");
    assertThat(it.occasion().start()).isEqualTo(Ticks.parse("2024-07-12T11:37:59.0113199Z"));
    assertThat(it.file().location())
        .isEqualTo(
            SERVICE
                + "/users/"
                + USER
                + "/onlineMeetings/"
                + base64("1*" + USER + "*0**" + THREAD).replace("=", "%3D")
                + "/recordings/"
                + id.replace("=", "%3D")
                + "/content");
    Original original = original(it);
    assertThat(original.artifact()).isEqualTo(artifact);
    assertThat(original.callId()).isEqualTo(UUID.fromString(CALL));
    assertThat(original.contentCorrelationId()).isEqualTo("e87c8cf8-50f7-4252-8b9c-ad08ac0fa88d-0");
    assertThat(original.ended()).isEqualTo(Ticks.parse("2024-07-12T11:38:11.3313199Z"));
    assertThat(original.threadId()).isEqualTo(THREAD);
    assertThat(original.calendarId()).isEqualTo(CALENDAR);
    assertThat(original.meetingStart()).isEqualTo(Ticks.parse("2024-07-12T11:30:00Z"));
    assertThat(String.valueOf(it.asserted()))
        .contains("\"organizer\":\"" + USER)
        .contains("\"coorganizers\":[\"11111111-")
        .contains("\"attendees\":[\"22222222-0abd-43db-aa7b-16eadd115d34\"]")
        .doesNotContain("SEEKRIT");
  }

  @Test
  void idsOfOtherFormsStandForThemselves() {
    Announcement opaque = read(Feed.Of.RECORDINGS, recording("VjIjIzFmYTM5"), Optional.empty());
    Announcement other = read(Feed.Of.RECORDINGS, recording("VjIjIzFmYTM6"), Optional.empty());
    assertThat(original(opaque).artifact()).isNotEqualTo(original(other).artifact());
    assertThat(original(opaque).calendarId()).isEmpty();
    assertThat(opaque.sourceId())
        .isEqualTo(
            read(Feed.Of.RECORDINGS, recording("VjIjIzFmYTM5"), Optional.empty()).sourceId());
    UUID guid = UUID.fromString("7b9c1f0a-1111-4222-8333-444455556666");
    assertThat(
            original(
                    read(Feed.Of.TRANSCRIPTS, recording(base64("1##0##" + guid)), Optional.empty()))
                .artifact())
        .isEqualTo(guid);
  }

  @Test
  void whatOneCallLeftIsToldApart() {
    String start = "3##19:aaaabbbbccccddddeeeeffff00001111@thread.v2##" + CALL + "-1759821921-";
    String item =
        """
        {"id":"%s","callId":"%s","contentCorrelationId":"9f-20251007_072521",
         "createdDateTime":"2025-10-07T07:25:21.5Z","endDateTime":"2025-10-07T07:35:21.5Z",
         "meetingOrganizer":{"user":{"id":"%s"}}}
        """;
    Announcement recording =
        read(
            Feed.Of.CALL_RECORDINGS,
            item.formatted(base64(start + "Recording"), CALL, USER),
            Optional.empty());
    Announcement transcript =
        read(
            Feed.Of.CALL_TRANSCRIPTS,
            item.formatted(base64(start + "TranscriptV2##0"), CALL, USER),
            Optional.empty());
    assertThat(original(recording).artifact()).isNotEqualTo(original(transcript).artifact());
    assertThat(original(recording).callId()).isEqualTo(UUID.fromString(CALL));
    assertThat(original(recording).threadId())
        .isEqualTo("19:aaaabbbbccccddddeeeeffff00001111@thread.v2");
    assertThat(recording.file().location()).contains("/adhocCalls/" + CALL + "/recordings/");
    assertThat(transcript.file().location()).endsWith("/content?$format=text/vtt");
    assertThat(String.valueOf(recording.asserted())).contains("\"meetingType\":\"adhoc\"");
  }

  @Test
  void oldItemsLackHalfOfIt() {
    Announcement it =
        read(
            Feed.Of.RECORDINGS,
            "{\"id\":\"7e31db25-bc6e-4fd8-96c7-e01264e9b6fc\",\"meetingId\":\"%s_19:meeting_x@thread.v2\",\"createdDateTime\":\"soon\"}"
                .formatted(USER),
            Optional.empty());
    assertThat(original(it).callId()).isNull();
    assertThat(original(it).contentCorrelationId()).isNull();
    assertThat(original(it).threadId()).startsWith("19:meeting_");
    assertThat(it.occasion().start()).isNull();
    assertThat(String.valueOf(it.asserted())).contains(USER.toString());
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> read(Feed.Of.RECORDINGS, "{}", Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("item.id");
    assertThatThrownBy(() -> read(Feed.Of.RECORDINGS, "{\"id\":\"x\"}", Optional.empty()))
        .hasMessageContaining("item.meetingId");
    assertThatThrownBy(() -> read(Feed.Of.CALL_RECORDINGS, "{\"id\":\"x\"}", Optional.empty()))
        .hasMessageContaining("item.callId");
  }
}
