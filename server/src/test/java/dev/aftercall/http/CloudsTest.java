package dev.aftercall.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.config.Cloud;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every cloud serves exactly the operations that Microsoft lists for it. */
final class CloudsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** By cloud: recordings, collections, ad hoc calls, meetings. */
  private static final Map<Cloud, List<String>> VERSIONS =
      Map.of(
          Cloud.GLOBAL, List.of("v1.0|beta", "v1.0|beta", "v1.0|beta", "v1.0|beta"),
          Cloud.USGOV_L4, List.of("v1.0", "", "", "v1.0|beta"),
          Cloud.USGOV_L5, List.of("v1.0", "", "", "v1.0|beta"),
          Cloud.CHINA, List.of("", "", "", ""));

  @ParameterizedTest
  @EnumSource
  void servesTheVersionsListed(Cloud cloud) {
    assertThat(
            List.of(
                cloud.recordingVersions(),
                cloud.collectionVersions(),
                cloud.adhocVersions(),
                cloud.meetingVersions()))
        .isEqualTo(VERSIONS.get(cloud));
  }

  @ParameterizedTest
  @EnumSource
  void answersWhatItHasAndKnowsNothingOfTheRest(Cloud cloud) throws IOException {
    try (TestServer server = new TestServer(TestSetup.cloud(cloud))) {
      Recorded film = server.record();
      String token = server.user(TestServer.ORGANIZER);
      List<String> wrong = new ArrayList<>();
      for (String version : List.of("v1.0", "beta")) {
        boolean served = List.of(cloud.recordingVersions().split("\\|")).contains(version);
        for (String path :
            List.of(film.path(), film.mePath(), film.contentPath(), film.mePath() + "/content")) {
          String own = path.replace("/v1.0/", "/" + version + "/");
          HttpResponse<byte[]> answer = server.get(own, token);
          if (served ? answer.statusCode() != 200 : !unknown(answer)) {
            wrong.add(own + ": " + answer.statusCode() + " " + new String(answer.body(), UTF_8));
          }
        }
        assertThat(server.get("/" + version + "/$batch", token).statusCode())
            .as("a batch goes by POST, in every cloud")
            .isEqualTo(405);
      }
      assertThat(wrong).isEmpty();
    }
  }

  /** As Graph answers for a path it does not know. */
  private static boolean unknown(HttpResponse<byte[]> answer) throws IOException {
    JsonNode error = JSON.readTree(answer.body()).path("error");
    return answer.statusCode() == 400
        && error.path("code").asText().equals("BadRequest")
        && error
            .path("message")
            .asText()
            .matches("Resource not found for the segment '(onlineMeetings|recordings)'\\.");
  }

  @Test
  void collectionsOfAPersonAreForTheGlobalCloudAlone() throws IOException {
    String organizer = "/users/" + TestServer.ORGANIZER;
    try (TestServer gov = new TestServer(TestSetup.cloud(Cloud.USGOV_L5))) {
      Recorded film = gov.record();
      String token = gov.user(TestServer.ORGANIZER);
      String list = film.path().substring(0, film.path().lastIndexOf('/'));
      assertThat(gov.get(list, token).statusCode()).isEqualTo(200);
      for (String path :
          List.of(
              list + "/delta",
              "/v1.0" + organizer + "/onlineMeetings/getAllRecordings",
              "/v1.0" + organizer + "/onlineMeetings/getAllTranscripts/delta",
              "/v1.0" + organizer + "/adhocCalls/getAllRecordings")) {
        assertThat(gov.get(path, token).statusCode()).as(path).isIn(400, 404);
      }
    }
  }

  @Test
  void aPathThatEndsEarlyIsNoApi() throws IOException {
    try (TestServer server = new TestServer()) {
      HttpResponse<byte[]> answer =
          server.get("/v1.0/communications", server.user(TestServer.ORGANIZER));
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(JSON.readTree(answer.body()).path("error").path("message").asText())
          .isEqualTo("Requested API is not supported. Please check the path.");
    }
  }
}
