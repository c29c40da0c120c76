package dev.aftercall.http.odata;

import static dev.aftercall.http.odata.Requests.refusal;
import static dev.aftercall.http.odata.Requests.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.http.GraphException;
import dev.aftercall.query.Filter;
import dev.aftercall.query.Order;
import dev.aftercall.query.Property;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The query options of lists, counts and deltas. */
final class ListOptionsTest {
  @Test
  void nothingSaidIsEverything() {
    ListOptions options = list("v1.0", "foo=bar&top=3");

    assertThat(options.query().filter()).isEmpty();
    assertThat(options.query().order()).isEmpty();
    assertThat(options.query().top()).isEqualTo(999);
    assertThat(options.select()).isEqualTo(Select.EVERYTHING);
    assertThat(options.count()).isFalse();
    assertThat(options.skipToken()).isEmpty();
    assertThat(options.deltaToken()).isEmpty();
  }

  @Test
  void allTogetherInAnyCase() {
    ListOptions options =
        list(
            "v1.0",
            "$Filter=callId+eq+'a'&$ORDERBY=EndDateTime%20desc,%20id&$top=5&$Count=True"
                + "&$select=ID,callid&$skipToken=t_-");

    assertThat(options.query().filter()).containsInstanceOf(Filter.Compare.class);
    assertThat(options.query().order())
        .containsExactly(new Order(Property.ENDED, true), new Order(Property.ID, false));
    assertThat(options.query().top()).isEqualTo(5);
    assertThat(options.select().names()).containsExactly("id", "callId");
    assertThat(options.count()).isTrue();
    assertThat(options.skipToken()).contains("t_-");
  }

