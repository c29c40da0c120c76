package dev.aftercall.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.access.AdminAccess;
import dev.aftercall.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;

/** What tests of administrators' resources say over real HTTP. */
public final class AdminClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TestServer server;
  private final String token;

  private AdminClient(TestServer server, String token) {
    this.server = server;
    this.token = token;
  }

  /** An application that rules the tenant. */
  public static AdminClient manager(TestServer server) {
    return manager(server, TestServer.TENANT);
  }

  /** An application that rules that tenant. */
  public static AdminClient manager(TestServer server, UUID tenant) {
    String app = TestServer.guid("manager").toString();
    return new AdminClient(
        server, server.tokens().app(tenant, app).roles(AdminAccess.MANAGE).signed());
  }

  /** An application that sees everything and changes nothing. */
  public static AdminClient reader(TestServer server) {
    String app = TestServer.guid("compliance").toString();
    return new AdminClient(
        server, server.tokens().app(TestServer.TENANT, app).roles(AdminAccess.COMPLIANCE).signed());
  }

  /** A person with those directory roles, whose token has the scope. */
  public static AdminClient person(TestServer server, UUID... directoryRoles) {
    return new AdminClient(
        server,
        server
            .tokens()
            .user(TestServer.TENANT, TestServer.guid("admin"))
            .scopes(AdminAccess.MANAGE)
            .with("wids", List.of(directoryRoles).stream().map(UUID::toString).toList())
            .signed());
  }

  /** Somebody with that token. */
  public static AdminClient with(TestServer server, String token) {
    return new AdminClient(server, token);
  }

  /** An answer. */
  public record Reply(int status, JsonNode json, HttpResponse<byte[]> response) {
    /** Its ETag. */
    public String tag() {
      return response.headers().firstValue("ETag").orElseThrow();
    }

    /** The word of the rule that failed. */
    public String rule() {
      return json.at("/error/innerError/code").asText();
    }

    /** Expects that status; shows the body otherwise. */
    public Reply expect(int wanted) {
      assertThat(status).as(() -> response.uri() + " answered " + json).isEqualTo(wanted);
      return this;
    }
  }

  /** Gets {@code /admin/v1} and that path, or a whole link. */
  public Reply get(String path, String... fields) {
    return send("GET", path, "", fields);
  }

  /** Sends a body; an empty one is none. */
  public Reply send(String method, String path, String body, String... fields) {
    HttpRequest.Builder request =
        server.request(
            path.startsWith("http") ? path.substring(server.base().length()) : "/admin/v1" + path,
            token);
    if (fields.length > 0) {
      request.headers(fields);
    }
    if (body.isEmpty()) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request
          .header("Content-Type", "application/json")
          .method(method, HttpRequest.BodyPublishers.ofString(body));
    }
    HttpResponse<byte[]> response = server.send(request);
    try {
      return new Reply(response.statusCode(), JSON.readTree(response.body()), response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
