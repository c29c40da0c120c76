package dev.aftercall.intake;

import static dev.aftercall.intake.IntakeFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.intake.IntakeException.Kind;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.time.Ticks;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class HandOverReaderTest {
  private static final String OID = "0b7d6d1e-4c3a-4f7e-9a51-8a6f5d3c2b10";

  static Stream<Arguments> wrong() {
    String people =
        IntStream.rangeClosed(0, 1_000)
            .mapToObj(i -> '"' + OID + '"')
            .collect(Collectors.joining(","));
    return Stream.of(
        Arguments.of("{\"organiser\":\"" + OID + "\"}", "organiser"),
        Arguments.of("{\"meetingId\":5}", "meetingId"),
        Arguments.of("{\"organizer\":\"ada\"}", "organizer"),
        Arguments.of("{\"organizer\":\"\"}", "organizer"),
        Arguments.of("{\"organizer\":[]}", "organizer"),
        Arguments.of("{\"organizer\":\"{" + OID + "}\"}", "organizer"),
        Arguments.of("{\"subject\":true}", "subject"),
        Arguments.of("{\"subject\":\"" + "x".repeat(256) + "\"}", "subject"),
        Arguments.of("{\"subject\":\"a\\u0000b\"}", "subject"),
        Arguments.of("{\"subject\":\"half \\ud83d pair\"}", "subject"),
        Arguments.of("{\"fileName\":\"a\\nb\"}", "fileName"),
        Arguments.of("{\"start\":\"yesterday\"}", "start"),
        Arguments.of("{\"start\":\"2026-01-31T09:00:00\"}", "start"),
        Arguments.of("{\"start\":1769850000}", "start"),
        Arguments.of("{\"start\":\"+999999999-01-01T00:00:00Z\"}", "start"),
        Arguments.of("{\"start\":\"+12345-01-01T00:00:00Z\"}", "start"),
        Arguments.of("{\"start\":\"-0044-03-15T00:00:00Z\"}", "start"),
        Arguments.of("{\"attendees\":\"" + OID + "\"}", "attendees"),
        Arguments.of("{\"attendees\":[5]}", "attendees"),
        Arguments.of("{\"attendees\":[null]}", "attendees"),
        Arguments.of("{\"attendees\":[" + people + "]}", "attendees"),
        Arguments.of("{\"coorganizers\":{}}", "coorganizers"),
        Arguments.of("{\"coorganizers\":[\"x\"]}", "coorganizers"),
        Arguments.of("{\"meetingType\":\"weekly\"}", "meetingType"),
        Arguments.of("{\"meetingType\":1}", "meetingType"),
        Arguments.of("{\"channel\":\"yes\"}", "channel"),
        Arguments.of("{\"size\":0}", "size"),
        Arguments.of("{\"size\":-1}", "size"),
        Arguments.of("{\"size\":1.5}", "size"),
        Arguments.of("{\"size\":\"10\"}", "size"),
        Arguments.of("{\"size\":9223372036854775808}", "size"),
        Arguments.of("{\"sha256\":\"abc\"}", "sha256"),
        Arguments.of("{\"sha256\":\"" + "g".repeat(64) + "\"}", "sha256"),
        Arguments.of("{\"transcript\":[]}", "transcript"),
        Arguments.of("{\"transcript\":\"WEBVTT \\udc00\"}", "transcript"),
        Arguments.of("{\"idempotencyKey\":5}", "idempotencyKey"),
        Arguments.of("{\"idempotencyKey\":\" \"}", "idempotencyKey"),
        Arguments.of("{\"idempotencyKey\":\"" + "k".repeat(256) + "\"}", "idempotencyKey"),
        Arguments.of("{\"idempotencyKey\":\"a\\u0000b\"}", "idempotencyKey"),
        Arguments.of("{\"mediaType\":\"text/plain\"}", "mediaType"),
        Arguments.of("{\"size\":1,\"fileSize\":1}", "size"),
        // What a mirror says beside a hand-over, nobody can write into one.
        Arguments.of("{\"original\":{\"artifact\":\"" + OID + "\"}}", "original"),
        Arguments.of("[]", "JSON object"),
        Arguments.of("null", "JSON object"),
        Arguments.of("", "JSON"),
        Arguments.of("{", "not JSON"),
        Arguments.of("{} trailing", "not JSON"),
        Arguments.of("{\"size\":1,\"size\":2}", "size"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void namesWhatIsWrong(String json, String named) {
    assertThat(refused(Kind.INVALID, () -> read(json)).text()).contains(named);
  }

  @Test
  void readsEveryMember() throws IntakeException {
    HandOver handOver =
        read(
            """
            {"meetingId":"x","organizer":"0B7D6D1E-4c3a-4f7e-9a51-8a6f5d3c2b10","subject":" Grüße ",
             "start":"2026-01-31T10:00:00.25+01:00","attendees":[],"coorganizers":["%s"],
             "meetingType":"MeetNow","channel":true,"fileName":"a/b.mp4","size":7,
             "sha256":"%s","transcript":"WEBVTT"}
            """
                .formatted(OID, "AB".repeat(32)));
    assertThat(handOver.meetingId()).contains("x");
    assertThat(handOver.organizer().orElseThrow()).hasToString(OID);
    assertThat(handOver.subject()).isEqualTo("Grüße");
    assertThat(Ticks.format(handOver.start().orElseThrow()))
        .isEqualTo("2026-01-31T09:00:00.2500000Z");
    assertThat(handOver.coorganizers()).hasSize(1);
    assertThat(handOver.meetingType()).isEqualTo(MeetingType.MEETNOW);
    assertThat(handOver.channel()).isTrue();
    assertThat(handOver.size()).contains(7L);
    assertThat(handOver.sha256()).contains("ab".repeat(32));
    assertThat(handOver.transcript()).contains("WEBVTT");
  }

  @Test
  void everyMemberMayBeMissingOrNull() throws IntakeException {
    HandOver none = read("{}");
    assertThat(none.subject()).isEqualTo("Meeting");
    assertThat(none.fileName()).isEqualTo("recording");
    assertThat(none.meetingType()).isEqualTo(MeetingType.SCHEDULED);
    HandOver nulls =
        read(
            """
            {"meetingId":null,"organizer":null,"subject":null,"start":null,"attendees":null,
             "coorganizers":null,"meetingType":null,"channel":null,"fileName":null,"size":null,
             "sha256":null,"transcript":null,"mediaType":null,"idempotencyKey":null}
            """);
    assertThat(nulls).isEqualTo(none);
  }

  private static HandOver read(String json) throws IntakeException {
    return HandOverReader.read(IntakeJson.parse(json.getBytes(StandardCharsets.UTF_8)));
  }
}
