package dev.aftercall.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.arrival.Sources;
import dev.aftercall.http.admin.AdminClient.Reply;
import dev.aftercall.recorder.RecorderType;
import dev.aftercall.testing.Media;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What administrators see of what recorders announce, and do with it. */
final class AdminArrivalsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final UUID ADA = TestServer.guid("Ada");

  @TempDir private Path tools = Path.of("");
  private TestServer server;
  private AdminClient admin;

  @BeforeEach
  void start() {
    server =
        new TestServer(
            TestSetup.source(Sources.of("scripts", RecorderType.UPLOAD)),
            TestSetup.ffmpeg(tools.resolve("ffmpeg")));
    admin = AdminClient.manager(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void send(String id, String room, byte[] bytes) throws Exception {
    JsonNode opened =
        JSON.readTree(
            server
                .send(
                    server
                        .request("/intake/v1/sources/scripts/recordings", Sources.SECRET)
                        .POST(
                            BodyPublishers.ofString(
                                JSON.createObjectNode()
                                    .put("sourceId", id)
                                    .put("room", room)
                                    .put("apiKey", "must not be kept")
                                    .toString())))
                .body());
    server.send(
        HttpRequest.newBuilder(URI.create(opened.path("uploadUrl").asText()))
            .PUT(BodyPublishers.ofByteArray(bytes)));
  }

  private JsonNode only() {
    JsonNode list = admin.get("/arrivals").expect(200).json().path("value");
    assertThat(list).hasSize(1);
    return list.get(0);
  }

  @Test
  void anUnassignedFileIsSeenAndAssigned() throws Exception {
    send("one", "Board", Media.mp4());
    String id = only().path("id").asText();
    assertThat(only().path("state").asText()).isEqualTo("unassigned");
    JsonNode whole = admin.get("/arrivals/" + id).expect(200).json();
    assertThat(whole.at("/envelope/room").asText()).isEqualTo("Board");
    assertThat(whole.toString()).doesNotContain("must not be kept");

    admin.send("POST", "/arrivals/" + id + "/assign", "{}").expect(400);
    admin.send("POST", "/arrivals/" + id + "/assign", "{\"organizer\":\"ada\"}").expect(400);
    admin.send("POST", "/arrivals/" + id + "/assign", "{\"meetingId\":\"no meeting\"}").expect(400);
    assertThat(only().path("state").asText()).isEqualTo("unassigned");
    Reply assigned =
        admin
            .send("POST", "/arrivals/" + id + "/assign", "{\"organizer\":\"" + ADA + "\"}")
            .expect(200);
    assertThat(assigned.json().path("state").asText()).isEqualTo("ready");
    assertThat(admin.get("/arrivals/" + id).json().path("segments")).hasSize(1);
    admin
        .send("POST", "/arrivals/" + id + "/assign", "{\"organizer\":\"" + ADA + "\"}")
        .expect(409);
  }

  @Test
  void rulesAreMadeReplacedAndRemoved() throws Exception {
    String rule = "{\"room\":\"week*\",\"organizer\":\"" + ADA + "\",\"tags\":[\"team\"]}";
    Reply made = admin.send("PUT", "/assignmentRules/weekly", rule).expect(201);
    admin.send("PUT", "/assignmentRules/weekly", rule).expect(428);
    Reply replaced =
        admin.send("PUT", "/assignmentRules/weekly", rule, "If-Match", made.tag()).expect(200);
    admin.send("PUT", "/assignmentRules/weekly", rule, "If-Match", made.tag()).expect(412);
    assertThat(admin.get("/assignmentRules").json().path("value")).hasSize(1);

    send("one", "Weekly", Media.mp4());
    assertThat(only().path("state").asText()).isEqualTo("ready");
    assertThat(only().path("rule").asText()).isEqualTo("weekly");
    admin.send("DELETE", "/assignmentRules/weekly", "", "If-Match", replaced.tag()).expect(204);
    admin.get("/assignmentRules/weekly").expect(404);
  }

  @Test
  void aRuleThatSaysNothingOrTwoThingsIsRefused() {
    admin.send("PUT", "/assignmentRules/a", "{\"room\":\"*\"}").expect(400);
    admin
        .send("PUT", "/assignmentRules/a", "{\"organizer\":\"" + ADA + "\",\"meetingId\":\"m\"}")
        .expect(400);
    admin
        .send("PUT", "/assignmentRules/a", "{\"action\":\"reject\",\"organizer\":\"" + ADA + "\"}")
        .expect(400);
    admin.send("PUT", "/assignmentRules/a", "{\"organizerFrom\":\"no pointer\"}").expect(400);
  }

  @Test
  void quarantineIsSeenAndLeftByReleaseAlone() throws Exception {
    send("one", "r", new byte[2_000]);
    String id = only().path("id").asText();
    assertThat(only().path("state").asText()).isEqualTo("quarantined");
    admin.send("POST", "/arrivals/" + id + "/release", "").expect(409);
    assertThat(only().path("state").asText()).isEqualTo("quarantined");
    admin.send("POST", "/arrivals/" + id + "/retry", "").expect(409);
    admin.send("POST", "/arrivals/" + id + "/reject", "{\"reason\":\"a test\"}").expect(200);
    assertThat(only().path("state").asText()).isEqualTo("rejected");
    assertThat(admin.get("/arrivals?state=ready").json().path("value")).isEmpty();
    assertThat(admin.get("/arrivals?state=rejected,ready").json().path("value")).hasSize(1);
    admin.get("/arrivals?state=gone").expect(400);
  }

  @Test
  void whatIsInQuarantineIsMendedWhereFfmpegIs() throws Exception {
    Path film = Files.write(tools.resolve("film.mp4"), Media.mp4());
    Path program = tools.resolve("ffmpeg");
    // Writes a sound film wherever it is told to, as its last argument.
    Files.writeString(
        program, "#!/bin/sh\nfor last; do :; done\ncp '" + film + "' \"${last#file:}\"\n");
    send("one", "r", broken());
    String id = only().path("id").asText();
    Reply missing =
        admin.send("POST", "/arrivals/" + id + "/repair", "{\"job\":\"remux\"}").expect(409);
    assertThat(missing.json().toString()).contains("apt install ffmpeg");

    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    JsonNode mended =
        admin.send("POST", "/arrivals/" + id + "/repair", "{\"job\":\"remux\"}").expect(200).json();
    assertThat(mended.path("state").asText()).isEqualTo("unassigned");
    assertThat(mended.path("mended").asText()).isEqualTo("remux");
    admin.send("POST", "/arrivals/" + id + "/repair", "{\"job\":\"remux\"}").expect(409);
    admin.send("POST", "/arrivals/" + id + "/repair", "{\"job\":\"polish\"}").expect(400);
  }

  /** It begins as an MP4 does, and breaks off. */
  private static byte[] broken() {
    return Arrays.copyOf(Media.resource("/media/moov-end.mp4"), 5_000);
  }

  @Test
  void ofWhatWasPurgedNoWordIsLeft() throws Exception {
    admin.send("PUT", "/assignmentRules/all", "{\"organizer\":\"" + ADA + "\"}").expect(201);
    send("one", "Secret board", Media.mp4());
    String id = only().path("id").asText();
    String artifact = only().path("artifactId").asText();
    admin.send("DELETE", "/recordings/" + artifact, "", "If-Match", "*").expect(204);
    server.clock().advance(Duration.ofDays(94));
    AdminClient later = AdminClient.manager(server);
    Reply run = later.send("POST", "/retention/run", "{\"confirm\":true}").expect(200);
    assertThat(run.json().path("purged").asInt()).isEqualTo(1);

    JsonNode left = later.get("/arrivals/" + id).expect(200).json();
    assertThat(left.path("sourceId").asText()).isEqualTo("one");
    assertThat(left.path("state").asText()).isEqualTo("ready");
    assertThat(left.has("envelope")).isFalse();
    assertThat(left.toString()).doesNotContain("Secret board");
  }

  @Test
  void listsPageByPageAndReadersChangeNothing() throws Exception {
    for (int i = 0; i < 3; i++) {
      send("file " + i, "r", Media.mp4(Media.mp4().length + 100 + i));
    }
    Reply first = admin.get("/arrivals?$top=2").expect(200);
    assertThat(first.json().path("value")).hasSize(2);
    Reply second = admin.get(first.json().path("@odata.nextLink").asText()).expect(200);
    assertThat(second.json().path("value")).hasSize(1);
    String id = second.json().at("/value/0/id").asText();
    AdminClient reader = AdminClient.reader(server);
    reader.get("/arrivals/" + id).expect(200);
    reader.send("POST", "/arrivals/" + id + "/replay", "").expect(403);
    AdminClient elsewhere = AdminClient.manager(server, TestServer.guid("other tenant"));
    assertThat(elsewhere.get("/arrivals").json().path("value")).isEmpty();
    elsewhere.get("/arrivals/" + id).expect(404);
  }
}
