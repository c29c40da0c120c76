package dev.aftercall.transcript;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of WebVTT is understood, and where a file that is none is told to be wrong. */
final class WebVttTest {
  private static final long SEED = 20_261_124L;

  @Test
  void readsWhatTeamsWrites() throws TranscriptFault {
    Parsed it = parse("WEBVTT\n\n0:0:0.0 --> 0:0:5.320\n<v User Name>This is a test.</v>\n");

    assertThat(it.cues())
        .containsExactly(
            new Cue(0, 5_320, List.of(new Cue.Span("User Name", "", "This is a test."))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void endsLinesInEveryWay(String end) throws TranscriptFault {
    String file =
        String.join(
            end,
            "\uFEFFWEBVTT - a title",
            "Language: de-DE",
            "",
            "NOTE one",
            "and --> two",
            "",
            "STYLE",
            "::cue { color: red }",
            "",
            "REGION",
            "id:fred",
            "",
            "cue 1",
            "00:01.000 --> 01:00:02.5 align:start position:0%",
            "Grüß",
            "Gott",
            "",
            "",
            "00:03.000 --> 00:04.000",
            "");

    Parsed it = parse(file);

    assertThat(it.language()).isEqualTo("de-de");
    assertThat(it.cues())
        .containsExactly(
            new Cue(1_000, 3_602_500, List.of(new Cue.Span("", "", "Grüß Gott"))),
            new Cue(3_000, 4_000, List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<v Ada>Hi</v>|Ada: Hi",
        "<v.loud.first Ada Lovelace>Hi|Ada Lovelace: Hi",
        "<v Ada>Hi</v> <v Bob>Ho</v> there|Ada: Hi;Bob: Ho;: there",
        "<v Ada>Hi <v Bob>Ho|Ada: Hi;Bob: Ho",
        "<v A &amp; B>Hi|A & B: Hi",
        "<v>Hi|: Hi",
        "<v Ada|",
        "<c.yellow><b>5 < 6</b></c> &lt;tag&gt;|: 5 < 6 <tag>",
        "a <00:00:01.000>b<00:00:02.000> c|: a b c",
        "&nbsp;&#65;&#x42;&quot;&unknown; & &amp;amp; &#0; &#55296;|: AB\"&unknown; & &amp; &#0; &#55296;",
        "I <3 you, x<y|: I <3 you, x<y",
        "a <b c <v Ada>Hi|: a <b c;Ada: Hi",
        "<ruby>kan<rt>ji</rt></ruby>|: kanji"
      })
  void takesThePayloadApart(String payload, String expected) throws TranscriptFault {
    String said =
        String.join(
            ";",
            parse("WEBVTT\n\n00:00.000 --> 00:01.000\n" + payload + "\n")
                .cues()
                .getFirst()
                .spans()
                .stream()
                .map(span -> span.speaker() + ": " + span.text().replace('\u00a0', ' ').strip())
                .toList());

    assertThat(said).isEqualTo(expected == null ? "" : expected);
  }

  @Test
  void languagesNest() throws TranscriptFault {
    var spans =
        parse(
                """
                WEBVTT

                00:00.000 --> 00:01.000
                Hi <lang de>du <lang fr-FR>ami</lang> Freund</lang> you</lang>
                """)
            .cues()
            .getFirst()
            .spans();

    assertThat(spans)
        .extracting(Cue.Span::language, Cue.Span::text)
        .containsExactly(
            tuple("", "Hi"),
            tuple("de", "du"),
            tuple("fr-FR", "ami"),
            tuple("de", "Freund"),
            tuple("", "you"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|Line 1|WEBVTT",
        "WEBVTTX|Line 1|WEBVTT",
        "webvtt|Line 1|WEBVTT",
        "WEBVTT\\n\\nhello\\n|Line 3|'hello'",
        "WEBVTT\\n\\nhello\\nworld\\n|Line 4|'world'",
        "WEBVTT\\n\\n-00:01.000 --> 00:02.000\\nx|Line 3|no times",
        "WEBVTT\\n\\n00:01.000 --> -00:02.000\\nx|Line 3|no times",
        "WEBVTT\\n\\n00:01.000 -> 00:02.000\\nx|Line 4|no times",
        "WEBVTT\\n\\n00:61.000 --> 00:62.000\\nx|Line 3|no times",
        "WEBVTT\\n\\n9999999:00:01.000 --> 00:02.000\\nx|Line 3|no times",
        "WEBVTT\\n\\n00:02.000 --> 00:01.000\\nx|Line 3|ends before",
        "WEBVTT\\n\\n00:01.000 --> 00:02.000\\nx\\n00:03.000 --> 00:04.000\\ny|Line 5|blank line",
        "WEBVTT\\n\\n00:01.000 --> 00:02.000\\nx\\u0000y|Line 4|control character"
      })
  void saysWhichLineIsWrong(String file, String line, String reason) {
    String text = file.replace("\\n", "\n").replace("\\u0000", "\u0000");

    assertThat(fault(text.getBytes(UTF_8))).startsWith(line + ":").contains(reason);
  }

  @Test
  void refusesWhatIsTooMuch() {
    assertThat(fault(new byte[WebVtt.LARGEST + 1])).contains("larger");
    assertThat(fault(("WEBVTT\n\n" + "x".repeat(70_000)).getBytes(UTF_8))).contains("Line 3");
    assertThat(fault(("WEBVTT\n\n" + "0:1.0 --> 0:2.0\nx\n\n".repeat(100_001)).getBytes(UTF_8)))
        .contains("more than 100000 cues");
    assertThat(
            fault(
                ("WEBVTT\n\n0:1.0 --> 0:2.0\n" + ("x".repeat(1_000) + "\n").repeat(300))
                    .getBytes(UTF_8)))
        .contains("more text than one cue");
    assertThat(
            fault(
                ("WEBVTT\n\n" + ("0:1.0 --> 0:2.0\n" + "<v a>x".repeat(99) + "\n\n").repeat(2_050))
                    .getBytes(UTF_8)))
        .contains("more than 200000 turns of speakers");
    assertThat(fault(new byte[] {'W', (byte) 0xff})).contains("UTF-8");
    assertThat(
            fault(
                ("WEBVTT\n\n0:1.0 --> 0:2.0\nx" + "y\n".repeat(9_000) + "\u00ff")
                    .getBytes(ISO_8859_1)))
        .as("behind the first buffer")
        .contains("UTF-8");
  }

  /** No file whatever does more than be refused. */
  @Test
  void survivesEverything() {
    SplittableRandom random = new SplittableRandom(SEED);
    String[] pieces = {
      "WEBVTT", "\n", "\r", "\n\n", "-->", "00:01.000 --> 00:02.000\n", "<v", "<v ", ">", "</v>",
      "&", "&#", ";", "&#x110000;", "<lang", "</lang>", "NOTE", "STYLE\n", "1\n", "\u0000",
      "00:00:01,000 --> 00:00:02,000\n", "{\\an8}", "<font", "Language:", "\uFEFF", "ä", " "
    };
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(random.nextInt(3) > 0 ? "WEBVTT\n\n" : "");
      for (int j = random.nextInt(20); j > 0; j--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      assertThatCode(
              () -> {
                try {
                  TranscriptFile file = TranscriptFile.read(text.toString().getBytes(UTF_8));
                  for (Rendition form : Rendition.values()) {
                    new RenditionStream(new ByteArrayInputStream(file.bytes()), form, 0)
                        .readAllBytes();
                  }
                } catch (TranscriptFault e) {
                  assertThat(e.text()).isNotEmpty();
                }
              })
          .as("seed %s, %s", SEED, text)
          .doesNotThrowAnyException();
    }
  }

  /** A whole file. */
  record Parsed(String language, List<Cue> cues) {}

  static Parsed parse(String text) throws TranscriptFault {
    try {
      WebVtt file = WebVtt.open(new ByteArrayInputStream(text.getBytes(UTF_8)));
      List<Cue> cues = new ArrayList<>();
      for (Cue cue = file.next(); cue != null; cue = file.next()) {
        cues.add(cue);
      }
      return new Parsed(file.language(), cues);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String fault(byte[] bytes) {
    TranscriptFault fault =
        catchThrowableOfType(TranscriptFault.class, () -> TranscriptFile.read(bytes));
    assertThat(fault).as("a refusal").isNotNull();
    return fault.text();
  }
}
