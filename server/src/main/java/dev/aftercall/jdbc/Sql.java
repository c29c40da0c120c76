package dev.aftercall.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.statement.Query;

/** A statement in the making: its text, and the values of its question marks in their order. */
final class Sql {
  private final StringBuilder text = new StringBuilder();
  private final List<Object> values = new ArrayList<>();

  /** Adds text with the values of its question marks. */
  Sql add(String part, Object... partValues) {
    text.append(part);
    values.addAll(List.of(partValues));
    return this;
  }

  Sql add(Sql part) {
    text.append(part.text);
    values.addAll(part.values);
    return this;
  }

  String text() {
    return text.toString();
  }

  void bind(Query query) {
    for (int i = 0; i < values.size(); i++) {
      query.bind(i, values.get(i));
    }
  }

  /** Texts, and numbers of 32 and 64 bits. */
  void bind(PreparedStatement statement) throws SQLException {
    int index = 1;
    for (Object value : values) {
      switch (value) {
        case String string -> statement.setString(index, string);
        case Integer number -> statement.setInt(index, number);
        case Long number -> statement.setLong(index, number);
        default -> throw new IllegalArgumentException("No SQL type for " + value.getClass());
      }
      index++;
    }
  }
}
