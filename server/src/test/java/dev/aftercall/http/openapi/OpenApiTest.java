package dev.aftercall.http.openapi;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.testing.TestServer;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The description says what the server does: read by a parser that nobody here wrote. */
final class OpenApiTest {
  private static final String RECORDING =
      "/{version}/users/{userId}/onlineMeetings/{meetingId}/recordings/{recordingId}";

  private static TestServer server;
  private static OpenAPI api;
  private static List<String> faults;

  @BeforeAll
  static void read() {
    server = new TestServer();
    HttpResponse<byte[]> reply = server.get("/openapi.json", "");
    assertThat(reply.statusCode()).isEqualTo(200);
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    SwaggerParseResult result =
        new OpenAPIV3Parser()
            .readContents(new String(reply.body(), StandardCharsets.UTF_8), null, options);
    api = result.getOpenAPI();
    faults = result.getMessages();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void isValid() {
    assertThat(faults).isEmpty();
    assertThat(api.getOpenapi()).isEqualTo("3.1.0");
  }

  @Test
  void describesARecordingByTheTypesOfItsMetadata() {
    Operation get = Objects.requireNonNull(api.getPaths().get(RECORDING)).getGet();
    assertThat(get.getResponses().get("2XX"))
        .extracting(good -> good.getContent().values())
        .asInstanceOf(InstanceOfAssertFactories.COLLECTION)
        .singleElement()
        .extracting("schema.$ref")
        .isEqualTo("#/components/schemas/microsoft.graph.callRecording");
    assertThat(api.getComponents().getSchemas().get("microsoft.graph.callRecording"))
        .extracting(schema -> schema.getProperties().keySet())
        .asInstanceOf(InstanceOfAssertFactories.COLLECTION)
        .contains("id", "recordingContentUrl", "meetingOrganizer")
        .doesNotContain("content");
    assertThat(get.getParameters()).extracting(Parameter::getName).contains("$select");
  }

  @Test
  void everyOperationIsThere() {
    List<String> missing = new ArrayList<>();
    int asked = 0;
    for (Map.Entry<String, PathItem> path : api.getPaths().entrySet()) {
      for (PathItem.HttpMethod method : path.getValue().readOperationsMap().keySet()) {
        Operation operation = path.getValue().readOperationsMap().get(method);
        boolean token = operation.getSecurity() != null && !operation.getSecurity().isEmpty();
        int status = status(method, path.getKey(), path.getValue());
        asked++;
        if (token ? status != 401 : status == 405 || status == 501) {
          missing.add(method + " " + path.getKey() + " answered " + status);
        }
      }
    }
    assertThat(asked).isGreaterThan(10);
    assertThat(missing).isEmpty();
  }

  @Test
  void namesEveryOperationOnce() {
    Set<String> names = new HashSet<>();
    api.getPaths()
        .values()
        .forEach(
            item ->
                item.readOperations()
                    .forEach(
                        operation ->
                            assertThat(names.add(operation.getOperationId()))
                                .as(operation.getOperationId())
                                .isTrue()));
  }

  @Test
  void administratorsBodiesAreDescribed() {
    List<String> undescribed = new ArrayList<>();
    int described = 0;
    for (Map.Entry<String, PathItem> path : api.getPaths().entrySet()) {
      if (!path.getKey().startsWith("/admin/v1/")) {
        continue;
      }
      for (Map.Entry<PathItem.HttpMethod, Operation> one :
          path.getValue().readOperationsMap().entrySet()) {
        Operation operation = one.getValue();
        described++;
        boolean body =
            operation.getRequestBody() == null
                || described(operation.getRequestBody().getContent());
        boolean answer =
            one.getKey() == PathItem.HttpMethod.DELETE
                || described(requireNonNull(operation.getResponses().get("2XX")).getContent());
        if (!body || !answer || operation.getSummary() == null) {
          undescribed.add(one.getKey() + " " + path.getKey());
        }
      }
    }
    assertThat(described).isGreaterThan(20);
    assertThat(undescribed).isEmpty();

    Operation put =
        requireNonNull(api.getPaths().get("/admin/v1/grants/groups/{groupId}")).getPut();
    assertThat(put.getParameters()).extracting(Parameter::getName).contains("If-Match");
    Schema<?> grant = api.getComponents().getSchemas().get("admin.groupGrant");
    assertThat(requireNonNull(grant).getRequired()).isEqualTo(List.of("policyName", "rank"));
    Schema<?> tenant = api.getComponents().getSchemas().get("admin.tenant");
    assertThat(requireNonNull(tenant).getRequired()).isNull();
  }

  private static boolean described(io.swagger.v3.oas.models.media.Content content) {
    return content != null && content.values().stream().allMatch(type -> type.getSchema() != null);
  }

  private static int status(PathItem.HttpMethod method, String template, PathItem item) {
    String path = template;
    for (Parameter parameter :
        item.getParameters() == null ? List.<Parameter>of() : item.getParameters()) {
      List<?> choices = parameter.getSchema() == null ? null : parameter.getSchema().getEnum();
      path =
          path.replace(
              "{" + parameter.getName() + "}",
              choices == null || choices.isEmpty() ? "x" : choices.getFirst().toString());
    }
    return server
        .send(server.request(path, "").method(method.name(), BodyPublishers.noBody()))
        .statusCode();
  }
}
