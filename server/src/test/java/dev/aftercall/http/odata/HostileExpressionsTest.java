package dev.aftercall.http.odata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.config.FunctionSpelling;
import dev.aftercall.http.GraphException;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Random heaps of what expressions are made of: understood, or refused with 400, never worse. */
final class HostileExpressionsTest {
  private static final int HEAPS_A_SEED = 500;
  private static final List<String> PIECES =
      List.of(
          " ",
          " ",
          " ",
          "(",
          ")",
          ",",
          "'",
          "'a'",
          "''",
          "/",
          "and",
          " or ",
          "not ",
          "not(",
          " eq ",
          " ne",
          " in ",
          " in (",
          "gt ",
          " has ",
          " add ",
          "-",
          "+",
          ":",
          ".",
          "1",
          "9e9",
          "null",
          "true",
          "id",
          "Id",
          "callId",
          "meetingOrganizer",
          "meetingOrganizer/user/id",
          "user",
          "createdDateTime",
          "2026-01-01T00:00:00Z",
          "2026-01-01",
          "T00:00",
          "contains(",
          "startswith(id,",
          "tolower(",
          "cast(",
          "isof(",
          "Edm.String",
          "microsoft.graph.identity",
          "graph.delta()",
          "any(x:",
          "all(",
          "$it",
          "$root/",
          "@p",
          "=",
          "{",
          "]",
          "\"",
          "\t",
          "\u0000",
          "\u00e9",
          "\u0130",
          "\ud83c\udfa5",
          "\ud83c",
          "content",
          "asc",
          " desc",
          "binary'",
          "duration'",
          "geography'SRID=0;Point(",
          "INF",
          "NaN",
          "0x",
          "datetime",
          "12345678-1234-1234-1234-123456789012",
          "meetingOrganizerUserId=",
          "startDateTime=@s");

  @RepeatedTest(20)
  void conditions(RepetitionInfo info) {
    heaps(info, text -> FilterReader.read(text, ArtifactType.RECORDING));
  }

  @RepeatedTest(5)
  void orders(RepetitionInfo info) {
    heaps(info, text -> OrderReader.read(text, ArtifactType.TRANSCRIPT));
  }

  @RepeatedTest(5)
  void arguments(RepetitionInfo info) {
    for (FunctionSpelling spelling : FunctionSpelling.values()) {
      heaps(
          info,
          text ->
              GetAllCall.of(Requests.call(text, ""), GetAllFunction.MEETING_RECORDINGS, spelling));
    }
  }

  private static void heaps(RepetitionInfo info, Consumer<String> reader) {
    Random random = new Random(info.getCurrentRepetition());
    for (int i = 0; i < HEAPS_A_SEED; i++) {
      StringBuilder heap = new StringBuilder();
      for (int length = 1 + random.nextInt(14); length > 0; length--) {
        heap.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      try {
        reader.accept(heap.toString());
      } catch (GraphException e) {
        assertThat(e.code().status()).as("%s", heap).isEqualTo(400);
        assertThat(e.text()).as("%s", heap).isNotBlank();
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("Seed " + info.getCurrentRepetition() + ": " + heap, e);
      }
    }
  }
}
