package dev.aftercall.http.odata;

import static dev.aftercall.http.odata.Requests.refusal;
import static dev.aftercall.http.odata.Requests.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.config.FunctionSpelling;
import dev.aftercall.http.GraphException;
import dev.aftercall.query.Filter;
import dev.aftercall.query.Property;
import dev.aftercall.time.Ticks;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every spelling of getAllRecordings and getAllTranscripts that is known of clients. */
final class GetAllCallTest {
  private static final String U = "8b081ef6-4792-4def-b2c9-c363a1bf41d5";
  private static final UUID USER = UUID.fromString(U);
  private static final OptionalLong START = OptionalLong.of(Ticks.parse("2026-01-01T00:00:00Z"));
  private static final OptionalLong END = OptionalLong.of(Ticks.parse("2026-02-01T00:00:00Z"));
  private static final String KIOTA =
      "meetingOrganizerUserId='@meetingOrganizerUserId',startDateTime=@startDateTime,"
          + "endDateTime=@endDateTime";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "meetingOrganizerUserId='U',startDateTime=2026-01-01T00:00:00Z,endDateTime=2026-02-01T00:00:00Z|",
        "meetingOrganizerUserId='U', startDateTime=2026-01-01T00:00:00Z, endDateTime=2026-02-01T00:00:00Z|",
        "endDateTime=2026-02-01T00:00:00.000Z,meetingOrganizerUserId='U',startDateTime=2026-01-01T01:00:00+01:00|",
        "MEETINGORGANIZERUSERID='U',STARTDATETIME=2026-01-01t00:00:00z,EndDateTime=2026-02-01T00:00Z|",
        " meetingOrganizerUserId = 'U' , startDateTime = 2026-01-01T00:00:00Z , endDateTime = 2026-02-01T00:00:00Z |",
        "meetingOrganizerUserId=@p,startDateTime=@s,endDateTime=@e|@p='U'&@s=2026-01-01T00:00:00Z&@e=2026-02-01T00:00:00Z",
        "meetingOrganizerUserId=@p,startDateTime=2026-01-01T00:00:00Z,endDateTime=@e|%40e=2026-02-01T00%3A00%3A00Z&%40p=%27U%27&$top=5",
        "meetingOrganizerUserId=@startDateTime,startDateTime=@s,endDateTime=@e|@STARTDATETIME='U'&@s=2026-01-01T00:00:00Z&@e=2026-02-01T00:00:00Z"
      })
  void bothUnderstandWhatGraphUnderstands(String arguments, String query) {
    for (FunctionSpelling spelling : FunctionSpelling.values()) {
      GetAllCall call = call(arguments, query, spelling);

      assertWanted(call, START, END);
      assertThat(call.options().query().filter()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "endDateTime=2026-02-01T00%3A00%3A00Z&meetingOrganizerUserId=U&startDateTime=2026-01-01T00%3A00%3A00Z",
        "endDateTime=2026-02-01T00:00Z&meetingOrganizerUserId='U'&startDateTime=2026-01-01T00:00Z",
        "endDateTime=2026-02-01T00:00:00+00:00&meetingOrganizerUserId=U&startDateTime=2026-01-01T01:00:00%2B01:00",
        "@endDateTime=2026-02-01T00:00:00Z&@meetingOrganizerUserId='U'&@startDateTime=2026-01-01T00:00:00Z"
      })
  void lenientUnderstandsTheTemplateOfTheSdks(String query) {
    GetAllCall call = call(KIOTA, query, FunctionSpelling.LENIENT);

    assertWanted(call, START, END);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "meetingOrganizerUserId=U",
        "meetingOrganizerUserId=U&startDateTime=&endDateTime=",
        "meetingOrganizerUserId=U&startDateTime=null"
      })
  void whatTheSdkWasNotGivenIsAbsent(String query) {
    GetAllCall call = call(KIOTA, query, FunctionSpelling.LENIENT);

    assertWanted(call, OptionalLong.empty(), OptionalLong.empty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "meetingOrganizerUserId='U'|",
        "meetingOrganizerUserId='U',startDateTime=null,endDateTime=|",
        "|$filter=MeetingOrganizer/User/Id eq 'U'",
        "|$filter=meetingorganizer/user/ID%20EQ%20'U'",
        "|$filter='U' eq meetingOrganizer/user/id",
        "|$FILTER=(MeetingOrganizer/User/Id eq 'U')"
      })
  void theOrganizerAlone(String arguments, String query) {
    for (FunctionSpelling spelling : FunctionSpelling.values()) {
      GetAllCall call = call(arguments, query, spelling);

      assertThat(call.requireOrganizer()).isEqualTo(USER);
      assertThat(call.start()).isEmpty();
      assertThat(call.options().query().filter()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "$filter=MeetingOrganizer/User/Id eq 'U' and createdDateTime ge 2026-01-01T00:00:00Z",
        "$filter=createdDateTime ge 2026-01-01T00:00:00Z and MeetingOrganizer/User/Id eq 'U'",
        "$filter=(createdDateTime ge 2026-01-01T00:00:00Z) and (true and MeetingOrganizer/User/Id eq 'U')"
      })
  void whatElseTheFilterSaysStays(String query) {
    GetAllCall call = call("", query, FunctionSpelling.STRICT);

    assertThat(call.organizer()).contains(USER);
    assertThat(call.options().query().filter())
        .contains(
            new Filter.Compare(
                Property.CREATED,
                Filter.Relation.GREATER_OR_EQUAL,
                new Filter.Value.Instant(START.getAsLong())));
  }

  @Test
  void besideTheParameterAFilterIsOneLikeAnyOther() {
    GetAllCall call =
        call(
            "meetingOrganizerUserId='U'",
            "$filter=MeetingOrganizer/User/Id eq 'x'",
            FunctionSpelling.LENIENT);

    assertThat(call.organizer()).contains(USER);
    assertThat(call.options().query().filter()).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "|",
        "startDateTime=2026-01-01T00:00:00Z|",
        "|$filter=createdDateTime gt 2026-01-01T00:00:00Z",
        "|$filter=MeetingOrganizer/User/Id eq 'U' or true"
      })
  void withoutAnOrganizerItIsRefusedWhenAsked(String arguments, String query) {
    GetAllCall call = call(arguments, query, FunctionSpelling.LENIENT);

    assertThat(call.organizer()).isEmpty();
    assertThat(refusal(call::requireOrganizer))
        .isEqualTo(
            "The parameter 'meetingOrganizerUserId' is required, or"
                + " $filter=MeetingOrganizer/User/Id eq '{id}'.");
  }

  @Test
  void callsNameTheirUserByParameterAlone() {
    GetAllCall call =
        GetAllCall.of(
            Requests.call("userId='" + U + "'", ""),
            GetAllFunction.CALL_TRANSCRIPTS,
            FunctionSpelling.STRICT);
    assertThat(call.organizer()).contains(USER);

    GetAllCall kiota =
        GetAllCall.of(
            Requests.call("userId='@userId',startDateTime=@startDateTime", "userId=" + U),
            GetAllFunction.CALL_RECORDINGS,
            FunctionSpelling.LENIENT);
    assertThat(kiota.organizer()).contains(USER);

    assertThat(
            refusal(
                () ->
                    GetAllCall.of(
                            Requests.call("", "$filter=meetingOrganizer/user/id eq '" + U + "'"),
                            GetAllFunction.CALL_RECORDINGS,
                            FunctionSpelling.LENIENT)
                        .requireOrganizer()))
        .isEqualTo("The parameter 'userId' is required.");
    assertThat(
            refusal(
                () ->
                    GetAllCall.of(
                        Requests.call("meetingOrganizerUserId='" + U + "'", ""),
                        GetAllFunction.CALL_RECORDINGS,
                        FunctionSpelling.LENIENT)))
        .isEqualTo(
            "The parameter 'meetingOrganizerUserId' at position 0 is not in the signature"
                + " getAllRecordings(userId,startDateTime,endDateTime).");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "meetingOrganizerUserId='@meetingOrganizerUserId'|meetingOrganizerUserId=U|23",
        "meetingOrganizerUserId='@p'|@p='U'|23",
        "meetingOrganizerUserId='U',startDateTime=@startDateTime|startDateTime=2026-01-01T00:00:00Z|76",
        "meetingOrganizerUserId=@p||23",
        "meetingOrganizerUserId=U||23"
      })
  void strictRefusesAsGraphAndNamesTheRemedy(String arguments, String query, int position) {
    GraphException refused = refused(() -> call(arguments, query, FunctionSpelling.STRICT));

    assertThat(refused.text())
        .isEqualTo(
            "Syntax error at position "
                + position
                + " in '"
                + arguments.replace("'U'", "'" + U + "'").replace("=U", "=" + U)
                + "'.");
    assertThat(refused.inner().orElseThrow().code()).isEqualTo("FunctionSpelling");
    assertThat(refused.inner().orElseThrow().message()).startsWith("Write ");
  }

  @ParameterizedTest
  @EnumSource(FunctionSpelling.class)
  void whatNobodyUnderstandsIsRefused(FunctionSpelling spelling) {
    String[][] table = {
      {
        "foo='U'",
        "The parameter 'foo' at position 0 is not in the signature getAllRecordings(meetingOrganizerUserId,startDateTime,endDateTime)."
      },
      {"'U'", "Syntax error at position 38 in ''" + U + "''."},
      {"meetingOrganizerUserId", "Syntax error at position 22 in 'meetingOrganizerUserId'."},
      {
        "meetingOrganizerUserId='U',",
        "Syntax error at position 62 in 'meetingOrganizerUserId='" + U + "','."
      },
      {
        "meetingOrganizerUserId='U",
        "There is an unterminated string literal at position 23 in 'meetingOrganizerUserId='"
            + U
            + "'."
      },
      {
        "meetingOrganizerUserId='U'x",
        "Syntax error at position 23 in 'meetingOrganizerUserId='" + U + "'x'."
      },
      {
        "meetingOrganizerUserId='U',MeetingOrganizerUserId='U'",
        "The parameter 'MeetingOrganizerUserId' was specified more than once."
      },
      {
        "meetingOrganizerUserId='me'",
        "The value 'me' of the parameter 'meetingOrganizerUserId' is not a GUID."
      },
      {
        "meetingOrganizerUserId=''",
        "The value '' of the parameter 'meetingOrganizerUserId' is not a GUID."
      },
      {
        "startDateTime='2026-01-01T00:00:00Z'",
        "The value '2026-01-01T00:00:00Z' of the parameter 'startDateTime' is not an Edm.DateTimeOffset. Write it without quotes, with time and offset: 2026-01-31T09:00:00Z."
      },
      {
        "startDateTime=2026-01-01",
        "The value '2026-01-01' of the parameter 'startDateTime' is not an Edm.DateTimeOffset. Write it without quotes, with time and offset: 2026-01-31T09:00:00Z."
      },
      {
        "endDateTime=2026-02-30T00:00:00Z",
        "The value '2026-02-30T00:00:00Z' of the parameter 'endDateTime' is not an Edm.DateTimeOffset. Write it without quotes, with time and offset: 2026-01-31T09:00:00Z."
      }
    };
    for (String[] row : table) {
      assertThat(refusal(() -> call(row[0], "", spelling))).as(row[0]).isEqualTo(row[1]);
    }
    assertThat(refusal(() -> call("", "$filter=meetingOrganizer/user/id eq 'me'", spelling)))
        .isEqualTo("The value 'me' of MeetingOrganizer/User/Id is not a GUID.");
    assertThat(refusal(() -> call("a".repeat(3_000), "", spelling)))
        .isEqualTo("The arguments of getAllRecordings have more than 2048 characters.");
  }

  @Test
  void anAliasTwiceInTheQueryIsRefused() {
    assertThat(
            refusal(
                () -> call("meetingOrganizerUserId=@p", "@p='U'&@P='U'", FunctionSpelling.LENIENT)))
        .isEqualTo("Query option '@p' was specified more than once.");
  }

  @Test
  void aDeltaReadsItsOwnOptions() {
    GetAllCall call =
        GetAllCall.ofDelta(
            Requests.call("meetingOrganizerUserId='" + U + "'", "skipToken=t&$top=2"),
            GetAllFunction.MEETING_RECORDINGS,
            FunctionSpelling.LENIENT);

    assertThat(call.options().skipToken()).isEqualTo(Optional.of("t"));
    assertThat(call.options().query().top()).isEqualTo(2);
  }

  private static GetAllCall call(String arguments, String query, FunctionSpelling spelling) {
    return GetAllCall.of(
        Requests.call(named(arguments), named(query)), GetAllFunction.MEETING_RECORDINGS, spelling);
  }

  /** U stands for a GUID in the tables. */
  private static String named(String text) {
    return text == null
        ? ""
        : text.replaceAll("'U\\b", "'" + U)
            .replaceAll("%27U%27", "%27" + U + "%27")
            .replaceAll("=U\\b", "=" + U);
  }

  private static void assertWanted(GetAllCall call, OptionalLong start, OptionalLong end) {
    assertThat(call.organizer()).contains(USER);
    assertThat(call.start()).isEqualTo(start);
    assertThat(call.end()).isEqualTo(end);
  }
}
