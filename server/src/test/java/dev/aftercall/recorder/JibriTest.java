package dev.aftercall.recorder;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aftercall.arrival.Announcement;
import dev.aftercall.time.Ticks;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** What Jibri's script sends, read. */
final class JibriTest {
  private static final Jibri BERLIN = new Jibri(ZoneId.of("Europe/Berlin"));

  private static Announcement read(String sent) {
    String kept = BERLIN.envelope(Envelope.read(sent.getBytes(StandardCharsets.UTF_8)));
    return BERLIN.read(kept).getFirst();
  }

  private static Announcement file(String name, String url) {
    return read(
        "{\"sourceId\":\"s/f\",\"fileName\":\""
            + name
            + "\",\"size\":5,\"metadata\":{\"meeting_url\":\""
            + url
            + "\",\"participants\":[]}}");
  }

  private static String start(String time) {
    return Ticks.format(
        requireNonNull(file("w_" + time + ".mp4", "https://m/w").occasion().start()));
  }

  @Test
  void theStartIsInTheNameInTheSourcesZone() {
    assertThat(start("2026-01-31-09-00-00")).startsWith("2026-01-31T08:00:00");
    assertThat(start("2026-07-31-09-00-00")).startsWith("2026-07-31T07:00:00");
  }

  @Test
  void aTimeThatSummerTimeLeavesOutIsMovedOnAndOfTwoTheFirstIsMeant() {
    assertThat(start("2026-03-29-02-30-00")).startsWith("2026-03-29T01:30:00");
    assertThat(start("2026-10-25-02-30-00")).startsWith("2026-10-25T00:30:00");
  }

  @Test
  void aNameWithoutATimeHasNoStart() {
    assertThat(file("weekly.mp4", "https://m/w").occasion().start()).isNull();
    assertThat(file("weekly_2026-13-31-09-00-00.mp4", "https://m/w").occasion().start()).isNull();
    assertThat(file("weekly_2026-02-30-09-00-00.mp4", "https://m/w").occasion().room())
        .isEqualTo("w");
  }

  @Test
  void theRoomIsBehindTheHostWithItsTenant() {
    assertThat(file("x.mp4", "https://meet.example.org/Weekly").occasion().room())
        .isEqualTo("Weekly");
    assertThat(file("x.mp4", "https://meet.example.org/acme/Weekly/").occasion().room())
        .isEqualTo("acme/Weekly");
    assertThat(file("x.mp4", "https://m/B%C3%BCro%2B1?jwt=ey#config.x=1").occasion().room())
        .isEqualTo("Büro+1");
    assertThat(file("x.mp4", "https://m/100%25%").occasion().room()).isEqualTo("100%%");
  }

  @Test
  void withoutMetadataTheRoomIsInTheName() {
    String named = "{\"sourceId\":\"s/f\",\"fileName\":\"b%C3%BCro_x_2026-01-31-09-00-00.mp4\"}";
    assertThat(read(named).occasion().room()).isEqualTo("büro_x");
    assertThat(read(named).file().name()).isEqualTo("büro_x_2026-01-31-09-00-00.mp4");
    assertThat(read("{\"sourceId\":\"s/f\",\"fileName\":\"x.mp4\"}").occasion().room()).isEmpty();
    assertThat(file("y_2026-01-31-09-00-00.mp4", "https://m/").occasion().room()).isEqualTo("y");
  }

  @Test
  void aLongIdIsCutAndStaysApart() {
    String long1 = "{\"sourceId\":\"" + "s".repeat(300) + "1\",\"fileName\":\"x\"}";
    String long2 = long1.replace("s1", "s2");
    assertThat(read(long1).sourceId()).hasSize(255).isNotEqualTo(read(long2).sourceId());
    assertThat(read(long1).sourceId()).isEqualTo(read(long1).sourceId());
  }

  @Test
  void whatOpensSomethingIsNotKept() {
    String kept =
        BERLIN.envelope(
            Envelope.read(
                """
                {"sourceId":"s/f","fileName":"x.mp4","metadata":{
                  "meeting_url":"https://m/w?jwt=eyJhbGciOi","participants":[{"user":{"id":"u-17"}}],
                  "upload_credentials":{"service_name":"dropbox","token":"t0p","r_token":"t1p"}}}
                """
                    .getBytes(StandardCharsets.UTF_8)));
    assertThat(kept).contains("u-17", "https://m/w").doesNotContain("t0p", "t1p", "eyJ", "dropbox");
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> read("{\"fileName\":\"x\"}")).hasMessageContaining("sourceId");
    assertThatThrownBy(() -> read("{\"sourceId\":\"x\"}")).hasMessageContaining("fileName");
    assertThatThrownBy(() -> read("[]")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> read("")).isInstanceOf(IllegalArgumentException.class);
  }
}
