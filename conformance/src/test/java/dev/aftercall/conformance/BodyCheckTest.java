package dev.aftercall.conformance;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The judge itself: it lets right answers pass and names what is wrong with others. */
final class BodyCheckTest {
  private static final String CONTEXT =
      "'@odata.context':'https://x/v1.0/$metadata#users(''u'')/onlineMeetings(''m'')/recordings";

  @Test
  void acceptsAnEntityAndAList() {
    String recording = "'id':'r','callId':null,'createdDateTime':'2026-01-01T00:00:00.0000000Z'";
    assertThatCode(() -> check("{" + CONTEXT + "/$entity'," + recording + "}"))
        .doesNotThrowAnyException();
    assertThatCode(() -> check("{" + CONTEXT + "(id,callId)','value':[{" + recording + "}]}"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'id':'r','colour':'red'          | colour is no member of callRecording",
        "'id':null                        | id is null",
        "'id':7                           | id is no Edm.String",
        "'id':'r','endDateTime':'soon'    | endDateTime is no Edm.DateTimeOffset",
        "'id':'r','content':'AAAA'        | content is no Edm.Stream",
        "'id':'r','meetingOrganizer':{'user':{'@odata.type':'#microsoft.graph.teamworkUserIdentity','userIdentityType':'robot'}} | userIdentityType",
        "'id':'r','meetingOrganizer':{'user':'u'} | is no object",
      })
  void namesWhatIsWrong(String members, String fault) {
    assertThatThrownBy(() -> check("{" + CONTEXT + "/$entity'," + members + "}"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(fault);
  }

  @Test
  void asksForAContext() {
    assertThatThrownBy(() -> check("{'id':'r'}")).hasMessageContaining("@odata.context");
    assertThatThrownBy(() -> check("{'@odata.context':'https://x/$metadata#planets','value':[]}"))
        .hasMessageContaining("planets");
  }

  @Test
  void looksIntoBatches() {
    assertThatThrownBy(() -> check("{'responses':[{'id':'1','status':200,'body':{'id':'r'}}]}"))
        .hasMessageContaining("@odata.context");
  }

  private static void check(String json) throws JsonProcessingException {
    String quoted = json.replace("''", "\u0000").replace('\'', '"').replace("\u0000", "'");
    BodyCheck.check("https://x", new ObjectMapper().readTree(quoted));
  }
}
