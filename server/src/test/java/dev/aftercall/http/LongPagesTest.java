package dev.aftercall.http;

import static dev.aftercall.http.BatchCalls.item;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.testing.RawHttp;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that are written while their rows are read, and answers that break off. */
final class LongPagesTest {
  private static final int ALL = 431;
  private static final String OF_MEETINGS =
      "/v1.0/users/"
          + TestServer.ORGANIZER
          + "/onlineMeetings/getAllRecordings(meetingOrganizerUserId='"
          + TestServer.ORGANIZER
          + "')";

  private static final AtomicLong WRITTEN = new AtomicLong();
  private static final CountDownLatch LEFT = new CountDownLatch(1);

  private static TestServer server;
  private static Recorded first;
  private static String app;

  @BeforeAll
  static void start() {
    server =
        new TestServer(
            TestSetup.route(
                Route.of("GET", "/half", Route.Admission.PUBLIC, request -> breakingOff())),
            TestSetup.route(
                Route.of("GET", "/endless", Route.Admission.PUBLIC, request -> endless())));
    server.coverEverybody(TestServer.APP);
    first = server.record();
    copy(ALL - 1);
    app = server.app();
  }

  /** The same recording again and again, each with ids of its own and a change of its own. */
  private static void copy(int times) {
    server
        .database()
        .write(
            handle -> {
              for (int i = 1; i <= times; i++) {
                String id = "00000000-0000-4000-8000-%012d".formatted(i);
                handle.execute(
                    """
                    insert into recording (artifact_id, tenant_id, meeting_key, call_id,
                        content_correlation_id, created_ticks, ended_ticks, media_type, size_bytes,
                        sha256, file_name, duration_millis, kept_ticks, organizer_id, graph_id,
                        held_in)
                    select ?, tenant_id, meeting_key, call_id, content_correlation_id,
                        created_ticks + ?, ended_ticks, media_type, size_bytes, sha256, file_name,
                        duration_millis, kept_ticks, organizer_id, graph_id || ?, held_in
                      from recording where artifact_id = ?
                    """,
                    id,
                    i / 7,
                    "x" + i,
                    first.artifact().toString());
                handle.execute(
                    """
                    insert into artifact_change (tenant_id, position, kind, artifact_id,
                        meeting_key, organizer_id, held_in, what, graph_id, at_ticks)
                    select tenant_id, position + ?, kind, ?, meeting_key, organizer_id, held_in,
                        what, graph_id, at_ticks
                      from artifact_change where artifact_id = ?
                    """,
                    i,
                    id,
                    first.artifact().toString());
              }
              return handle.execute("update change_counter set position = position + ?", times);
            });
  }

  private static StreamedAnswer breakingOff() {
    return new StreamedAnswer(
        200,
        Answer.GRAPH_FIELDS,
        out -> {
          out.write(new byte[100_000]);
          throw new IllegalStateException("The database went away (meant by the test).");
        });
  }

