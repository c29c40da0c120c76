package dev.aftercall.transcript;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.time.Ticks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    assertThat(file.durationMillis()).isEqualTo(3_604_000);
    assertThat(
            WebVttTest.parse(new String(file.bytes(), UTF_8))
                .cues()
                .getFirst()
                .spans()
                .getFirst()
                .text())
        .isEqualTo("Ada: 5 < 6 & more & --> so");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<font", "{\\", "<font {\\", "<", "</font x", "&#1", "{\\an8}<font>"})
  void noLineOfSubRipIsLookedAtWithoutEnd(String piece) {
    String line = piece.repeat(60_000 / piece.length());
    AtomicLong looks = new AtomicLong();

    SubRip.text(counting(line, looks));

    assertThat(looks.get()).isLessThan(20L * line.length());
  }

  private static CharSequence counting(String text, AtomicLong looks) {
    return new CharSequence() {
      @Override
      public int length() {
        return text.length();
      }

      @Override
      public char charAt(int index) {
        looks.incrementAndGet();
        return text.charAt(index);
      }

      @Override
      public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
      }

      @Override
      public String toString() {
        return text;
      }
    };
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
  void withoutNamesAsDocumented() throws IOException {
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
  void metadataAsDocumented() throws IOException {
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

    assertThat(WebVttTest.parse(made).cues()).hasSize(2);
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

  @ParameterizedTest
  @EnumSource(Rendition.class)
  void everyPartIsAPartOfTheWhole(Rendition form) throws IOException {
    String vtt = "WEBVTT\n\n" + "0:1.0 --> 0:2.0\n<v Ada>Grüße</v>\n<v Bob>Ho</v>\n\n".repeat(40);
    byte[] whole = stream(form, vtt).readAllBytes();
    for (int from = 0; from <= whole.length; from += 37) {
      try (RenditionStream part = stream(form, vtt)) {
        part.skipNBytes(from);
        assertThat(part.readAllBytes()).isEqualTo(Arrays.copyOfRange(whole, from, whole.length));
      }
    }
    assertThat(stream(form, vtt).skip(whole.length + 9L)).isEqualTo(whole.length);
  }

  @ParameterizedTest
  @EnumSource(Rendition.class)
  void noMoreOfTheFileIsReadThanIsWanted(Rendition form) throws IOException {
    byte[] vtt = ("WEBVTT\n\n" + "0:1.0 --> 0:2.0\nHi\n\n".repeat(90_000)).getBytes(UTF_8);
    ByteArrayInputStream file = new ByteArrayInputStream(vtt);
    try (RenditionStream made = new RenditionStream(file, form, START)) {
      assertThat(made.readNBytes(1_000)).hasSize(1_000);
    }
    assertThat(vtt.length - file.available()).isLessThan(64 * 1024);
  }

  @Test
  void aFaultShowsWhereItIs() throws IOException {
    RenditionStream made = stream(Rendition.METADATA, "WEBVTT\n\n0:1.0 --> 0:2.0\nHi\n\nno");
    assertThatExceptionOfType(RenditionStream.FaultyTranscript.class)
        .isThrownBy(made::readAllBytes)
        .withMessageContaining("Line 6");
  }

  private static RenditionStream stream(Rendition form, String vtt) throws IOException {
    return new RenditionStream(new ByteArrayInputStream(vtt.getBytes(UTF_8)), form, START);
  }

  private static String made(Rendition form, String vtt) throws IOException {
    return new String(stream(form, vtt).readAllBytes(), UTF_8);
  }

  private static String fault(String text) {
    TranscriptFault fault =
        catchThrowableOfType(
            TranscriptFault.class, () -> TranscriptFile.read(text.getBytes(UTF_8)));
    assertThat(fault).as("a refusal").isNotNull();
    return fault.text();
  }
}
