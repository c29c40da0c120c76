package dev.aftercall.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.graph.models.odataerrors.InnerError;
import com.microsoft.graph.models.odataerrors.MainError;
import com.microsoft.graph.models.odataerrors.ODataError;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Graph's one error body, as the SDK reads it and as it stands on the wire. */
final class GraphErrors {
  private GraphErrors() {}

  /** Fails unless the call ends in that error; returns it for what else is to be looked at. */
  static MainError refused(int status, String code, ThrowingCallable call) {
    ODataError error = catchThrowableOfType(ODataError.class, call);
    assertThat(error).as("an ODataError").isNotNull();
    assertThat(error.getResponseStatusCode()).isEqualTo(status);
    MainError main = error.getError();
    assertThat(main).isNotNull();
    assertThat(main.getCode()).isEqualTo(code);
    assertThat(main.getMessage()).isNotNull();
    assertThat(error.getMessage()).isEqualTo(main.getMessage());
    InnerError inner = main.getInnerError();
    assertThat(inner).as("innerError").isNotNull();
    assertThat(UUID.fromString(inner.getRequestId())).isNotNull();
    assertThat(UUID.fromString(inner.getClientRequestId()))
        .as("the SDK's own client-request-id, echoed")
        .isNotNull()
        .isNotEqualTo(UUID.fromString(inner.getRequestId()));
    assertThat(inner.getDate())
        .isCloseTo(OffsetDateTime.now(ZoneOffset.UTC), within(5, ChronoUnit.MINUTES));
    return main;
  }

  /** Fails unless the answer is that error, exactly as Graph writes it; returns {@code error}. */
  static JsonNode refused(int status, String code, Wire.Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    JsonNode json = reply.json();
    assertThat(json.fieldNames()).toIterable().containsExactly("error");
    JsonNode error = json.path("error");
    assertThat(error.path("code").asText()).isEqualTo(code);
    assertThat(error.path("message").isTextual()).isTrue();
    JsonNode inner = error.path("innerError");
    assertThat(inner.path("request-id").asText()).isEqualTo(reply.header("request-id"));
    assertThat(inner.path("client-request-id").asText())
        .isEqualTo(reply.header("client-request-id"));
    String date = inner.path("date").asText();
    assertThat(date)
        .as("no zone, no fraction")
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d");
    assertThat(Duration.between(LocalDateTime.parse(date), LocalDateTime.now(ZoneOffset.UTC)).abs())
        .isLessThan(Duration.ofMinutes(5));
    return error;
  }
}
