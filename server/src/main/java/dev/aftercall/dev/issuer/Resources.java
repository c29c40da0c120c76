package dev.aftercall.dev.issuer;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which API a client means. Every spelling of Graph, the national clouds' and this server's own
 * addresses included, gives tokens for one audience, so that a client needs no other scope than the
 * one it has in production.
 */
final class Resources {
  /** An API that tokens are for. */
  record Resource(String audience, boolean graph) {}

  /** Microsoft Graph's application id, the same in every tenant. */
  private static final String GRAPH_ID = "00000003-0000-0000-c000-000000000000";

  private static final Set<String> GRAPH_HOSTS =
      Set.of(
          "graph.microsoft.com",
          "graph.microsoft.us",
          "dod-graph.microsoft.us",
          "microsoftgraph.chinacloudapi.cn");

  private final Directory directory;
  private final Resource graph;

  Resources(Directory directory, String audience) {
    this.directory = directory;
    this.graph = new Resource(audience, true);
  }

  Resource graph() {
    return graph;
  }

  /** What a token request asks for, in the words of its endpoint's generation. */
  Scopes asked(Exchange exchange) {
    Form form = exchange.form();
    return switch (exchange.generation()) {
      case V1 ->
          Scopes.ofResource(form.get("resource").orElse(graph.audience()), this, exchange.base());
      case V2 -> Scopes.parse(form.require("scope"), this, exchange.base());
    };
  }

  /**
   * The API of a scope's prefix or of a version 1 {@code resource}.
   *
   * @param base the address the client used for us
   */
  Resource find(String prefix, String base) {
    // "https://graph.microsoft.com//.default" is the documented scope of a resource whose name
    // ends with a slash.
    String bare = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    if (bare.equalsIgnoreCase(graph.audience())
        || bare.equalsIgnoreCase(base)
        || bare.equalsIgnoreCase(GRAPH_ID)) {
      return graph;
    }
    Optional<URI> uri = Loopback.uri(bare);
    if (uri.isPresent() && Loopback.isWeb(uri.get())) {
      String host = String.valueOf(uri.get().getHost()).toLowerCase(Locale.ROOT);
      if (GRAPH_HOSTS.contains(host) || Loopback.isLoopback(host)) {
        return graph;
      }
    }
    String id = bare.startsWith("api://") ? bare.substring("api://".length()) : bare;
    return directory
        .app(id)
        .map(app -> new Resource(app.clientId(), false))
        .orElseThrow(
            () ->
                new OAuthException(
                    OAuthError.UNKNOWN_RESOURCE,
                    ("The resource principal named %s was not found in the tenant named %s. Ask "
                            + "for %s/.default, or for api://{client id} of a demo application.")
                        .formatted(bare, directory.tenant(), graph.audience())));
  }
}
