package dev.aftercall.content;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one body of bytes in the {@link ContentStore}. It is made by us, never from a name somebody
 * sent: a tenant's GUID and the recording's own.
 */
public record ContentKey(UUID tenant, UUID artifact) {
  private static final String GUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final Pattern PATH =
      Pattern.compile("(" + GUID + ")/([0-9a-f]{2})/(" + GUID + ")");

  /** Relative, with {@code /} between parts, two levels deep so that no folder grows large. */
  public String path() {
    String name = artifact.toString();
    return tenant + "/" + name.substring(0, 2) + "/" + name;
  }

  /** The key of such a path; empty for every path that {@link #path} does not make. */
  public static Optional<ContentKey> parse(String path) {
    Matcher match = PATH.matcher(path);
    return match.matches() && match.group(3).startsWith(match.group(2))
        ? Optional.of(
            new ContentKey(UUID.fromString(match.group(1)), UUID.fromString(match.group(3))))
        : Optional.empty();
  }
}
