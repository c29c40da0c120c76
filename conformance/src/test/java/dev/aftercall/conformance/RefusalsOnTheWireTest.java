package dev.aftercall.conformance;

import static dev.aftercall.conformance.GraphErrors.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

@Conformance("HTTP: refusals")
final class RefusalsOnTheWireTest {
  private final ServerUnderTest server;
  private final ReadyFile.Held held;

  RefusalsOnTheWireTest(ServerUnderTest server) {
    this.server = server;
    this.held = server.recording();
  }

  @Verified(year = 2026)
  void withoutAToken() {
    for (String path : new String[] {held.byMe(), held.byOrganizer() + "/content", "nothing"}) {
      Wire.Reply reply = server.wire().get(path).reply();
      assertThat(refused(401, "InvalidAuthenticationToken", reply).path("message").asText())
          .isEqualTo("Access token is empty.");
      assertThat(reply.header("WWW-Authenticate")).startsWith("Bearer ");
    }
  }

  @Verified(year = 2026)
  void anErrorCarriesTheHeadersOfEveryAnswer() {
    String mine = UUID.randomUUID().toString();
    Wire.Reply reply =
        server.wire().get(held.byMe()).as("outsider").header("client-request-id", mine).reply();
    refused(403, "Forbidden", reply);
    assertThat(reply.header("client-request-id")).isEqualTo(mine);
    assertThat(reply.header("Date")).isNotEmpty();
    assertThat(reply.header("x-ms-ags-diagnostic")).isNotEmpty();
    assertThat(reply.header("Cache-Control")).containsAnyOf("no-cache", "private");
  }

  @Differs("Graph documents no answer to writing; we answer the 405 of its batch page")
  void otherMethods() {
    for (String path : new String[] {held.byOrganizer(), held.byOrganizer() + "/content"}) {
      for (String method : new String[] {"POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
        Wire.Reply reply =
            server.wire().send(method, path).as("app").json("{\"callId\":\"x\"}").reply();
        refused(405, "Request_BadRequest", reply);
        assertThat(reply.header("Allow").split(", ")).contains("GET", "HEAD");
      }
    }
  }

  @Verified(year = 2026)
  void anUnknownSegmentIsNamed() {
    Wire.Reply reply =
        server
            .wire()
            .get("me/onlineMeetings/" + held.meetingId() + "/films")
            .as("organizer")
            .reply();
    assertThat(refused(400, "BadRequest", reply).path("message").asText())
        .isEqualTo("Resource not found for the segment 'films'.");
  }

  @Differs("Graph's front door answers these in HTML; we answer its error body")
  void whatIsNoRequest() throws IOException {
    assertThat(raw("GET /v1.0/%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .matches("(?s)HTTP/1\\.[01] 400 .*")
        .contains("{\"error\":{\"code\":\"BadRequest\"");
    assertThat(raw("NONSENSE\r\n\r\n"))
        .matches("(?s)HTTP/1\\.[01] 400 .*")
        .contains("{\"error\":{");
    assertThat(raw("GET /v1.0/" + "a".repeat(200_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .matches("(?s)HTTP/1\\.[01] 414 .*")
        .contains("{\"error\":{");
    assertThat(
            raw(
                "GET /v1.0/me HTTP/1.1\r\nHost: localhost\r\nX-Long: "
                    + "a".repeat(200_000)
                    + "\r\n\r\n"))
        .matches("(?s)HTTP/1\\.[01] 431 .*")
        .contains("{\"error\":{");
  }

  private String raw(String request) throws IOException {
    URI http = URI.create(server.ready().http());
    try (Socket socket = new Socket(http.getHost(), http.getPort())) {
      socket.setSoTimeout(10_000);
      try {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        // A server may answer and close before it has read all of it.
      }
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      try {
        socket.getInputStream().transferTo(answer);
      } catch (SocketException e) {
        // RFC 9112, 9.6: closing with input unread resets the connection; what came before counts.
      }
      return answer.toString(StandardCharsets.UTF_8);
    }
  }
}
