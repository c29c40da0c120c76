package dev.aftercall.scim;

/** A request that SCIM refuses (RFC 7644, 3.12). */
public final class ScimException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;

  /**
   * A refusal.
   *
   * @param type the scimType of RFC 7644, table 9; empty where there is none
   * @param detail what is wrong and what to do
   */
  public ScimException(int status, String type, String detail) {
    super(detail, null, false, false);
    this.status = status;
    this.type = type;
  }

  static ScimException value(String detail) {
    return new ScimException(400, "invalidValue", detail);
  }

  static ScimException path(String detail) {
    return new ScimException(400, "invalidPath", detail);
  }

  static ScimException filter(String detail) {
    return new ScimException(400, "invalidFilter", detail);
  }

  /** Nothing has that id. */
  public static ScimException notFound(String what, String id) {
    return new ScimException(404, "", "There is no " + what + " '" + id + "'.");
  }

  /** Another one has what must be one's own. */
  public static ScimException taken(String detail) {
    return new ScimException(409, "uniqueness", detail);
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The scimType; empty where there is none. */
  public String type() {
    return type;
  }

  /** What is wrong, never null. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
