package dev.aftercall.http.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.http.Answer;
import dev.aftercall.http.Operation;
import dev.aftercall.http.Route;
import dev.aftercall.http.odata.JsonSchemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code GET /openapi.json}: OpenAPI 3.1 of every route that is served, made from the routes and
 * from the types of {@code $metadata} when somebody asks; nothing is written down twice.
 */
public final class OpenApi {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String ERROR = "odataError";
  private static final String PATH = "/openapi.json";

  private final List<Route> routes;

  private OpenApi(List<Route> routes) {
    this.routes = List.copyOf(routes);
  }

  /** Those routes and one more, which describes them all and itself. */
  public static List<Route> describing(List<Route> routes) {
    List<Route> all = new ArrayList<>(routes);
    Route route =
        Route.of(
            "GET",
            PATH,
            Route.Admission.PUBLIC,
            request ->
                Answer.json(200, new OpenApi(all).document(request.target().base()))
                    .with("Cache-Control", "no-cache"));
    all.add(route);
    return all;
  }

  private byte[] document(String base) {
    ObjectNode document = JSON.objectNode().put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Aftercall")
        .put("version", "1.0")
        .put(
            "description",
            "Meeting recordings through the Microsoft Graph callRecording API. HEAD is answered"
                + " wherever GET is; keys may also stand in parentheses, users('id').");
    document.putArray("servers").addObject().put("url", base);
    ObjectNode paths = document.putObject("paths");
    Set<String> ids = new HashSet<>();
    Set<String> types = new TreeSet<>();
    for (Route route : routes) {
      Template template = Template.of(route.path().toString());
      ObjectNode item = path(paths, template);
      for (String method : new TreeSet<>(route.methods())) {
        if (!method.equals("HEAD")) {
          item.set(method.toLowerCase(Locale.ROOT), operation(template, method, route, ids));
        }
      }
      String type = Answers.type(template.words());
      if (!type.isEmpty()) {
        types.add(type);
      }
    }
    components(document.putObject("components"), List.copyOf(types));
    ObjectNode schemas = (ObjectNode) document.at("/components/schemas");
    routes.stream()
        .flatMap(route -> route.operation().stream())
        .forEach(operation -> Operations.schemas(operation, schemas));
    try {
      return Json.MAPPER.writeValueAsBytes(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode path(ObjectNode paths, Template template) {
    if (paths.get(template.path()) instanceof ObjectNode known) {
      return known;
    }
    ObjectNode item = paths.putObject(template.path());
    if (!template.parameters().isEmpty()) {
      ArrayNode parameters = item.putArray("parameters");
      for (Template.Parameter parameter : template.parameters()) {
        ObjectNode schema =
            parameters
                .addObject()
                .put("name", parameter.name())
                .put("in", "path")
                .put("required", true)
                .putObject("schema")
                .put("type", "string");
        if (!parameter.choices().isEmpty()) {
          ArrayNode choices = schema.putArray("enum");
          parameter.choices().forEach(choices::add);
        }
      }
    }
    return item;
  }

  private static ObjectNode operation(
      Template template, String method, Route route, Set<String> ids) {
    ObjectNode operation = JSON.objectNode();
    String id = template.operationId(method);
    for (int number = 2; !ids.add(id); number++) {
      id = template.operationId(method) + number;
    }
    operation.put("operationId", id);
    operation.putArray("tags").add(template.words().isEmpty() ? "service" : tag(template));
    boolean directory =
        route.operation().filter(it -> it.dialect() == Operation.Dialect.SCIM).isPresent();
    if (route.admission() == Route.Admission.TOKEN || directory) {
      operation.putArray("security").addObject().putArray("bearer");
    } else {
      operation.putArray("security");
    }
    if (route.operation().isPresent()) {
      Operations.describe(route.operation().get(), method, operation);
      if (!Operations.refused(route.operation().get(), operation)) {
        refused(operation);
      }
      return operation;
    }
    options(template, method, operation);
    if (method.equals("POST") || method.equals("PATCH") || method.equals("PUT")) {
      operation
          .putObject("requestBody")
          .putObject("content")
          .putObject(method.equals("PUT") ? "*/*" : "application/json");
    }
    ObjectNode responses = operation.putObject("responses");
    Answers.Body body = Answers.of(template, method);
    ObjectNode good = responses.putObject("2XX").put("description", "What was asked for.");
    if (!method.equals("DELETE")) {
      good.putObject("content").putObject(body.mediaType()).set("schema", body.schema());
    }
    refused(operation);
    return operation;
  }

  private static void refused(ObjectNode operation) {
    operation
        .withObject("/responses")
        .putObject("default")
        .put("description", "Why not, in Graph's words.")
        .putObject("content")
        .putObject("application/json")
        .set("schema", JsonSchemas.reference(ERROR));
  }

  private static void options(Template template, String method, ObjectNode operation) {
    List<String> names = method.equals("GET") ? Answers.options(template) : List.of();
    if (!names.isEmpty()) {
      ArrayNode parameters = operation.putArray("parameters");
      for (String name : names) {
        parameters
            .addObject()
            .put("name", name)
            .put("in", "query")
            .putObject("schema")
            .put("type", "string");
      }
    }
  }

  private static String tag(Template template) {
    return template.graph()
        ? template.words().stream()
            .filter(Answers.TYPES::containsKey)
            .reduce((first, last) -> last)
            .orElse("service")
        : template.words().getFirst().equals("admin")
            ? "admin " + template.words().get(2)
            : template.words().getFirst();
  }

  private static void components(ObjectNode components, List<String> types) {
    ObjectNode schemas = components.putObject("schemas");
    JsonSchemas.of(types).forEach(schemas::set);
    ObjectNode error = schemas.putObject(ERROR).put("type", "object");
    error.putArray("required").add("error");
    ObjectNode inner = error.putObject("properties").putObject("error").put("type", "object");
    inner.putArray("required").add("code").add("message");
    ObjectNode members = inner.putObject("properties");
    members.putObject("code").put("type", "string");
    members.putObject("message").put("type", "string");
    members.putObject("innerError").put("type", "object");
    components
        .putObject("securitySchemes")
        .putObject("bearer")
        .put("type", "http")
        .put("scheme", "bearer")
        .put("bearerFormat", "JWT");
  }

  /** Made when it is first needed: no start waits for it. */
  private static final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper();
  }
}