  private static StreamedAnswer endless() {
    return new StreamedAnswer(
        200,
        Answer.GRAPH_FIELDS,
        out -> {
          try {
            while (WRITTEN.get() < 1L << 40) {
              out.write(new byte[1 << 16]);
              WRITTEN.addAndGet(1 << 16);
            }
          } finally {
            LEFT.countDown();
          }
        });
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?$top=101",
        "?$top=100",
        "?$top=250&$orderby=createdDateTime%20desc",
        "?$top=999&$orderby=id%20desc,endDateTime",
        "/delta?$top=230"
      })
  void everythingIsOnExactlyOnePage(String query) {
    List<String> seen = new ArrayList<>();
    String next = OF_MEETINGS + query;
    while (!next.isEmpty()) {
      JsonNode page = page(next);
      page.path("value").forEach(item -> seen.add(item.path("id").asText()));
      assertThat(page.path("@odata.count").asInt()).isEqualTo(page.path("value").size());
      next = page.path("@odata.nextLink").asText("").replace(server.base(), "");
      assertThat(page.has("@odata.deltaLink")).isEqualTo(query.contains("delta") && next.isEmpty());
    }
    assertThat(seen).hasSize(ALL).doesNotHaveDuplicates();
  }

  @Test
  void aDeltaTellsManyChanges() {
    // The token of a time before everything: what an old client holds.
    String link = page(OF_MEETINGS + "/delta?$deltatoken=latest").path("@odata.deltaLink").asText();
    copyOnce();
    JsonNode page = page(link.replace(server.base(), ""));
    assertThat(page.path("value")).hasSize(150);
    assertThat(
            page(page.path("@odata.deltaLink").asText().replace(server.base(), "")).path("value"))
        .isEmpty();
    removeCopies();
  }

  private static void copyOnce() {
    server
        .database()
        .write(
            handle -> {
              for (int i = 1; i <= 150; i++) {
                handle.execute(
                    """
                    insert into artifact_change (tenant_id, position, kind, artifact_id,
                        meeting_key, organizer_id, held_in, what, graph_id, at_ticks)
                    select tenant_id, (select position from change_counter) + ?, kind, artifact_id,
                        meeting_key, organizer_id, held_in, what, graph_id, 7
                      from artifact_change where artifact_id = ?
                     limit 1
                    """,
                    i,
                    first.artifact().toString());
              }
              return handle.execute("update change_counter set position = position + 150");
            });
  }

  private static void removeCopies() {
    server
        .database()
        .write(handle -> handle.execute("delete from artifact_change where at_ticks = 7"));
  }

  @Test
  void theListOfAMeetingCountsAll() {
    String list = "/v1.0/me/onlineMeetings/" + first.meetingId() + "/recordings";
    String organizer = server.user(TestServer.ORGANIZER);
    JsonNode page = MeetingCalls.expect(200, server.get(list + "?$top=210", organizer));
    assertThat(page.path("value")).hasSize(210);
    assertThat(page.path("@odata.count").asInt()).isEqualTo(ALL);
    assertThat(page.path("@microsoft.graph.tips").asText()).isNotEmpty();

    RawHttp.Answer head =
        RawHttp.exchange(
            server,
            "HEAD "
                + list
                + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + organizer
                + "\r\n\r\n");
    assertThat(head.status()).isEqualTo(200);
  }

  @Test
  void aQueryThatNoLinkCanCarryIsRefusedBeforeAnythingIsSent() {
    String filter = "?$filter=id%20ne%20'" + "y".repeat(3_000) + "'";
    HttpResponse<byte[]> answer = server.get(OF_MEETINGS + filter + "&$top=200", app);
    assertThat(MeetingCalls.refused(400, answer).path("message").asText()).contains("too long");
  }

  @Test
  void aBatchCarriesThem() throws IOException {
    JsonNode answers =
        new BatchCalls(server, app).batch(item("1", "GET", OF_MEETINGS.replace("'", "%27")));
    assertThat(answers.path(0).path("body").path("value")).hasSize(ALL);
  }

  @Test
  void whatBreaksOffNeverLooksWhole() throws IOException {
    try (RawHttp raw = RawHttp.to(server)) {
      raw.send("GET /half HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(raw.head()).contains("transfer-encoding: chunked");
      String all = new String(raw.rest(), UTF_8);
      assertThat(all).hasSizeGreaterThan(10_000).doesNotEndWith("0\r\n\r\n");
    }
  }

  @Test
  void aClientThatReadsNothingIsWaitedForAndNothingPilesUp() throws Exception {
    try (RawHttp raw = RawHttp.to(server)) {
      raw.send("GET /endless HTTP/1.1\r\nHost: x\r\n\r\n");
      raw.head();
    }
    LEFT.await();
    // What the kernel's buffers took on both sides; without waiting it would be all there is.
    assertThat(WRITTEN.get()).isLessThan(64L << 20);
  }

  private static JsonNode page(String path) {
    return MeetingCalls.expect(200, server.get(path, app));
  }
}
