package dev.aftercall.scim;

import java.util.Locale;

/** A filter of RFC 7644, 3.4.2.2. */
public sealed interface ScimFilter {
  /** Both. */
  record And(ScimFilter left, ScimFilter right) implements ScimFilter {}

  /** One at least. */
  record Or(ScimFilter left, ScimFilter right) implements ScimFilter {}

  /** Not that. */
  record Not(ScimFilter inner) implements ScimFilter {}

  /**
   * An attribute compared.
   *
   * @param attribute as written, without a schema before it
   * @param value a text, or true, false, null and numbers as text
   */
  record Compare(String attribute, Operator operator, String value) implements ScimFilter {
    /** The attribute as it is compared: case counts for nothing. */
    public String key() {
      return attribute.toLowerCase(Locale.ROOT);
    }
  }

  /** How attributes are compared. */
  enum Operator {
    /** The same. */
    EQ,
    /** Another. */
    NE,
    /** Has it within. */
    CO,
    /** Begins with it. */
    SW,
    /** Ends with it. */
    EW,
    /** Is there. */
    PR
  }
}
