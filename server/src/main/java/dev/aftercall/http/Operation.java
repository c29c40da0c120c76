package dev.aftercall.http;

import dev.aftercall.http.json.Shape;
import java.util.List;
import java.util.Optional;

/**
 * What a route does, for those routes whose bodies no Graph type describes.
 *
 * @param summary one sentence for people
 * @param body what the client sends; empty for nothing
 * @param answer what is answered, or of what it is a list; empty for nothing
 * @param list whether a list of {@code answer} is answered
 * @param bytes whether content is answered, in its own media type
 * @param options query options it knows beside those of every list
 * @param dialect whose words bodies and refusals are in
 */
public record Operation(
    String summary,
    Optional<Shape> body,
    Optional<Shape> answer,
    boolean list,
    boolean bytes,
    List<Option> options,
    Dialect dialect) {
  /** Copies the list. */
  public Operation {
    options = List.copyOf(options);
  }

  /** Whose words bodies and refusals are in. */
  public enum Dialect {
    /** JSON as Graph has it; a PATCH has the members that change. */
    GRAPH,
    /** SCIM's media type and errors; a PATCH is a list of operations (RFC 7644). */
    SCIM
  }

  /** The same, in those words. */
  public Operation in(Dialect other) {
    return new Operation(summary, body, answer, list, bytes, options, other);
  }

  /** A query option. */
  public record Option(String name, String description, boolean required) {}

  /** One that answers nothing. */
  public static Operation of(String summary) {
    return new Operation(
        summary, Optional.empty(), Optional.empty(), false, false, List.of(), Dialect.GRAPH);
  }

  /** The same, taking such a body. */
  public Operation taking(Shape shape) {
    return new Operation(summary, Optional.of(shape), answer, list, bytes, options, dialect);
  }

  /** The same, answering bytes. */
  public Operation answeringBytes() {
    return new Operation(summary, body, Optional.empty(), false, true, options, dialect);
  }

  /** The same, answering one. */
  public Operation answering(Shape shape) {
    return new Operation(summary, body, Optional.of(shape), false, false, options, dialect);
  }

  /** The same, answering a list of them, page by page. */
  public Operation listing(Shape shape) {
    return new Operation(summary, body, Optional.of(shape), true, false, options, dialect);
  }

  /** The same with a further query option. */
  public Operation option(String name, String description) {
    return with(new Option(name, description, false));
  }

  /** The same with a query option that must be there. */
  public Operation required(String name, String description) {
    return with(new Option(name, description, true));
  }

  private Operation with(Option option) {
    List<Option> all = new java.util.ArrayList<>(options);
    all.add(option);
    return new Operation(summary, body, answer, list, bytes, all, dialect);
  }
}
