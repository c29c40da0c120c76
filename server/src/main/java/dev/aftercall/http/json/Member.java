package dev.aftercall.http.json;

/**
 * A member of a JSON object.
 *
 * @param description what it is, for people who read the OpenAPI document
 */
public record Member(String name, Kind kind, Use use, String description) {
  /** Who writes it. */
  public enum Use {
    /** The client, when it makes or replaces the whole. */
    REQUIRED,
    /** The client, if it likes. */
    OPTIONAL,
    /** The server alone; overlooked in what a client sends back as it got it. */
    READ_ONLY
  }

  /** One that must be there when the whole is made or replaced. */
  public static Member required(String name, Kind kind, String description) {
    return new Member(name, kind, Use.REQUIRED, description);
  }

  /** One that may be there. */
  public static Member optional(String name, Kind kind, String description) {
    return new Member(name, kind, Use.OPTIONAL, description);
  }

  /** One that the server says. */
  public static Member readOnly(String name, Kind kind, String description) {
    return new Member(name, kind, Use.READ_ONLY, description);
  }
}
