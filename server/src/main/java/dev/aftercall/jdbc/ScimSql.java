package dev.aftercall.jdbc;

import dev.aftercall.scim.ScimException;
import dev.aftercall.scim.ScimFilter;
import dev.aftercall.scim.ScimFilter.Operator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A filter as a condition, over the attributes that have a column. */
final class ScimSql {
  /**
   * A column.
   *
   * @param name in the table
   * @param folded whether it holds lower case
   */
  record Column(String name, boolean folded) {}

  private static final String ANY_MEMBER = "<member>";

  static final Map<String, Column> USER =
      Map.of(
          "id", new Column("user_id", true),
          "externalid", new Column("external_id", false),
          "username", new Column("user_name_key", true),
          "displayname", new Column("display_name", false),
          "active", new Column("active", false));

  static final Map<String, Column> GROUP =
      Map.of(
          "id", new Column("group_id", true),
          "externalid", new Column("external_id", false),
          "displayname", new Column("display_name_key", true),
          "members", new Column(ANY_MEMBER, true),
          "members.value", new Column(ANY_MEMBER, true));

  private static final String MEMBER =
      "exists (select 1 from group_member m where m.tenant_id = scim_group.tenant_id"
          + " and m.group_id = scim_group.group_id and m.person_id = ";

  private final Map<String, Column> columns;
  private final Map<String, Object> values = new HashMap<>();

  ScimSql(Map<String, Column> columns) {
    this.columns = columns;
  }

  Map<String, Object> values() {
    return values;
  }

  String condition(ScimFilter filter) {
    return switch (filter) {
      case ScimFilter.And(ScimFilter left, ScimFilter right) ->
          "(" + condition(left) + " and " + condition(right) + ")";
      case ScimFilter.Or(ScimFilter left, ScimFilter right) ->
          "(" + condition(left) + " or " + condition(right) + ")";
      case ScimFilter.Not(ScimFilter inner) -> "not " + condition(inner);
      case ScimFilter.Compare compare -> compare(compare);
    };
  }

  private String compare(ScimFilter.Compare compare) {
    Column column =
        Optional.ofNullable(columns.get(compare.key()))
            .filter(it -> !it.name().equals(ANY_MEMBER) || compare.operator() == Operator.EQ)
            .orElseThrow(() -> unknown(compare));
    boolean member = column.name().equals(ANY_MEMBER);
    String value = column.folded() ? compare.value().toLowerCase(Locale.ROOT) : compare.value();
    String name = ":v" + values.size();
    if (compare.key().equals("active")) {
      values.put(name.substring(1), value.equals("true") ? 1 : 0);
      return "active " + (compare.operator() == Operator.NE ? "<> " : "= ") + name;
    }
    return switch (compare.operator()) {
      case EQ -> {
        values.put(name.substring(1), value);
        yield member ? MEMBER + name + ")" : column.name() + " = " + name;
      }
      case NE -> {
        values.put(name.substring(1), value);
        yield "(" + column.name() + " is null or " + column.name() + " <> " + name + ")";
      }
      case CO -> like(column, name, "%" + escaped(value) + "%");
      case SW -> like(column, name, escaped(value) + "%");
      case EW -> like(column, name, "%" + escaped(value));
      case PR -> "(" + column.name() + " is not null and " + column.name() + " <> '')";
    };
  }

  private ScimException unknown(ScimFilter.Compare compare) {
    return new ScimException(
        400,
        "invalidFilter",
        "'"
            + compare.attribute()
            + " "
            + compare.operator().name().toLowerCase(Locale.ROOT)
            + "' cannot be filtered by; known are eq, ne, co, sw, ew and pr of "
            + String.join(", ", columns.keySet().stream().sorted().toList())
            + ", and of members eq alone.");
  }

  private String like(Column column, String name, String pattern) {
    values.put(name.substring(1), pattern);
    return column.name() + " like " + name + " escape '!'";
  }

  private static String escaped(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }
}
