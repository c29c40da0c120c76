package dev.aftercall.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Leads from the names that operators write, in files and in variables, to keys. */
final class KeyNames {
  /** Every key, in the order of their lists. */
  static final List<Key<?, ?>> ALL =
      Stream.<List<? extends Key<?, ?>>>of(
              Keys.ALL,
              SinkKeys.Webhook.ALL,
              SinkKeys.Kafka.ALL,
              S3Keys.ALL,
              RetentionKeys.ALL,
              ThrottleKeys.ALL,
              StorageKeys.ALL,
              MetricsKeys.ALL,
              MeteringKeys.ALL,
              SourceKeys.ALL,
              IssuerKeys.ALL)
          .<Key<?, ?>>flatMap(List::stream)
          .toList();

  // Longest first: AFTERCALL_ISSUER_X_CLAIM_TENANT is x's claim.tenant, not x-claim's tenant.
  private static final List<Key<?, ?>> LONGEST_FIRST =
      ALL.stream()
          .sorted(Comparator.comparingInt((Key<?, ?> key) -> key.name().length()).reversed())
          .toList();

  /** {@link Key#NAME} in a variable. */
  private static final String HOLE = Key.NAME.toUpperCase(Locale.ROOT);

  private KeyNames() {}

  /** The key a file means. */
  static Optional<Key<?, ?>> ofName(String name) {
    return LONGEST_FIRST.stream()
        .<Key<?, ?>>mapMulti(
            (key, found) -> memberIn(key.name(), name).map(key::of).ifPresent(found))
        .findFirst();
  }

  /** The key an environment variable means. */
  static Optional<Key<?, ?>> ofVariable(String variable) {
    return LONGEST_FIRST.stream()
        .<Key<?, ?>>mapMulti(
            (key, found) -> memberInVariable(key.name(), variable).map(key::of).ifPresent(found))
        .findFirst();
  }

  /**
   * The family's member that a name is of, where a template with a hole fits it; empty text where
   * one without does.
   */
  static Optional<String> memberIn(String template, String name) {
    return between(template, name, Key.NAME).filter(member -> fits(template, member));
  }

  /** As {@link #memberIn}, for a template as a file writes it and a variable. */
  static Optional<String> memberInVariable(String template, String variable) {
    return between(Key.variable(template), variable, HOLE)
        .map(member -> member.toLowerCase(Locale.ROOT).replace('_', '-'))
        .filter(member -> fits(template, member));
  }

  private static Optional<String> between(String template, String name, String hole) {
    int at = template.indexOf(hole);
    if (at < 0) {
      return template.equals(name) ? Optional.of("") : Optional.empty();
    }
    String before = template.substring(0, at);
    String after = template.substring(at + hole.length());
    boolean fits =
        name.length() > before.length() + after.length()
            && name.startsWith(before)
            && name.endsWith(after);
    return fits
        ? Optional.of(name.substring(before.length(), name.length() - after.length()))
        : Optional.empty();
  }

  private static boolean fits(String template, String member) {
    return !template.contains(Key.NAME) || Family.isName(member);
  }

  /** The name that was probably meant in a file. */
  static Optional<String> meant(String name) {
    return Spelling.closest(
        name, ALL.stream().map(key -> filled(key.name(), Key.NAME, name, "\\.")).toList());
  }

  /** The variable that was probably meant. */
  static Optional<String> meantVariable(String variable) {
    // Without what every variable begins with: it would make all of them look alike.
    int prefix = Key.VARIABLE_PREFIX.length();
    return Spelling.closest(
            variable.substring(prefix),
            ALL.stream()
                .map(key -> filled(key.variable(), HOLE, variable, "_").substring(prefix))
                .toList())
        .map(Key.VARIABLE_PREFIX::concat);
  }

  /** A template with what stands in the place of its hole in a name like it. */
  private static String filled(String template, String hole, String like, String separator) {
    int place = List.of(template.split(separator, -1)).indexOf(hole);
    if (place < 0) {
      return template;
    }
    String[] parts = like.split(separator, place + 2);
    return template.replace(
        hole, parts.length == place + 2 ? parts[place] : hole.replaceAll("[<>]", ""));
  }
}
