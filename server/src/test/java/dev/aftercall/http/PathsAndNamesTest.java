package dev.aftercall.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The small print of paths, ranges and file names. */
final class PathsAndNamesTest {
  @Test
  void aKeyIsASegmentWhereverItStands() {
    List<String> expected = List.of("v1.0", "users", "U", "onlineMeetings", "M==");
    assertThat(GraphPath.segments("/v1.0/users/U/onlineMeetings/M==/")).isEqualTo(expected);
    assertThat(GraphPath.segments("/v1.0/users('U')/onlineMeetings('M%3D=')")).isEqualTo(expected);
    assertThat(GraphPath.segments("/v1.0/users(%27U%27)/onlineMeetings(id='M==')"))
        .isEqualTo(expected);
  }

  @Test
  void aSlashInsideQuotesIsPartOfTheKey() {
    assertThat(GraphPath.segments("/a('x/y')/b")).containsExactly("a", "x/y", "b");
    assertThat(GraphPath.segments("/a('it''s/y')/b")).containsExactly("a", "it's/y", "b");
  }

  @Test
  void anApostropheInANameQuotesNothing() {
    assertThat(GraphPath.segments("/users/o'brien@example.org/onlineMeetings"))
        .containsExactly("users", "o'brien@example.org", "onlineMeetings");
  }

  @Test
  void emptySegmentsAndBrokenEncodingsAreRefused() {
    for (String path : List.of("/a//b", "/a/%", "/a/%4", "/a/%zz", "/a/%ff", "/a/%00")) {
      assertThatThrownBy(() -> GraphPath.segments(path))
          .as(path)
          .isInstanceOf(GraphException.class);
    }
  }

  @Test
  void aFunctionStaysWithItsArguments() {
    String all = "/v1.0/users/U/onlineMeetings/";
    for (String call :
        List.of(
            "getAllRecordings(userId='U',startDateTime=2026-01-01T00:00:00Z)",
            "getAllRecordings(userId=%27U%27%2CstartDateTime=2026-01-01T00%3A00%3A00Z)",
            "getAllRecordings(%20userId='U',startDateTime=2026-01-01T00:00:00Z%20)",
            "microsoft.graph.getAllRecordings(userId='U',startDateTime=2026-01-01T00:00:00Z)")) {
      assertThat(GraphPath.segments(all + call + "/delta()"))
          .containsExactly(
              "v1.0",
              "users",
              "U",
              "onlineMeetings",
              "getAllRecordings(userId='U',startDateTime=2026-01-01T00:00:00Z)",
              "delta");
    }
    assertThat(GraphPath.segments("/a/getAllTranscripts()/$count"))
        .containsExactly("a", "getAllTranscripts", "$count");
    assertThat(GraphPath.segments("/a/getAllTranscripts('x/y')"))
        .containsExactly("a", "getAllTranscripts('x/y')");
    assertThat(GraphPath.segments("/a/Microsoft.Graph.CreateOrGet"))
        .containsExactly("a", "CreateOrGet");
  }

  @Test
  void aTemplateCatchesAFunctionsArguments() {
    PathTemplate template = PathTemplate.parse("/m/getAllRecordings({arguments})/delta");

    for (String path : List.of("/m/getAllRecordings/delta", "/M/GETALLRECORDINGS()/delta()")) {
      assertThat(template.match(GraphPath.segments(path))).contains(Map.of("arguments", ""));
    }
    assertThat(template.match(GraphPath.segments("/m/getallrecordings(a='(x)',b=@c)/delta")))
        .contains(Map.of("arguments", "a='(x)',b=@c"));
    assertThat(template.match(GraphPath.segments("/m/getAllTranscripts(a='x')/delta"))).isEmpty();
    assertThat(template.match(GraphPath.segments("/m/x/delta"))).isEmpty();
  }

  @Test
  void aFunctionIsNeverAnId() {
    PathTemplate template = PathTemplate.parse("/m/{meetingId}");

    assertThat(template.match(List.of("m", "M=="))).isPresent();
    assertThat(template.match(List.of("m", "getAllRecordings"))).isEmpty();
    assertThat(template.match(List.of("m", "getAllRecordings(a='x')"))).isEmpty();
  }

  @Test
  void zerosInFrontOfANumberSayNothing() {
    assertThat(RangeField.read(Optional.of("bytes=0000000000000000000002-3"), 10))
        .isEqualTo(new RangeField.Parts(List.of(new ByteRange(2, 2))));
    assertThat(RangeField.read(Optional.of("bytes=2-99999999999999999999"), 10))
        .isEqualTo(new RangeField.Parts(List.of(new ByteRange(2, 8))));
  }

  @Test
  void aLongNameIsNotCutWithinACharacter() {
    String name = "x".repeat(179) + "\ud83c\udfa5.mp4";
    assertThat(ContentDisposition.inline(name))
        .isEqualTo(
            "inline; filename=\"%s\"; filename*=UTF-8''%s"
                .formatted("x".repeat(179), "x".repeat(179)));
  }
}
