package dev.aftercall.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JoinLinkTest {
  private static final UUID TENANT = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final UUID ORGANIZER = UUID.fromString("00000000-0000-4000-8000-0000000000cc");
  private static final String THREAD = NewMeeting.threadId(TENANT);
  private static final String URL = JoinUrl.of(TENANT, new MeetingId(ORGANIZER, THREAD));
  private static final JoinLink CLASSIC =
      new JoinLink.Classic(THREAD, Optional.of(TENANT), Optional.of(ORGANIZER));

  @Test
  void readsWhatItWroteHoweverOftenItWasEncoded() {
    String once = URL.replace("%", "%25");
    assertThat(JoinLink.parse(URL)).contains(CLASSIC);
    assertThat(JoinLink.parse(once)).contains(CLASSIC);
    assertThat(JoinLink.parse(URLEncoder.encode(URL, StandardCharsets.UTF_8))).contains(CLASSIC);
    assertThat(JoinLink.parse(URL.replace("%3a", "%3A").replace("https", "HTTPS")))
        .contains(CLASSIC);
    assertThat(
            JoinLink.parse(
                "https://teams.microsoft.com/l/meetup-join/"
                    + THREAD
                    + "/0?context={\"Tid\":\""
                    + TENANT
                    + "\",\"Oid\":\""
                    + ORGANIZER
                    + "\"}"))
        .contains(CLASSIC);
  }

  @Test
  void aLinkWithoutContextNamesTheThreadAlone() {
    assertThat(JoinLink.parse("https://teams.microsoft.com/l/meetup-join/" + THREAD + "/0"))
        .contains(new JoinLink.Classic(THREAD, Optional.empty(), Optional.empty()));
  }

  @Test
  void readsShortLinks() {
    assertThat(JoinLink.parse("https://teams.microsoft.com/meet/2465321234567?p=AbC-_d"))
        .contains(new JoinLink.Brief("2465321234567", Optional.of("AbC-_d")));
    assertThat(JoinLink.parse("https%3A%2F%2Fteams.microsoft.com%2Fmeet%2F2465321234567"))
        .contains(new JoinLink.Brief("2465321234567", Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "https://",
        "https://teams.microsoft.com/l/meetup-join/",
        "https://teams.microsoft.com/meet/abc",
        "http://teams.microsoft.com/meet/2465321234567",
        "https://teams.microsoft.com/l/meetup-join/%00/0",
        "https://teams.microsoft.com/l/meetup-join/%zz/0",
        "%25%25%25%25"
      })
  void everythingElseIsNone(String text) {
    assertThat(JoinLink.parse(text)).isEmpty();
  }
}
