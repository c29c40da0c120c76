package dev.aftercall.access;

import java.util.Locale;

/** The outcome of a decision. There is no third. */
public sealed interface Decision {
  /** Yes, because of that rule. */
  record Allow(Grounds grounds) implements Decision {}

  /** No, and why. */
  record Deny(Denial denial) implements Decision {}

  /** What a caller was let in by. */
  enum Grounds {
    /** A person's own right. */
    DELEGATED,
    /** An application access policy that covers the person in the path. */
    POLICY,
    /** Resource-specific consent in the meeting's chat. */
    CONSENT,
    /** An application's role alone, which is enough for ad hoc calls. */
    ROLE,
    /** An administrator's right, or that of an application that administers. */
    ADMINISTRATOR,
    /** A compliance reader's right, which changes nothing. */
    COMPLIANCE;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** As journal, explanations and shadow rules have it. */
    public String word() {
      return word;
    }
  }
}
