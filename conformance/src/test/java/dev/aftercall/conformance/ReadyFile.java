package dev.aftercall.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What a started server says of itself, as {@code start-dev --ready-file} writes it.
 *
 * @param http address of plain HTTP
 * @param https address of HTTPS, also of the token issuer
 */
record ReadyFile(
    String http,
    String https,
    Path trustStore,
    String trustStorePassword,
    String tenantId,
    List<Held> recordings,
    JsonNode json) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A recording that the server holds, with the meeting it belongs to. */
  record Held(
      String organizer,
      String meetingId,
      String recordingId,
      String sha256,
      long size,
      Optional<String> transcriptId) {
    /** The path below the version, ids as they are. */
    String path(String user) {
      return user + "/onlineMeetings/" + meetingId + "/recordings/" + recordingId;
    }

    /** The same through the organizer's own id. */
    String byOrganizer() {
      return path("users/" + organizer);
    }

    /** The same through whoever's token it is. */
    String byMe() {
      return path("me");
    }
  }

  /** What an ad hoc call left; not every server has one. */
  record Call(
      String organizer, String id, String recordingId, String sha256, String transcriptId) {}

  /** The first ad hoc call. */
  Optional<Call> adhocCall() {
    JsonNode call = json.path("adhocCalls").path(0);
    return call.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new Call(
                text(call, "organizerId"),
                text(call, "id"),
                text(call.path("recordings").path(0), "id"),
                text(call.path("recordings").path(0), "sha256"),
                text(call.path("transcripts").path(0), "id")));
  }

  /** An application and its secret. */
  record App(String clientId, String clientSecret) {}

  /** A person's name and password. */
  record Account(String upn, String password) {}

  static ReadyFile read(Path file) throws IOException {
    JsonNode json = JSON.readTree(file.toFile());
    List<Held> held = new ArrayList<>();
    for (JsonNode meeting : json.path("meetings")) {
      for (JsonNode recording : meeting.path("recordings")) {
        held.add(
            new Held(
                text(meeting, "organizerId"),
                text(meeting, "id"),
                text(recording, "id"),
                text(recording, "sha256"),
                recording.path("size").asLong(),
                Optional.ofNullable(meeting.path("transcripts").path(0).get("id"))
                    .map(JsonNode::asText)));
      }
    }
    if (held.size() < 2) {
      throw new IOException(file + " must name two recordings at least.");
    }
    return new ReadyFile(
        text(json, "http"),
        text(json, "https"),
        Path.of(text(json, "trustStore")),
        text(json, "trustStorePassword"),
        text(json, "tenantId"),
        List.copyOf(held),
        json);
  }

  /** The object id of the organizer, attendee, outsider or tenantAdmin. */
  String user(String name) {
    return text(json.path("users"), name);
  }

  /** The credentials of app, appWithoutPolicy, appRsc or intake. */
  App app(String name) {
    JsonNode app = json.path("apps").path(name);
    return new App(text(app, "clientId"), text(app, "clientSecret"));
  }

  /** A token of a person or an application. */
  String token(String name) {
    return text(json.path("tokens"), name);
  }

  /** How a person signs in; not every server tells. */
  Optional<Account> account(String name) {
    return Optional.ofNullable(json.path("accounts").get(name))
        .map(account -> new Account(text(account, "upn"), text(account, "password")));
  }

  /** The claims of a token, or an empty object when it is opaque. */
  static JsonNode claims(String token) throws IOException {
    String[] parts = token.split("\\.", -1);
    return parts.length == 3
        ? JSON.readTree(Base64.getUrlDecoder().decode(parts[1]))
        : JSON.createObjectNode();
  }

  private static String text(JsonNode node, String member) {
    JsonNode value = node.get(member);
    if (value == null || !value.isTextual()) {
      throw new IllegalArgumentException("The ready file lacks '" + member + "'.");
    }
    return value.textValue();
  }
}
