package dev.aftercall.http;

import java.util.Optional;

/** The header fields of a request, by case-insensitive name. */
@FunctionalInterface
public interface Headers {
  /** The field's value; several fields of one name are joined with a comma and a blank. */
  Optional<String> get(String name);
}
