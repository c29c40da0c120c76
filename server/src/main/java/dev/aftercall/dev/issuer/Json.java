package dev.aftercall.dev.issuer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aftercall.http.Answer;
import dev.aftercall.http.Request;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The issuer's JSON answers. */
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Json() {}

  /** An answer that no cache keeps: RFC 6749, section 5.1. */
  static Answer answer(int status, Map<String, ?> body) {
    return Answer.of(status, "application/json; charset=utf-8", bytes(body))
        .with("Cache-Control", "no-store, no-cache")
        .with("Pragma", "no-cache");
  }

  /** An error in Entra's shape, ids and time included in the text as there. */
  static Answer error(OAuthException e, Request request, Instant now) {
    String trace = request.trace().requestId();
    String client = request.trace().clientRequestId();
    String correlation = client.isEmpty() ? trace : client;
    String timestamp = TIME.format(now);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("error", e.error().word());
    body.put(
        "error_description",
        "%s Trace ID: %s Correlation ID: %s Timestamp: %s"
            .formatted(e.description(), trace, correlation, timestamp));
    body.put("error_codes", List.of(e.error().number()));
    body.put("timestamp", timestamp);
    body.put("trace_id", trace);
    body.put("correlation_id", correlation);
    Answer answer = answer(e.error().status(), body);
    // RFC 6749, section 5.2: a client that tried the Authorization header is told the scheme.
    return e.error().status() == 401 && request.header("Authorization").isPresent()
        ? answer.with("WWW-Authenticate", "Basic realm=\"token\"")
        : answer;
  }

  static byte[] bytes(Map<String, ?> body) {
    try {
      return MAPPER.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A map of plain values could not be written.", e);
    }
  }
}
