package dev.aftercall.recorder.graph;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.fetch.FetchException;
import dev.aftercall.fetch.FetchException.Kind;
import dev.aftercall.fetch.Locations;
import dev.aftercall.fetch.Shown;
import dev.aftercall.recorder.Envelope;
import dev.aftercall.recorder.Urls;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;

/** Reads JSON from Graph as an application. */
final class GraphClient {
  private static final int LONGEST_URL = 16_384;

  private final String service;
  private final ClientCredentials credentials;

  /**
   * Reads from there.
   *
   * @param service the root with its version, such as {@code https://graph.microsoft.com/v1.0}
   */
  GraphClient(URI service, ClientCredentials credentials) {
    this.service = Urls.base(service);
    this.credentials = credentials;
  }

  /** The root without a slash at its end. */
  String service() {
    return service;
  }

  /**
   * Gets what is there.
   *
   * @param link beneath the service
   * @throws FetchException GONE for 404, 410 and 400: the server knows nothing of what was asked,
   *     or no more; REFUSED for other refusals; BUSY; BROKEN
   */
  JsonNode get(String link) throws FetchException {
    URI at = checked(link);
    String token = credentials.token();
    Web.Answer answer = send(at, token);
    if (answer.status() == 401) {
      credentials.drop(token);
      answer = send(at, credentials.token());
    }
    if (answer.status() == 200) {
      return json(at, answer);
    }
    String said = Shown.of(at) + " answered " + answer.status() + code(answer);
    throw switch (answer.status()) {
      case 429, 503 -> FetchException.busy(said + ": it asks for patience.", answer.retryAfter());
      case 400, 404, 410 -> new FetchException(Kind.GONE, said + ".");
      case 408, 425 -> new FetchException(Kind.BROKEN, said + ". It is tried again.");
      default ->
          answer.status() >= 400 && answer.status() < 500
              ? new FetchException(
                  Kind.REFUSED,
                  said
                      + ". See that the application has the permissions and that an application"
                      + " access policy covers the organizer.")
              : new FetchException(Kind.BROKEN, said + ". It is tried again.");
    };
  }

  private static Web.Answer send(URI at, String token) throws FetchException {
    return Web.send(
        HttpRequest.newBuilder(at)
            .header("Authorization", "Bearer " + token)
            .header("Accept", "application/json")
            .header("User-Agent", "Aftercall")
            .build());
  }

  /** Whether a link leads to the service that the operator set; the token goes nowhere else. */
  boolean leads(String link) {
    return link.regionMatches(true, 0, service + "/", 0, service.length() + 1)
        && link.length() <= LONGEST_URL
        && !link.contains("/../")
        && !link.contains("\\");
  }

  /** Refuses a link that leads elsewhere. */
  void check(String link) throws FetchException {
    URI _ = checked(link);
  }

  private URI checked(String link) throws FetchException {
    if (!leads(link)) {
      throw new FetchException(
          Kind.BROKEN,
          "A link leads away from "
              + service
              + " and is not followed. If the server is known by two addresses, set the one that it"
              + " writes into its links as the source's url.");
    }
    try {
      return new URI(Locations.escaped(link));
    } catch (URISyntaxException e) {
      throw new FetchException(Kind.BROKEN, "A link of " + service + " is no URL.");
    }
  }

  private static JsonNode json(URI at, Web.Answer answer) throws FetchException {
    try {
      return Envelope.read(answer.body());
    } catch (IllegalArgumentException e) {
      throw new FetchException(
          Kind.BROKEN, Shown.of(at) + " answered what is no JSON. It is tried again.", e);
    }
  }

  /** Graph's word for what is wrong. */
  private static String code(Web.Answer answer) {
    try {
      JsonNode error = Envelope.read(answer.body()).path("error");
      String inner = error.path("innerError").path("code").asText();
      String code =
          inner.isEmpty() || inner.matches("[0-9]+") ? error.path("code").asText() : inner;
      return code.matches("[A-Za-z_.]{1,80}") ? " " + code : "";
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
