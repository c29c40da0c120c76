package dev.aftercall.http.odata;

import static dev.aftercall.http.odata.Requests.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.query.Filter;
import dev.aftercall.query.Filter.Compare;
import dev.aftercall.query.Filter.Place;
import dev.aftercall.query.Filter.Relation;
import dev.aftercall.query.Filter.Value;
import dev.aftercall.query.Property;
import dev.aftercall.time.Ticks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions as clients write them, and what is wrong with the others. */
final class FilterReaderTest {
  private static final Filter A = text(Property.ID, Relation.EQUAL, "a");
  private static final Filter B = text(Property.CALL_ID, Relation.EQUAL, "b");
  private static final Filter C = text(Property.MEETING_ID, Relation.EQUAL, "c");

  static Stream<Arguments> understood() {
    return Map.<String, Filter>ofEntries(
            Map.entry("id eq 'a'", A),
            Map.entry("'a' eq id", A),
            Map.entry("  ID   EQ\t'a'  ", A),
            Map.entry("(id eq 'a')", A),
            Map.entry("( ( id eq 'a' ) )", A),
            Map.entry("id eq 'it''s'", text(Property.ID, Relation.EQUAL, "it's")),
            Map.entry("id eq ''", text(Property.ID, Relation.EQUAL, "")),
            Map.entry("id eq 'a and (b'", text(Property.ID, Relation.EQUAL, "a and (b")),
            Map.entry(
                "contentcorrelationId eq 'x-0'",
                text(Property.CONTENT_CORRELATION_ID, Relation.EQUAL, "x-0")),
            Map.entry("callId ne 'a'", text(Property.CALL_ID, Relation.NOT_EQUAL, "a")),
            Map.entry("'a' lt id", text(Property.ID, Relation.GREATER, "a")),
            Map.entry("'a' ge id", text(Property.ID, Relation.LESS_OR_EQUAL, "a")),
            Map.entry(
                "recordingContentUrl eq 'a'", text(Property.CONTENT_URL, Relation.EQUAL, "a")),
            Map.entry(
                "MeetingOrganizer/User/Id eq 'o'", text(Property.ORGANIZER, Relation.EQUAL, "o")),
            Map.entry(
                "meetingOrganizer/user/tenantId eq 't'",
                text(Property.ORGANIZER_TENANT, Relation.EQUAL, "t")),
            Map.entry(
                "meetingOrganizer/user/displayName eq null",
                new Compare(Property.ORGANIZER_NAME, Relation.EQUAL, new Value.Null())),
            Map.entry(
                "meetingOrganizer/user/microsoft.graph.teamworkUserIdentity/id eq 'o'",
                text(Property.ORGANIZER, Relation.EQUAL, "o")),
            Map.entry(
                "meetingId eq null",
                new Compare(Property.MEETING_ID, Relation.EQUAL, new Value.Null())),
            Map.entry(
                "null ne meetingId",
                new Compare(Property.MEETING_ID, Relation.NOT_EQUAL, new Value.Null())),
            Map.entry("id eq 'a' and callId eq 'b'", new Filter.And(A, B)),
            Map.entry("(id eq 'a')and(callId eq 'b')", new Filter.And(A, B)),
            Map.entry(
                "id eq 'a' or callId eq 'b' and meetingId eq 'c'",
                new Filter.Or(A, new Filter.And(B, C))),
            Map.entry(
                "(id eq 'a' or callId eq 'b') and meetingId eq 'c'",
                new Filter.And(new Filter.Or(A, B), C)),
            Map.entry(
                "id eq 'a' and callId eq 'b' and meetingId eq 'c'",
                new Filter.And(new Filter.And(A, B), C)),
            Map.entry("not (id eq 'a')", new Filter.Not(A)),
            Map.entry("not(id eq 'a')", new Filter.Not(A)),
            Map.entry("NOT contains(id,'a')", new Filter.Not(match(Place.ANYWHERE))),
            Map.entry("startswith(id,'a')", match(Place.START)),
            Map.entry("EndsWith( ID , 'a' )", match(Place.END)),
            Map.entry("contains(id, 'a') eq true", match(Place.ANYWHERE)),
            Map.entry("false eq contains(id, 'a')", new Filter.Not(match(Place.ANYWHERE))),
            Map.entry("contains(id, 'a') ne true", new Filter.Not(match(Place.ANYWHERE))),
            Map.entry("id in ('a','b')", in(new Value.Text("a"), new Value.Text("b"))),
            Map.entry("Id In ( 'a' , null )", in(new Value.Text("a"), new Value.Null())),
            Map.entry("id in('a')", in(new Value.Text("a"))),
            Map.entry("id in (null,null)", in(new Value.Null(), new Value.Null())),
            Map.entry(
                "id in (null,'a') or id in ('b') or id in ('c',null)",
                new Filter.Or(
                    new Filter.Or(
                        in(new Value.Null(), new Value.Text("a")), in(new Value.Text("b"))),
                    in(new Value.Text("c"), new Value.Null()))),
            Map.entry("id eq 'a' and true", A),
            Map.entry("'x' eq 'x' and id eq 'a'", A),
            Map.entry("id eq 'a' or meetingOrganizer/application ne null", A))
        .entrySet()
        .stream()
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest
  @MethodSource
  void understood(String text, Filter filter) {
    assertThat(FilterReader.read(text, ArtifactType.RECORDING)).isEqualTo(filter);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "true|true",
        "FALSE|false",
        "null|false",
        "not true|false",
        "'a' eq 'a'|true",
        "'a' gt 'b'|false",
        "'a' in ('a','b')|true",
        "'c' in ('a','b')|false",
        "id in ()|false",
        "null eq null|true",
        "null ne null|false",
        "null gt null|false",
        "id gt null|false",
        "null le createdDateTime|false",
        "contains('abc','b')|true",
        "startswith('abc','b')|false",
        "contains(id,null)|false",
        "meetingOrganizer/application eq null|true",
        "meetingOrganizer/device eq null|true",
        "meetingOrganizer/device/id eq 'x'|false",
        "meetingOrganizer eq null|false",
        "meetingOrganizer/user ne null|true",
        "meetingOrganizer/user/userIdentityType eq 'aadUser'|true",
        "2026-01-01T00:00:00Z lt 2026-01-01T00:00:00.000000000001Z|true",
        "2026-01-01T01:00:00+01:00 eq 2026-01-01T00:00:00Z|true",
        "createdDateTime eq 2026-01-01T00:00:00.123456789Z|false",
        "createdDateTime ne 2026-01-01T00:00:00.123456789Z|true",
        "id eq 'a' and false|false",
        "true or id eq 'a'|true"
      })
  void constantsAreDecidedAtOnce(String text, boolean value) {
    assertThat(FilterReader.read(text, ArtifactType.RECORDING))
        .isEqualTo(new Filter.Constant(value));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T09:00:00Z, 2026-01-31T09:00:00.0000000Z",
    "2026-01-31t09:00:00z, 2026-01-31T09:00:00.0000000Z",
    "2026-01-31T09:00Z, 2026-01-31T09:00:00.0000000Z",
    "2026-01-31T10:30:00+01:30, 2026-01-31T09:00:00.0000000Z",
    "2026-01-31T09:00:00-00:30, 2026-01-31T09:30:00.0000000Z",
    "2026-01-31T09:00:00.1Z, 2026-01-31T09:00:00.1000000Z",
    "2026-01-31T09:00:00.0113199Z, 2026-01-31T09:00:00.0113199Z",
    "2026-01-31T09:00:00.011319900000Z, 2026-01-31T09:00:00.0113199Z",
    "1969-12-31T23:59:59.9999999Z, 1969-12-31T23:59:59.9999999Z",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00.0000000Z",
    "9999-12-31T23:59:59Z, 9999-12-31T23:59:59.0000000Z"
  })
  void dateTimes(String literal, String instant) {
    assertThat(FilterReader.read("createdDateTime ge " + literal, ArtifactType.TRANSCRIPT))
        .isEqualTo(
            new Compare(
                Property.CREATED,
                Relation.GREATER_OR_EQUAL,
                new Value.Instant(Ticks.parse(instant))));
  }

  @ParameterizedTest
  @CsvSource({"gt, GREATER", "ge, GREATER", "lt, LESS_OR_EQUAL", "le, LESS_OR_EQUAL"})
  void aLiteralBetweenTwoTicksIsRoundedToTheRightSide(String operator, Relation relation) {
    assertThat(
            FilterReader.read(
                "endDateTime " + operator + " 2026-01-01T00:00:00.12345675Z",
                ArtifactType.RECORDING))
        .isEqualTo(
            new Compare(
                Property.ENDED,
                relation,
                new Value.Instant(Ticks.parse("2026-01-01T00:00:00.1234567Z"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "foo eq 'a'|Could not find a property named 'foo' on type 'microsoft.graph.callRecording'.",
        "id eq 'a' and Foo eq 1|Could not find a property named 'Foo' on type 'microsoft.graph.callRecording'.",
        "transcriptContentUrl eq 'a'|Could not find a property named 'transcriptContentUrl' on type 'microsoft.graph.callRecording'.",
        "meetingOrganizer/foo/id eq 'a'|Could not find a property named 'foo' on type 'microsoft.graph.identitySet'.",
        "meetingOrganizer/User/Foo eq 'a'|Could not find a property named 'Foo' on type 'microsoft.graph.identity'.",
        "contains(Bar,'a')|Could not find a property named 'Bar' on type 'microsoft.graph.callRecording'.",
        "id|The $filter expression must evaluate to a boolean value, in 'id'.",
        "id eq|Syntax error at position 2 in 'id eq'.",
        "id eq 'a' and|Syntax error at position 9 in 'id eq 'a' and'.",
        "id eq 'a' 'b'|Syntax error at position 10 in 'id eq 'a' 'b''.",
        "id in ('a' 'b')|Syntax error at position 11 in 'id in ('a' 'b')'.",
        "id eq 'a' foo|Syntax error at position 10 in 'id eq 'a' foo'.",
        "id eq 'a')|Syntax error at position 9 in 'id eq 'a')'.",
        "(id eq 'a'|')' expected at position 10 in '(id eq 'a''.",
        "id eq 'a|There is an unterminated string literal at position 6 in 'id eq 'a'.",
        "id eq {x}|Syntax error: character '{' is not valid at position 6 in 'id eq {x}'.",
        "id = 'a'|Syntax error: character '=' is not valid at position 3 in 'id = 'a''.",
        "id eq @p|Syntax error: character '@' is not valid at position 6 in 'id eq @p'.",
        "foo(id,'a')|An unknown function with name 'foo' was found at position 0 in 'foo(id,'a')'. Supported functions: contains, endswith, startswith.",
        "tolower(id) eq 'a'|Function 'tolower' is not supported. Supported functions: contains, endswith, startswith.",
        "year(createdDateTime) eq 2026|Function 'year' is not supported. Supported functions: contains, endswith, startswith.",
        "id eq callId|Operator 'eq' is supported between a property and a literal alone, in 'id eq callId'.",
        "contains('a',id)|Function 'contains' takes a property and a string literal here, in 'contains('a',id)'.",
        "id in ('a',)|Syntax error at position 11 in 'id in ('a',)'.",
        "id in (null,)|Syntax error at position 12 in 'id in (null,)'.",
        "id in (,null)|Syntax error at position 7 in 'id in (,null)'.",
        "id in ('a' null)|Syntax error at position 11 in 'id in ('a' null)'.",
        "id in ('a', null eq 'b')|Syntax error at position 17 in 'id in ('a', null eq 'b')'.",
        "createdDateTime in ('a')|A binary operator with incompatible types was detected before position 24 in 'createdDateTime in ('a')'.",
        "id in (callId)|Operator 'in' takes literals alone, in 'id in (callId)'.",
        "content eq null|'content' cannot be used in $filter, in 'content eq null'.",
        "1 eq 1|A literal of type 'Edm.SByte' cannot be compared here, in '1 eq 1'.",
        "createdDateTime ge '2026-01-01T00:00:00Z'|A binary operator with incompatible types was detected before position 41 in 'createdDateTime ge '2026-01-01T00:00:00Z''. Write date-times without quotes: 2026-01-31T09:00:00Z.",
        "createdDateTime ge 2026-01-01|A binary operator with incompatible types was detected before position 29 in 'createdDateTime ge 2026-01-01'. Write date-times with time and offset: 2026-01-31T09:00:00Z.",
        "createdDateTime ge 2026-02-30T00:00:00Z|'2026-02-30T00:00:00Z' is not a valid Edm.DateTimeOffset, in 'createdDateTime ge 2026-02-30T00:00:00Z'."
      })
  void refused(String text, String message) {
    assertThat(refusal(() -> FilterReader.read(text, ArtifactType.RECORDING))).isEqualTo(message);
  }

  @Test
  void aPlusThatBecameABlankIsExplained() {
    assertThat(
            refusal(
                () ->
                    FilterReader.read(
                        "createdDateTime ge 2026-01-01T00:00:00 01:00", ArtifactType.RECORDING)))
        .contains("write the offset's '+' as '%2B'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t"})
  void nothingIsNoCondition(String text) {
    assertThat(refusal(() -> FilterReader.read(text, ArtifactType.RECORDING))).contains("is empty");
  }

  /** What Olingo accepts or trips over, and every other oddity: an answer, and never a 500. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "null in ('a')",
        "meetingOrganizer in ('a')",
        "id in 'a'",
        "id in id",
        "meetingOrganizer eq meetingOrganizer",
        "meetingOrganizer gt 'a'",
        "$it/id eq 'a'",
        "$root/users('x')/id eq 'a'",
        "id/any(x:x eq 'a')",
        "id/foo eq 'a'",
        "id has Foo.Bar'a'",
        "microsoft.graph.callRecording/id eq 'a'",
        "microsoft.graph.foo(a=1) eq 1",
        "cast(id,Edm.String) eq 'a'",
        "isof(microsoft.graph.callRecording)",
        "id add 1 eq 2",
        "-id eq 1",
        "- 1 eq 1",
        "1e999999999 eq 1e999999998",
        "NaN eq NaN",
        "duration'P1D' eq null",
        "binary'AAAA' eq null",
        "geography'SRID=0;Point(1 2)' eq null",
        "id eq 12345678-1234-1234-1234-123456789012",
        "createdDateTime eq 99999999999999-01-01T00:00:00Z",
        "createdDateTime in (2026-01-01)",
        "now() gt createdDateTime",
        "and",
        "not",
        "not not true",
        "()",
        "(,)",
        ",",
        "/",
        "id//x eq 1",
        "''",
        "'''",
        "id eq \u0000",
        "id eq '\ud83c\udfa5' or \ud83c\udfa5",
        "\u0130d eq 'a'",
        "id eq 'a' or",
        "id eq'a'",
        "ideq 'a'",
        "id eq nullx",
        "substringof('a',id)",
        "id eq 'a' and createdDateTime"
      })
  void odditiesAreRefusedOrUnderstood(String text) {
    try {
      assertThat(FilterReader.read(text, ArtifactType.RECORDING)).isNotNull();
    } catch (dev.aftercall.http.GraphException e) {
      assertThat(e.code().status()).isEqualTo(400);
      assertThat(e.text()).isNotBlank();
    }
  }

  @Test
  void depthLengthAndCountAreBounded() {
    assertThat(refused("(".repeat(5_000) + "true" + ")".repeat(100)))
        .isEqualTo(
            "The recursion limit of '32' has been exceeded at position 32 of the expression.");
    assertThat(refused(terms(200))).startsWith("The node count limit of '100' has been exceeded");
    assertThat(refused("id in (" + "'a',".repeat(300) + "'a')"))
        .startsWith("The list item limit of '200' has been exceeded");
    assertThat(refused("id eq '" + "a".repeat(9_000) + "'"))
        .isEqualTo("The expression has 9008 characters, more than the 8192 that are read.");
    assertThat(FilterReader.read(terms(50), ArtifactType.RECORDING)).isInstanceOf(Filter.Or.class);
    assertThat(
            FilterReader.read(
                "(".repeat(32) + "id eq 'a'" + ")".repeat(32), ArtifactType.RECORDING))
        .isEqualTo(A);
  }

  @Test
  void nothingTakesLong() {
    List<String> heavy =
        List.of(
            "not(".repeat(31) + "true" + ")".repeat(31),
            "id eq ".repeat(99) + "id",
            "contains(".repeat(31) + ")".repeat(31),
            "'".repeat(8_000),
            " ".repeat(8_000) + "id eq 'a'",
            "9".repeat(8_000) + " eq id",
            "a/".repeat(4_000) + "a eq 1");
    org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> heavy.forEach(this::odditiesAreRefusedOrUnderstood));
  }

  private static String refused(String text) {
    return refusal(() -> FilterReader.read(text, ArtifactType.RECORDING));
  }

  private static String terms(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "id eq '" + i + "'")
        .collect(Collectors.joining(" or "));
  }

  private static Filter text(Property property, Relation relation, String text) {
    return new Compare(property, relation, new Value.Text(text));
  }

  private static Filter match(Place place) {
    return new Filter.Match(Property.ID, place, "a");
  }

  private static Filter in(Value... values) {
    return new Filter.In(Property.ID, List.of(values));
  }
}
