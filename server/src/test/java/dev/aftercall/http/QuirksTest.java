package dev.aftercall.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault is there when wanted, and whoever follows links and drops repeats gets everything. */
final class QuirksTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ALL =
      "/v1.0/users/"
          + TestServer.ORGANIZER
          + "/onlineMeetings/getAllRecordings(meetingOrganizerUserId='"
          + TestServer.ORGANIZER
          + "')";
  private static final String DELTA = ALL + "/delta";

  private record Walk(List<List<String>> pages, String deltaLink, long firstCount) {
    List<String> ids() {
      return pages.stream().flatMap(List::stream).toList();
    }

    List<Integer> sizes() {
      return pages.stream().map(List::size).toList();
    }
  }

  /** A server with five recordings in one meeting, and who walks its lists. */
  private static final class Client implements AutoCloseable {
    private final TestServer server;
    private final String app;
    private final Set<String> there = new HashSet<>();
    private final String list;

    Client(Quirk... quirks) {
      server = new TestServer(TestSetup.lists(ListSettings.DEFAULT.with(Set.of(quirks))));
      server.coverEverybody(TestServer.APP);
      app = server.app();
      Recorded first = server.record();
      there.add(first.id());
      for (int i = 1; i < 5; i++) {
        there.add(
            server
                .handOver()
                .with("meetingId", first.meetingId())
                .with("start", "2026-01-0" + i + "T09:00:00Z")
                .keep()
                .id());
      }
      list =
          "/v1.0/users/"
              + TestServer.ORGANIZER
              + "/onlineMeetings/"
              + first.meetingId()
              + "/recordings";
    }

    List<String> starts() {
      return List.of(list, ALL, DELTA, list + "/delta");
    }

    List<String> record(int recordings) {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < recordings; i++) {
        ids.add(server.record().id());
      }
      return ids;
    }

    /** Follows nextLink as long as there is one; never the same twice. */
    Walk walk(String start) throws IOException {
      List<List<String>> pages = new ArrayList<>();
      List<String> links = new ArrayList<>();
      long count = -1;
      String deltaLink = "";
      String next = start;
      while (!next.isEmpty()) {
        assertThat(links).as("a new link each time").doesNotContain(next);
        links.add(next);
        JsonNode page = json(server.get(next.replace(server.base(), ""), app));
        List<String> ids = new ArrayList<>();
        page.path("value").forEach(item -> ids.add(item.path("id").asText()));
        pages.add(ids);
        count = count < 0 ? page.path("@odata.count").asLong() : count;
        next = page.path("@odata.nextLink").asText();
        deltaLink = page.path("@odata.deltaLink").asText();
      }
      return new Walk(pages, deltaLink, count);
    }

    @Override
    public void close() {
      server.close();
    }
  }

  @Test
  void nothingGoesWrongUnlessWanted() throws IOException {
    try (Client client = new Client()) {
      for (String start : client.starts()) {
        Walk walk = client.walk(start + "?$top=2");
        assertThat(walk.sizes()).as(start).containsExactly(2, 2, 1);
        assertThat(walk.ids()).as(start).containsExactlyInAnyOrderElementsOf(client.there);
        if (!walk.deltaLink().isEmpty()) {
          assertThat(client.walk(walk.deltaLink()).sizes()).as(start).containsExactly(0);
        }
      }
    }
  }

  @Test
  void anEmptyPageLeadsToTheItems() throws IOException {
    try (Client client = new Client(Quirk.EMPTY_PAGES)) {
      for (String start : client.starts()) {
        Walk walk = client.walk(start + "?$top=2");
        assertThat(walk.sizes()).as(start).containsExactly(0, 2, 2, 1);
        assertThat(walk.ids()).as(start).containsExactlyInAnyOrderElementsOf(client.there);
      }
      assertThat(client.walk(client.list).firstCount()).as("the count is the list's").isEqualTo(5);
      assertThat(client.walk(ALL + "?$filter=id%20eq%20'x'").sizes()).containsExactly(0);

      Walk first = client.walk(DELTA);
      assertThat(client.walk(first.deltaLink()).sizes()).as("nothing to hide").containsExactly(0);
      String late = client.record(1).getFirst();
      assertThat(client.walk(first.deltaLink()).pages()).containsExactly(List.of(), List.of(late));
    }
  }

  @Test
  void withTopTheNextLinkIsLost() throws IOException {
    try (Client client = new Client(Quirk.LOST_NEXT_LINK)) {
      for (String start : client.starts()) {
        Walk cut = client.walk(start + "?$top=2");
        assertThat(cut.sizes()).as(start).containsExactly(2);
        assertThat(cut.deltaLink()).as("it is not over").isEmpty();
        assertThat(client.walk(start).ids())
            .as(start)
            .containsExactlyInAnyOrderElementsOf(client.there);
        Walk whole = client.walk(start + "?$top=5");
        assertThat(whole.ids()).as(start).containsExactlyInAnyOrderElementsOf(client.there);
        assertThat(whole.deltaLink().isEmpty()).isEqualTo(!start.endsWith("/delta"));
      }
    }
  }

  @Test
  void aDeltaGoesOnThoughNextLinksAreLost() throws IOException {
    try (Client client = new Client(Quirk.LOST_NEXT_LINK)) {
      String deltaLink = client.walk(DELTA + "?$top=6").deltaLink();
      List<String> late = client.record(8);
      assertThat(client.walk(deltaLink).ids()).containsExactlyElementsOf(late);
    }
  }

  @Test
  void afterAResetEverythingComesAgain() throws IOException {
    try (Client client = new Client(Quirk.REPEAT_AFTER_RESET)) {
      for (String start : client.starts()) {
        Walk walk = client.walk(start + "?$top=2");
        assertThat(walk.sizes()).as(start).containsExactly(2, 0, 2, 2, 1);
        assertThat(walk.pages().get(2)).as("from the beginning").isEqualTo(walk.pages().get(0));
        assertThat(walk.ids().subList(2, 7)).containsExactlyInAnyOrderElementsOf(client.there);
        assertThat(client.walk(start).sizes()).as("no second page, no reset").containsExactly(5);
      }
      Walk delta = client.walk(DELTA + "?$top=2");
      String late = client.record(1).getFirst();
      assertThat(client.walk(delta.deltaLink()).ids()).containsExactly(late);
    }
  }

  @Test
  void aDeltaRepeatsAnOldItem() throws IOException {
    try (Client client = new Client(Quirk.DELTA_REPEATS)) {
      for (String start : List.of(DELTA, client.list + "/delta")) {
        Walk first = client.walk(start);
        assertThat(first.ids()).containsExactlyInAnyOrderElementsOf(client.there);
        String newest =
            client.walk(client.list + "?$orderby=createdDateTime%20desc").ids().getFirst();
        Walk second = client.walk(first.deltaLink());
        assertThat(second.ids()).as(start).containsExactly(newest);
        assertThat(client.walk(second.deltaLink()).ids()).as(start).containsExactly(newest);
      }

      Walk first = client.walk(DELTA + "?$top=2");
      List<String> late = client.record(3);
      List<String> ids = client.walk(first.deltaLink()).ids();
      assertThat(ids.subList(0, 3)).isEqualTo(late);
      assertThat(ids).hasSize(4);
      List<String> told = new ArrayList<>(client.there);
      told.addAll(late.subList(0, 2));
      assertThat(ids.getLast()).as("told of before").isIn(told);
    }
  }

  @Test
  void whatAFilterHidesIsNotRepeated() throws IOException {
    try (Client client = new Client(Quirk.DELTA_REPEATS)) {
      Walk none = client.walk(DELTA + "?$filter=createdDateTime%20ge%202050-01-01T00:00:00Z");
      assertThat(client.walk(none.deltaLink()).ids()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?$top=1", "?$top=2", "?$top=3", "?$top=998"})
  void allAtOnceStillEnd(String query) throws IOException {
    try (Client client =
        new Client(Quirk.EMPTY_PAGES, Quirk.REPEAT_AFTER_RESET, Quirk.DELTA_REPEATS)) {
      for (String start : client.starts()) {
        Walk walk = client.walk(start + query);
        assertThat(Set.copyOf(walk.ids())).as(start).isEqualTo(client.there);
        if (!walk.deltaLink().isEmpty()) {
          assertThat(client.there).containsAll(client.walk(walk.deltaLink()).ids());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Quirk.class)
  void noneTouchesAnEmptyCollection(Quirk quirk) throws IOException {
    try (Client client = new Client(quirk)) {
      String nobody = TestServer.OUTSIDER.toString();
      String empty = DELTA.replace(TestServer.ORGANIZER.toString(), nobody);
      Walk walk = client.walk(empty + "?$top=1");
      assertThat(walk.sizes()).containsExactly(0);
      assertThat(client.walk(walk.deltaLink()).sizes()).containsExactly(0);
    }
  }

  private static JsonNode json(HttpResponse<byte[]> answer) throws IOException {
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
    return JSON.readTree(answer.body());
  }
}
