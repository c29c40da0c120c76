package dev.aftercall.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.graph.core.content.BatchRequestContent;
import com.microsoft.graph.core.content.BatchRequestContentCollection;
import com.microsoft.graph.core.content.BatchResponseContent;
import com.microsoft.graph.core.content.BatchResponseContentCollection;
import com.microsoft.graph.models.CallRecording;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.RequestInformation;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** Many requests in one, as the SDK writes them and as hand-written clients do. */
@Conformance("$batch")
final class BatchTest {
  private final ServerUnderTest server;
  private final ReadyFile.Held held;

  BatchTest(ServerUnderTest server) {
    this.server = server;
    this.held = server.recording();
  }

  @Verified(year = 2026)
  void theSdkReadsRecordingsInABatch() throws IOException {
    GraphServiceClient client = server.graph().bearing("organizer");
    BatchRequestContent batch = new BatchRequestContent(client);
    List<String> ids =
        server.ready().recordings().stream()
            .map(
                each -> {
                  RequestInformation get = GraphClients.me(client, each).toGetRequestInformation();
                  return batch.addBatchRequestStep(get);
                })
            .toList();
    BatchResponseContent answers = client.getBatchRequestBuilder().post(batch, null);
    for (int i = 0; i < ids.size(); i++) {
      CallRecording it =
          answers.getResponseById(ids.get(i), CallRecording::createFromDiscriminatorValue);
      assertThat(it.getId()).isEqualTo(server.ready().recordings().get(i).recordingId());
    }
    assertThat(answers.getResponsesStatusCode().values()).containsOnly(200);
  }

  @Verified(year = 2026)
  void theSdkSendsMoreThanTwentyRequestsInSeveralBatches() throws IOException {
    GraphServiceClient client = server.graph().bearing("organizer");
    BatchRequestContentCollection batches = new BatchRequestContentCollection(client);
    List<String> ids =
        IntStream.range(0, 25)
            .mapToObj(
                i ->
                    batches.addBatchRequestStep(
                        GraphClients.me(client, held).toGetRequestInformation()))
            .toList();
    BatchResponseContentCollection answers = client.getBatchRequestBuilder().post(batches, null);
    assertThat(answers.getResponsesStatusCodes()).hasSize(25).containsOnlyKeys(ids);
    for (String id : ids) {
      assertThat(answers.getResponseById(id, CallRecording::createFromDiscriminatorValue).getId())
          .isEqualTo(held.recordingId());
    }
  }

  @Verified(year = 2026)
  void idsAreStringsOrNumbersAndComeBackAsTheyWere() {
    JsonNode answers =
        batch(
            "{\"id\":7,\"method\":\"GET\",\"url\":\"/" + held.byMe() + "\"}",
            "{\"id\":\"8\",\"method\":\"GET\",\"url\":\"" + held.byMe() + "\"}",
            "{\"id\":\"x\",\"method\":\"GET\",\"url\":\"/v1.0/" + held.byMe() + "\"}");
    assertThat(answers.findValues("status")).extracting(JsonNode::asInt).containsOnly(200);
    assertThat(answers).hasSize(3);
    for (JsonNode answer : answers) {
      assertThat(answer.path("id").isNumber()).isEqualTo(answer.path("id").asText().equals("7"));
      assertThat(answer.path("body").path("id").asText()).isEqualTo(held.recordingId());
      assertThat(answer.path("headers").path("Content-Type").asText())
          .startsWith("application/json");
    }
  }

  @Verified(year = 2026)
  void whatDependsOnAFailureIsNotMade() {
    JsonNode answers =
        batch(
            "{\"id\":\"1\",\"method\":\"GET\",\"url\":\"/" + held.byMe() + "x\"}",
            "{\"id\":\"2\",\"method\":\"GET\",\"url\":\"/"
                + held.byMe()
                + "\",\"dependsOn\":[\"1\"]}");
    for (JsonNode answer : answers) {
      assertThat(answer.path("status").asInt())
          .isEqualTo(answer.path("id").asText().equals("1") ? 404 : 424);
    }
  }

  @Differs("Graph documents no content in a batch; ours is base64 up to 4 MiB, ranges honoured")
  void contentIsBase64() throws IOException {
    JsonNode answers =
        batch(
            "{\"id\":\"1\",\"method\":\"GET\",\"url\":\"/"
                + held.byMe()
                + "/content\",\"headers\":{\"Range\":\"bytes=4-7\"}}");
    assertThat(answers.path(0).path("status").asInt()).isEqualTo(206);
    assertThat(answers.path(0).path("body").binaryValue()).asString().isEqualTo("ftyp");
  }

  @Verified(year = 2026)
  void twentyOneRequestsAreTooMany() {
    String[] items =
        IntStream.range(0, 21)
            .mapToObj(i -> "{\"id\":\"" + i + "\",\"method\":\"GET\",\"url\":\"/me\"}")
            .toArray(String[]::new);
    GraphErrors.refused(400, "BadRequest", post(items));
  }

  private JsonNode batch(String... items) {
    Wire.Reply reply = post(items);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json().path("responses");
  }

  private Wire.Reply post(String... items) {
    return server
        .wire()
        .send("POST", "$batch")
        .as("organizer")
        .json("{\"requests\":[" + String.join(",", items) + "]}")
        .reply();
  }
}
