package dev.aftercall.http;

import dev.aftercall.digest.Hmac;
import dev.aftercall.http.Route.Admission;
import dev.aftercall.metrics.Metrics;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Prometheus reads, for whoever brings the token that the operator set. */
public final class MetricsPage {
  private static final String OPEN_METRICS = "application/openmetrics-text";

  private final Metrics metrics;
  private final Optional<String> token;

  /**
   * The page of those metrics.
   *
   * @param token empty for anybody
   */
  public MetricsPage(Metrics metrics, Optional<String> token) {
    this.metrics = metrics;
    this.token = token;
  }

  /** The routes of this resource. */
  public List<Route> routes() {
    return List.of(Route.of("GET", "/metrics", Admission.CAPABILITY, this::page));
  }

  private Answer page(Request request) {
    if (!admitted(request)) {
      throw new GraphException(
          ErrorCode.INVALID_AUTHENTICATION_TOKEN,
          "Metrics are for whoever brings the token set as metrics.token, as 'Authorization: Bearer"
              + " …'.",
          Optional.empty(),
          Map.of("WWW-Authenticate", "Bearer realm=\"metrics\""));
    }
    boolean open = request.header("Accept").filter(text -> text.contains(OPEN_METRICS)).isPresent();
    Metrics.Page page = metrics.page(open);
    return Answer.of(200, page.mediaType(), page.text()).with("Cache-Control", "no-store");
  }

  private boolean admitted(Request request) {
    return token.isEmpty()
        || request
            .header("Authorization")
            .filter(given -> Hmac.same("Bearer " + token.get(), given))
            .isPresent();
  }
}
