package dev.aftercall.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** What tests ask about meetings, and the tokens they ask with. */
final class MeetingCalls {
  static final String MINE = "/v1.0/me/onlineMeetings";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TestServer server;

  MeetingCalls(TestServer server) {
    this.server = server;
  }

  String user(UUID person) {
    return user(TestServer.TENANT, person);
  }

  String user(UUID tenant, UUID person) {
    return server
        .tokens()
        .user(tenant, person)
        .scopes("OnlineMeetings.ReadWrite Calendars.ReadWrite OnlineMeetingRecording.Read.All")
        .signed();
  }

  String app(String... roles) {
    return server.tokens().app(TestServer.TENANT, TestServer.APP).roles(roles).signed();
  }

  HttpResponse<byte[]> send(String method, String path, String token, String body) {
    HttpRequest.Builder request =
        server
            .request(path, token)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    return server.send(request);
  }

  JsonNode create(String token, String body) {
    return expect(201, send("POST", MINE, token, body));
  }

  JsonNode get(String path, String token) {
    return expect(200, server.get(path, token));
  }

  static String filter(String filter) {
    return "?$filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8);
  }

  static JsonNode expect(int status, HttpResponse<byte[]> answer) {
    if (answer.statusCode() != status) {
      throw new AssertionError(
          answer.statusCode()
              + " instead of "
              + status
              + ": "
              + new String(answer.body(), StandardCharsets.UTF_8));
    }
    return json(answer.body());
  }

  /** The error of an answer. */
  static JsonNode refused(int status, HttpResponse<byte[]> answer) {
    return expect(status, answer).path("error");
  }

  static JsonNode json(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
