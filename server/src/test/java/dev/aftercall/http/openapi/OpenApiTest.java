package dev.aftercall.http.openapi;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.access.AdminAccess;
import dev.aftercall.testing.TestServer;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
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

  @Test
  void directoriesBodiesAreDescribed() throws Exception {
    PathItem users = requireNonNull(api.getPaths().get("/scim/v2/Users"));
    PathItem user = requireNonNull(api.getPaths().get("/scim/v2/Users/{id}"));
    PathItem group = requireNonNull(api.getPaths().get("/scim/v2/Groups/{id}"));
    assertThat(scim(users.getPost().getRequestBody().getContent())).isEqualTo("scim.User");
    assertThat(answered(users.getPost())).isEqualTo("scim.User");
    assertThat(answered(users.getGet())).isEqualTo("scim.UserList");
    assertThat(users.getGet().getParameters())
        .extracting(Parameter::getName)
        .contains("filter", "startIndex", "count");
    assertThat(scim(user.getPatch().getRequestBody().getContent())).isEqualTo("scim.PatchOp");
    assertThat(answered(user.getPatch())).isEqualTo("scim.User");
    assertThat(scim(group.getPatch().getRequestBody().getContent())).isEqualTo("scim.PatchOp");
    assertThat(requireNonNull(group.getPatch().getResponses().get("2XX")).getContent()).isNull();
    assertThat(scim(requireNonNull(user.getGet().getResponses().get("default")).getContent()))
        .isEqualTo("scim.Error");
    Schema<?> patch = requireNonNull(api.getComponents().getSchemas().get("scim.PatchOp"));
    assertThat(patch.getRequired()).isEqualTo(List.of("Operations"));
    Schema<?> person = requireNonNull(api.getComponents().getSchemas().get("scim.User"));
    assertThat(person.getRequired()).isEqualTo(List.of("userName"));
    api.getPaths()
        .forEach(
            (path, item) -> {
              if (path.startsWith("/scim/v2/")) {
                item.readOperations()
                    .forEach(
                        operation ->
                            assertThat(operation.getSummary()).as("%s", path).isNotEmpty());
              }
            });
  }

  @Test
  void whatDirectoriesAreAnsweredIsDescribed() throws Exception {
    String id = TestServer.guid("described").toString();
    var made =
        directory(
            "POST",
            "/scim/v2/Users",
            """
            {"externalId":"%s","userName":"d@example.com","active":true,"displayName":"D",
             "name":{"givenName":"D"},"emails":[{"value":"d@example.com","type":"work"}]}"""
                .formatted(id));
    assertThat(members("scim.User")).containsAll(names(made));
    assertThat(members("scim.Meta")).containsAll(names(made.path("meta")));
    var group =
        directory(
            "POST",
            "/scim/v2/Groups",
            "{\"displayName\":\"G\",\"members\":[{\"value\":\"%s\"}]}".formatted(id));
    assertThat(members("scim.Group")).containsAll(names(group));
    assertThat(members("scim.Member")).containsAll(names(group.at("/members/0")));
    assertThat(members("scim.UserList")).containsAll(names(directory("GET", "/scim/v2/Users", "")));
    assertThat(members("scim.Error"))
        .containsAll(names(directory("POST", "/scim/v2/Users", "{\"userName\":7}")));
  }

  private static JsonNode directory(String method, String path, String body) throws IOException {
    String token =
        server.tokens().app(TestServer.TENANT, "directory").roles(AdminAccess.MANAGE).signed();
    var request =
        server
            .request(path, token)
            .header("Content-Type", "application/scim+json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    return new ObjectMapper().readTree(server.send(request).body());
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new HashSet<>();
    object.fieldNames().forEachRemaining(names::add);
    assertThat(names).isNotEmpty();
    return names;
  }

  private static Set<String> members(String schema) {
    Schema<?> found = requireNonNull(api.getComponents().getSchemas().get(schema), schema);
    return found.getProperties().keySet();
  }

  private static String answered(Operation operation) {
    return scim(requireNonNull(operation.getResponses().get("2XX")).getContent());
  }

  private static String scim(io.swagger.v3.oas.models.media.Content content) {
    String reference = requireNonNull(content.get("application/scim+json")).getSchema().get$ref();
    return reference.substring(reference.lastIndexOf('/') + 1);
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
