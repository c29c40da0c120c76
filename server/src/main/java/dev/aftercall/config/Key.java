package dev.aftercall.config;

import java.util.Locale;
import java.util.function.Function;

/**
 * One key, declared once: reading, checking, masking, the start log, the reference page and the
 * tests all work from this value.
 *
 * @param <S> the record that holds the value
 * @param name dotted, kebab-case; {@code <name>} stands for the name of a {@link Family}'s member
 * @param secret whether the value is masked and may lie in a file of its own
 * @param description one line for the reference page
 * @param reader finds the value in its record
 */
record Key<S, T>(
    String name,
    ValueType<T> type,
    Fallback fallback,
    boolean secret,
    String description,
    Function<S, T> reader) {

  /** What holds when nobody sets the key. */
  sealed interface Fallback {}

  /** This text, read like any other. */
  record Default(String text) implements Fallback {}

  /** Nothing: somebody has to set the key. */
  record Required() implements Fallback {}

  /** One text for each type of issuer. */
  record ByIssuer(String entra, String oidc) implements Fallback {}

  /** Where the name of a family's member goes. */
  static final String NAME = "<name>";

  /** The start of every environment variable of ours. */
  static final String VARIABLE_PREFIX = "AFTERCALL_";

  /** The environment variable that sets this key. */
  String variable() {
    return variable(name);
  }

  static String variable(String name) {
    return VARIABLE_PREFIX + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** The key of one member of its family. */
  Key<S, T> of(String member) {
    return new Key<>(name.replace(NAME, member), type, fallback, secret, description, reader);
  }

  /** The key with the default that issuers of a type have. */
  Key<S, T> of(Issuer.Type issuer) {
    return fallback instanceof ByIssuer(String entra, String oidc)
        ? new Key<>(
            name,
            type,
            new Default(issuer == Issuer.Type.ENTRA ? entra : oidc),
            secret,
            description,
            reader)
        : this;
  }

  /** The value in a record, as text. */
  String show(S holder) {
    return type.format(reader.apply(holder));
  }
}
