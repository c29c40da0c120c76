package dev.aftercall.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Leads from the names that operators write, in files and in variables, to keys. */
final class KeyNames {
  // No dot and no underscore, so that a variable leads back to one name.
  private static final Pattern ISSUER_NAME = Pattern.compile("[a-z][a-z0-9-]*");
  private static final Pattern ISSUER_KEY = Pattern.compile("issuer\\.([a-z][a-z0-9-]*)\\..+");

  /** Every key, in the order of their lists. */
  static final List<Key<?, ?>> ALL =
      Stream.<List<? extends Key<?, ?>>>of(
              Keys.ALL,
              S3Keys.ALL,
              RetentionKeys.ALL,
              ThrottleKeys.ALL,
              StorageKeys.ALL,
              MetricsKeys.ALL,
              IssuerKeys.ALL)
          .<Key<?, ?>>flatMap(List::stream)
          .toList();

  // Longest first: AFTERCALL_ISSUER_X_CLAIM_TENANT is x's claim.tenant, not x-claim's tenant.
  private static final List<Key<?, ?>> LONGEST_FIRST =
      ALL.stream()
          .sorted(Comparator.comparingInt((Key<?, ?> key) -> key.name().length()).reversed())
          .toList();

  private KeyNames() {}

  /** The key a file means. */
  static Optional<Key<?, ?>> ofName(String name) {
    return LONGEST_FIRST.stream()
        .<Key<?, ?>>mapMulti(
            (key, found) -> issuerIn(key.name(), name).map(key::of).ifPresent(found))
        .findFirst();
  }

  /** The key an environment variable means. */
  static Optional<Key<?, ?>> ofVariable(String variable) {
    return LONGEST_FIRST.stream()
        .<Key<?, ?>>mapMulti(
            (key, found) -> issuerInVariable(key.name(), variable).map(key::of).ifPresent(found))
        .findFirst();
  }

  /** The issuer's name where a template with one fits a name, empty text where one without does. */
  static Optional<String> issuerIn(String template, String name) {
    return between(template, name).filter(issuer -> fits(template, issuer));
  }

  /** As {@link #issuerIn}, for a template as a file writes it and a variable. */
  static Optional<String> issuerInVariable(String template, String variable) {
    String pattern = Key.variable(template).replace("<NAME>", Key.ISSUER);
    return between(pattern, variable)
        .map(issuer -> issuer.toLowerCase(Locale.ROOT).replace('_', '-'))
        .filter(issuer -> fits(template, issuer));
  }

  private static Optional<String> between(String template, String name) {
    int hole = template.indexOf(Key.ISSUER);
    if (hole < 0) {
      return template.equals(name) ? Optional.of("") : Optional.empty();
    }
    String before = template.substring(0, hole);
    String after = template.substring(hole + Key.ISSUER.length());
    boolean fits =
        name.length() > before.length() + after.length()
            && name.startsWith(before)
            && name.endsWith(after);
    return fits
        ? Optional.of(name.substring(before.length(), name.length() - after.length()))
        : Optional.empty();
  }

  private static boolean fits(String template, String issuer) {
    return !template.contains(Key.ISSUER) || ISSUER_NAME.matcher(issuer).matches();
  }

  /** The names of the issuers that keys are set for. */
  static Set<String> issuers(Set<String> names) {
    return names.stream()
        .flatMap(name -> ISSUER_KEY.matcher(name).results().map(found -> found.group(1)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The name that was probably meant in a file. */
  static Optional<String> meant(String name) {
    String[] parts = name.split("\\.", 3);
    String issuer = parts.length == 3 ? parts[1] : "name";
    return Spelling.closest(name, ALL.stream().map(key -> key.of(issuer).name()).toList());
  }

  /** The variable that was probably meant. */
  static Optional<String> meantVariable(String variable) {
    String[] parts = variable.split("_", 4);
    String issuer = parts.length == 4 ? parts[2] : "NAME";
    // Without what every variable begins with: it would make all of them look alike.
    int prefix = Key.VARIABLE_PREFIX.length();
    return Spelling.closest(
            variable.substring(prefix),
            ALL.stream().map(key -> key.of(issuer).variable().substring(prefix)).toList())
        .map(Key.VARIABLE_PREFIX::concat);
  }
}
