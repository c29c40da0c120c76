package dev.aftercall.jdbc;

import com.fasterxml.jackson.databind.ObjectMapper;

/** Reads and writes what is kept as JSON. Made when it is first needed: no start waits for it. */
final class Json {
  static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}
}
