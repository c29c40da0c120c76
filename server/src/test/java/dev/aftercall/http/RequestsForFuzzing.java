package dev.aftercall.http;

import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Opens to other packages' tests what reads a request's first line. */
public final class RequestsForFuzzing {
  private RequestsForFuzzing() {}

  /** A GET of that path and query, as the server would have parsed it. */
  public static Request request(String path, String query, String arguments) {
    return new Request(
        "GET",
        new Request.Target(
            "https://localhost",
            path,
            Query.parse(query),
            Map.of("version", "beta", "arguments", arguments)),
        name -> Optional.empty(),
        InputStream.nullInputStream(),
        -1,
        new Trace("request", "client"),
        Optional.empty());
  }

  /** A condition on a calendar's events, read as far as to what the database is asked. */
  public static void events(String filter) {
    String query = "$filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8);
    EventOptions.of(
        request("/v1.0/x", query, ""),
        new PageTokens("secret", InstantSource.system(), Duration.ofDays(1)));
  }

  /** A path taken apart. */
  public static List<String> segments(String path) {
    return GraphPath.segments(path);
  }
}