  @Test
  void betaNeedsNoDollarAndNoVersionNeedsItForTokens() {
    assertThat(list("beta", "top=5&orderby=id").query().top()).isEqualTo(5);
    for (String version : List.of("v1.0", "beta")) {
      for (String name : List.of("skipToken", "skiptoken", "$skiptoken", "$skipToken")) {
        assertThat(list(version, name + "=t").skipToken()).contains("t");
      }
      for (String name : List.of("deltaToken", "deltatoken", "$deltatoken", "$deltaToken")) {
        assertThat(delta(version, name + "=t").deltaToken()).contains("t");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "createdDateTime|CREATED|false",
        "createddatetime asc|CREATED|false",
        "createdDateTime DESC|CREATED|true",
        "endDateTime  desc|ENDED|true",
        "id desc|ID|true"
      })
  void orders(String text, Property property, boolean descending) {
    assertThat(list("v1.0", "$orderby=" + text.replace(' ', '+')).query().order())
        .containsExactly(new Order(property, descending));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "$orderby=|The value of query option '$orderby' is empty. Leave the option out, or name a property.",
        "$orderby=foo|Could not find a property named 'foo' on type 'microsoft.graph.callRecording'.",
        "$orderby=callId|'callId' is not supported in $orderby 'callId'. Supported properties: createdDateTime, endDateTime, id.",
        "$orderby=meetingOrganizer/user/id|'meetingOrganizer/user/id' is not supported in $orderby 'meetingOrganizer/user/id'. Supported properties: createdDateTime, endDateTime, id.",
        "$orderby=id eq 'a'|An expression is not supported in $orderby 'id eq 'a''. Supported properties: createdDateTime, endDateTime, id.",
        "$orderby=id ascending|Syntax error at position 3 in 'id ascending'.",
        "$orderby=id,|Syntax error at position 3 in 'id,'.",
        "$orderby=id desc,ID|Property 'id' is named twice in $orderby 'id desc,ID'.",
        "$top=0|Invalid value '0' for $top query option found. The $top query option requires an integer from 1 to 999.",
        "$top=-1|Invalid value '-1' for $top query option found. The $top query option requires an integer from 1 to 999.",
        "$top=|Invalid value '' for $top query option found. The $top query option requires an integer from 1 to 999.",
        "$top=x|Invalid value 'x' for $top query option found. The $top query option requires an integer from 1 to 999.",
        "$top=1.5|Invalid value '1.5' for $top query option found. The $top query option requires an integer from 1 to 999.",
        "$top=1000|The limit of '999' for Top query has been exceeded. The value from the incoming request is '1000'.",
        "$top=99999999999999999999|The limit of '999' for Top query has been exceeded. The value from the incoming request is '99999999999999999999'.",
        "$count=1|Invalid value '1' for $count query option found. Valid values are 'true' or 'false'.",
        "$select=foo|Parsing OData Select and Expand failed: Could not find a property named 'foo' on type 'microsoft.graph.callRecording'.",
        "$top=1&$TOP=2|Query option '$TOP' was specified more than once.",
        "$skiptoken=a&skipToken=b|Query option 'skipToken' was specified more than once.",
        "$skiptoken=|The value of query option '$skiptoken' is empty.",
        "$filter=|The value of query option '$filter' is empty. Leave the option out, or write a condition."
      })
  void refusesWithTheReason(String query, String message) {
    assertThat(refusal(() -> list("v1.0", query))).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"search", "skip", "expand", "apply", "compute", "deltatoken", "bogus"})
  void whatIsNotSupportedIsNamedWithWhatIs(String option) {
    assertThat(refusal(() -> list("v1.0", "$" + option + "=1")))
        .isEqualTo(
            "The query specified in the URI is not valid. Query option '$"
                + option
                + "' is not supported here. Supported query options: $count, $filter, $orderby,"
                + " $select, $skiptoken, $top.");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "999, 999", "007, 7"})
  void tops(String text, int top) {
    assertThat(list("v1.0", "$top=" + text).query().top()).isEqualTo(top);
  }

  @Test
  void transcriptsHaveTheirOwnProperties() {
    ListOptions options =
        ListOptions.ofList(
            Requests.query(
                "v1.0",
                "$select=transcriptContentUrl,metadataContent&$filter=transcriptContentUrl eq 'a'"),
            ArtifactType.TRANSCRIPT);

    assertThat(options.select().names()).containsExactly("transcriptContentUrl", "metadataContent");
    assertThat(options.query().filter())
        .contains(
            new Filter.Compare(
                Property.CONTENT_URL, Filter.Relation.EQUAL, new Filter.Value.Text("a")));
  }

  @Test
  void aFilterBesideATokenIsRefusedInADelta() {
    for (String token : List.of("$skiptoken=t", "$deltatoken=t", "skipToken=t")) {
      GraphException refused = refused(() -> delta("v1.0", "$filter=id eq 'a'&" + token));
      assertThat(refused.inner().orElseThrow().code()).isEqualTo("DeltaFilterNotAllowed");
    }
    assertThat(delta("v1.0", "$filter=id eq 'a'").query().filter()).isPresent();
  }

  @Test
  void anEmptyDeltaTokenAsksForEverythingAnew() {
    assertThat(delta("v1.0", "$deltatoken=").deltaToken()).isEmpty();
  }

  @Test
  void aDeltaHasNoOrder() {
    assertThat(refusal(() -> delta("v1.0", "$orderby=id"))).contains("'$orderby' is not supported");
  }

  @Test
  void countTakesAFilterAlone() {
    assertThat(
            ListOptions.ofCount(
                Requests.query("v1.0", "$filter=id eq 'a'"), ArtifactType.RECORDING))
        .isPresent();
    assertThat(
            refusal(
                () ->
                    ListOptions.ofCount(Requests.query("v1.0", "$top=1"), ArtifactType.RECORDING)))
        .endsWith("Supported query options: $filter.");
  }

  private static ListOptions list(String version, String query) {
    return ListOptions.ofList(Requests.query(version, query), ArtifactType.RECORDING);
  }

  private static ListOptions delta(String version, String query) {
    return ListOptions.ofDelta(Requests.query(version, query), ArtifactType.RECORDING);
  }
}
