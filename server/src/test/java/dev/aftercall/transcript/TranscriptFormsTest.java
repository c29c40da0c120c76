package dev.aftercall.transcript;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.time.Ticks;
import org.junit.jupiter.api.Test;

/** SubRip into WebVTT, and WebVTT into the forms that Graph documents. */
final class TranscriptFormsTest {
  private static final long START = Ticks.parse("2023-03-08T08:22:13.8001639Z");

  @Test
  void subRipBecomesWebVtt() throws TranscriptFault {
    String srt =
        "\uFEFF1\r\n00:00:01,000 --> 00:00:02,500 X1:0\r\n{\\an8}<font color=\"red\">Ada</font>: 5 < 6"
            + " & <i>more</i>\r\n&amp; --> so\r\n\r\n\r\n2\r\n00:00:03,5 --> 01:00:04,000\r\n";

    TranscriptFile file = TranscriptFile.read(srt.getBytes(UTF_8));

    assertThat(new String(file.bytes(), UTF_8))
        .isEqualTo(
            """
            WEBVTT

            00:00:01.000 --> 00:00:02.500
            Ada: 5 &lt; 6 &amp; <i>more</i>
            &amp; --&gt; so

            00:00:03.500 --> 01:00:04.000
            """);
    assertThat(file.cues().cues().getFirst().spans().getFirst().text())
        .isEqualTo("Ada: 5 < 6 & more & --> so");
  }

  @Test
  void webVttStaysAsItIs() throws TranscriptFault {
    byte[] vtt = "\uFEFFWEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\n<v Ada>Hi".getBytes(UTF_8);
    assertThat(TranscriptFile.read(vtt).bytes()).isEqualTo(vtt);
  }

  @Test
  void aFaultInSubRipNamesItsLine() {
    assertThat(fault("1\n00:00:01,000 --> 00:00:02,500\nHi\n\ntwo\n")).startsWith("Line 5:");
    assertThat(fault("1\n00:00:09,000 --> 00:00:02,500\nHi\n")).startsWith("Line 2:");
    assertThat(fault("Ada: hello")).contains("WEBVTT");
  }

  @Test
  void withoutNamesAsDocumented() throws TranscriptFault {
    String vtt =
        """
        WEBVTT

        NOTE x

        id
        00:01.500 --> 00:04.000 align:left
        <v Ada>text</v>

        00:05.000 --> 00:06.000
        <v Ada>one</v>
        <v Bob>two &lt;v Bob&gt;</v>
        """;

    assertThat(made(Rendition.UNATTRIBUTED, vtt))
        .isEqualTo(
            """
            00:00:01.500 --> 00:00:04.000\s

            text\s

            00:00:05.000 --> 00:00:06.000\s

            one two <v Bob>\s

            """);
  }

  @Test
  void metadataAsDocumented() throws TranscriptFault {
    String vtt =
        "WEBVTT\n\n00:00:16.246 --> 00:00:17.726\n<v User Name>This is a transcription test.</v>\n";

    assertThat(made(Rendition.METADATA, vtt))
        .isEqualTo(
            "WEBVTT\n\n00:00:16.246 --> 00:00:17.726\n"
                + "{\"startDateTime\":\"2023-03-08T08:22:30.0461639+00:00\","
                + "\"endDateTime\":\"2023-03-08T08:22:31.5261639+00:00\","
                + "\"speakerName\":\"User Name\","
                + "\"spokenText\":\"This is a transcription test.\","
                + "\"spokenLanguage\":\"en-us\"}\n");
  }

  @Test
  void metadataIsJsonAndWebVttWhateverWasSaid() throws Exception {
    String vtt =
        """
        WEBVTT
        Language: fr-FR

        00:01.000 --> 00:02.000
        <v A "\\ B>"quoted" \\ back --&gt; Grüße 😀</v>
        <lang de-AT>Servus</lang>
        """;

    String made = made(Rendition.METADATA, vtt);

    assertThat(WebVtt.parse(made.getBytes(UTF_8)).cues()).hasSize(2);
    String[] lines = made.split("\n", -1);
    JsonNode first = new ObjectMapper().readTree(lines[3]);
    assertThat(first.path("speakerName").asText()).isEqualTo("A \"\\ B");
    assertThat(first.path("spokenText").asText()).isEqualTo("\"quoted\" \\ back --> Grüße 😀");
    assertThat(first.path("spokenLanguage").asText()).isEqualTo("fr-fr");
    JsonNode second = new ObjectMapper().readTree(lines[6]);
    assertThat(second.path("speakerName").asText()).isEmpty();
    assertThat(second.path("spokenText").asText()).isEqualTo("Servus");
    assertThat(second.path("spokenLanguage").asText()).isEqualTo("de-at");
  }

  private static String made(Rendition form, String vtt) throws TranscriptFault {
    return new String(form.of(WebVtt.parse(vtt.getBytes(UTF_8)), START), UTF_8);
  }

  private static String fault(String text) {
    TranscriptFault fault =
        catchThrowableOfType(
            TranscriptFault.class, () -> TranscriptFile.read(text.getBytes(UTF_8)));
    assertThat(fault).as("a refusal").isNotNull();
    return fault.text();
  }
}
