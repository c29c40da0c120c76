package dev.aftercall.http;

import java.util.Map;
import java.util.Optional;

/** A request that ends in an error answer; rendered by the one error renderer alone. */
public final class GraphException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final transient Optional<Inner> inner;
  private final transient Map<String, String> headers;

  /** What {@code innerError} says beside the ids: the failing rule and what would satisfy it. */
  public record Inner(String code, String message) {}

  /** An error without further cause. */
  public GraphException(ErrorCode code, String message) {
    this(code, message, Optional.empty(), Map.of());
  }

  /** An error that names the rule that failed, with header fields to answer beside it. */
  public GraphException(
      ErrorCode code, String message, Optional<Inner> inner, Map<String, String> headers) {
    super(message, null, false, false);
    this.code = code;
    this.inner = inner;
    this.headers = Map.copyOf(headers);
  }

  /** Status and code. */
  public ErrorCode code() {
    return code;
  }

  /** The failing rule. */
  public Optional<Inner> inner() {
    return inner;
  }

  /** Header fields that go with the answer. */
  public Map<String, String> headers() {
    return headers;
  }

  /** The text for people, never null. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
