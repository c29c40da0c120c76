package dev.aftercall.identity;

/**
 * A request whose caller is not established. The message is what goes on the wire, worded as Graph
 * words it; the rule and the remedy are for {@code innerError} and the journal.
 */
public final class AuthenticationException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final String rule;
  private final String remedy;

  /** What the refusal means to the caller. */
  public enum Kind {
    /** No token, or none that is valid: 401. */
    UNAUTHENTICATED,
    /** A token that is understood, of someone who is never served: 403. */
    FORBIDDEN,
    /** The issuer's keys are out of reach, so nobody can tell: 503. */
    UNAVAILABLE
  }

  AuthenticationException(Kind kind, String rule, String message, String remedy) {
    // Refusals are cheap to provoke: no stack trace, or a flood of bad tokens pays for filling it.
    super(message, null, false, false);
    this.kind = kind;
    this.rule = rule;
    this.remedy = remedy;
  }

  /** Which status the answer has. */
  public Kind kind() {
    return kind;
  }

  /** The failing rule in one word, such as {@code TokenExpired}; stable, fit for searching. */
  public String rule() {
    return rule;
  }

  /** The text for the wire, never null. */
  public String text() {
    return String.valueOf(getMessage());
  }

  /** What would satisfy the rule, one sentence. */
  public String remedy() {
    return remedy;
  }
}
