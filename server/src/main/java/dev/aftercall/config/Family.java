package dev.aftercall.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Keys that an operator sets any number of times, each time under a name of their own: {@code
 * issuer.<name>.url}.
 *
 * @param prefix what stands before the name, with its dot
 */
record Family(String prefix) {
  /** Whose tokens are believed. */
  static final Family ISSUER = new Family("issuer.");

  /** Recorders that hand over. */
  static final Family INTAKE_SOURCE = new Family("intake.source.");

  /** Who is told by HTTP, as CloudEvents. */
  static final Family WEBHOOK = new Family("notifications.webhook.");

  /** Who is told through Kafka, as CloudEvents. */
  static final Family KAFKA = new Family("notifications.kafka.");

  /** All of them. */
  static final List<Family> ALL = List.of(ISSUER, INTAKE_SOURCE, WEBHOOK, KAFKA);

  // No dot and no underscore, so that a variable leads back to one name.
  private static final String NAME = "[a-z][a-z0-9-]*";
  private static final Pattern A_NAME = Pattern.compile(NAME);

  /** Whether a member may be called so. */
  static boolean isName(String name) {
    return A_NAME.matcher(name).matches();
  }

  /** The family that a name in a file was probably meant for. */
  static Optional<Family> meant(String name) {
    return ALL.stream().filter(family -> name.startsWith(family.prefix)).findFirst();
  }

  /** The name of a key that every member has, with a hole for the member's. */
  String template(String key) {
    return prefix + Key.NAME + "." + key;
  }

  /** The members that any of these keys are set for. */
  Set<String> members(Set<String> keys) {
    Pattern set = Pattern.compile(Pattern.quote(prefix) + "(" + NAME + ")\\..+");
    return keys.stream()
        .flatMap(key -> set.matcher(key).results().map(found -> found.group(1)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** How its keys are written, for whoever wrote one otherwise. */
  String form() {
    return template("<key>") + ", with a name of lower-case letters, digits and hyphens";
  }
}
