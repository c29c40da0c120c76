package dev.aftercall.jdbc;

import dev.aftercall.scim.ScimException;
import dev.aftercall.scim.ScimFilter;
import dev.aftercall.scim.ScimFilter.Operator;
import dev.aftercall.scim.Stored;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;

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

  /**
   * A page of what the filter fits, and how much that is; the filter is judged at once, before
   * anybody takes a connection.
   *
   * @param columns {@link #USER} or {@link #GROUP}
   * @param start counted from 1
   */
  static <T> Database.Work<Stored.Found<T>> page(
      String table,
      Map<String, Column> columns,
      UUID tenant,
      Optional<ScimFilter> filter,
      int start,
      int count,
      RowMapper<Stored<T>> mapper) {
    ScimSql sql = new ScimSql(columns);
    String where =
        " from "
            + table
            + " where tenant_id = :tenant"
            + filter.map(it -> " and " + sql.condition(it)).orElse("");
    String order = " order by " + Objects.requireNonNull(columns.get("id")).name();
    return handle -> {
      long total =
          handle
              .createQuery("select count(*)" + where)
              .bind("tenant", tenant.toString())
              .bindMap(sql.values)
              .mapTo(Long.class)
              .one();
      List<Stored<T>> items =
          handle
              .createQuery("select *" + where + order + " limit :count offset :skipped")
              .bind("tenant", tenant.toString())
              .bindMap(sql.values)
              .bind("count", count)
              .bind("skipped", start - 1)
              .map(mapper)
              .list();
      return new Stored.Found<>(total, items);
    };
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
