package dev.aftercall.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * docs/settings.md says what the keys say. After a change of keys, {@code mvn test -pl server
 * -Dtest=SettingsReferenceTest -Daftercall.write-docs=true} writes it anew.
 */
class SettingsReferenceTest {
  private static final Path PAGE = Path.of("..", "docs", "settings.md");

  private static final String INTRODUCTION =
      """
      # Settings

      <!-- Generated from the keys in dev.aftercall.config; SettingsReferenceTest writes it. -->

      `aftercall start --config FILE` reads `key=value` lines in UTF-8 (the syntax of Java's
      properties files; `#` begins a comment) and environment variables. A variable wins over the
      file; a variable or key that is set to nothing counts as not set.

      - An unknown key, an unknown variable that begins with `AFTERCALL_`, and a value that cannot
        be read stop the start. All faults are told at once, each with its place.
      - A secret may be given as `file:/absolute/path`, as Docker and Kubernetes hand them over.
        Secrets are shown as `****` wherever settings are shown.
      - Sizes and durations have a unit: `B`, `KB`, `MB`, `GB`, `TB` (powers of 1000), `KiB`, `MiB`,
        `GiB`, `TiB` (powers of 1024); `ms`, `s`, `m`, `h`, `d`.
      - Lists have commas between their elements.
      - `AFTERCALL_JAVA_OPTIONS`, `AFTERCALL_JAVA_FLAGS` and `AFTERCALL_AOT` belong to the launcher.

      `deploy/aftercall.properties` is an annotated example for production.
      """;

  private static final Map<String, String> REMARKS =
      Map.of(
          "issuer",
          """
          Any number of issuers, each under a name of lower-case letters, digits and hyphens. In a
          claim, a dot steps into an object, as in `realm_access.roles`.
          """,
          "content",
          """
          `content.s3.…` may be set only with `content.store=s3`.
          """,
          "notifications",
          """
          `notifications.webhook.…` and `notifications.kafka.…` are told as CloudEvents, any number of
          them under names of their own ([notifications.md](notifications.md)).
          """,
          "throttle",
          """
          `throttle.…` may be set only with `throttle=custom`. The limits count requests of Graph's API,
          each of a batch by itself; nodes on one PostgreSQL share them.
          """);

  @Test
  void pageIsUpToDate() throws IOException {
    if (Boolean.getBoolean("aftercall.write-docs")) {
      Files.writeString(PAGE, page());
    }
    assertThat(PAGE).content().isEqualTo(page());
  }

  private static String page() {
    Map<String, List<Key<?, ?>>> sections =
        KeyNames.ALL.stream()
            .collect(
                Collectors.groupingBy(
                    key -> key.name().replaceFirst("\\..*", ""),
                    LinkedHashMap::new,
                    Collectors.toList()));
    StringBuilder page = new StringBuilder(INTRODUCTION);
    sections.forEach(
        (section, keys) -> {
          page.append("\n## ").append(section).append("\n\n");
          if (REMARKS.containsKey(section)) {
            page.append(REMARKS.get(section)).append('\n');
          }
          keys.forEach(key -> page.append(entry(key)));
        });
    return page.toString();
  }

  private static String entry(Key<?, ?> key) {
    return """
    - **`%s`** %s
      Allowed: %s. Default: %s. Variable: `%s`.
    """
        .formatted(
            key.name(), key.description(), key.type().allowed(), fallback(key), key.variable());
  }

  private static String fallback(Key<?, ?> key) {
    return switch (key.fallback()) {
      case Key.Required() -> "none, required";
      case Key.Default(String text) -> shown(text);
      case Key.ByIssuer(String entra, String oidc) ->
          entra.equals(oidc)
              ? shown(entra)
              : "%s for entra, %s for oidc".formatted(shown(entra), shown(oidc));
    };
  }

  private static String shown(String text) {
    return text.isEmpty() ? "none" : "`" + text + "`";
  }
}
