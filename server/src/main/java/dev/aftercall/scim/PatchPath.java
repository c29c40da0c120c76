package dev.aftercall.scim;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an operation of a PATCH is about (RFC 7644, 3.5.2).
 *
 * @param attribute in lower case, without a schema before it
 * @param filter which of several values
 * @param sub the part of it, in lower case
 */
record PatchPath(String attribute, Optional<ScimFilter> filter, Optional<String> sub) {
  private static final Pattern FORM =
      Pattern.compile("((?:urn:[^\\[\\]]+:)?[A-Za-z$_][\\w$-]*)(?:\\[(.+)\\])?(?:\\.([\\w$-]+))?");

  /** Reads a path. */
  static PatchPath read(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw ScimException.path("The path '" + text + "' cannot be read.");
    }
    return new PatchPath(
        FilterReader.attribute(form.group(1)).toLowerCase(Locale.ROOT),
        Optional.ofNullable(form.group(2)).map(FilterReader::read),
        Optional.ofNullable(form.group(3)).map(word -> word.toLowerCase(Locale.ROOT)));
  }
}
