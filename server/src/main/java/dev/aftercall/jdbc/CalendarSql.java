package dev.aftercall.jdbc;

import dev.aftercall.meeting.CalendarQuery;
import java.util.HashMap;
import java.util.Map;

/** A question for a person's calendar in SQL: made of words of ours, every value bound. */
final class CalendarSql {
  private final StringBuilder text = new StringBuilder(JdbcMeetings.SELECT);
  private final Map<String, Object> values = new HashMap<>();

  CalendarSql(CalendarQuery query) {
    text.append(
        """
         and m.calendar_backed = 1
         and m.meeting_key in (select meeting_key from participant where person_id = :person)
        """);
    values.put("tenant", query.tenant().toString());
    values.put("person", query.person().toString());
    for (CalendarQuery.Bound bound : query.bounds()) {
      String name = "bound" + values.size();
      text.append(" and ").append(column(bound.edge())).append(operator(bound.relation()));
      text.append(":").append(name);
      values.put(name, bound.ticks());
    }
    query.subject().ifPresent(subject -> equal("m.subject", "subject", subject));
    query.threadId().ifPresent(thread -> equal("m.thread_id", "thread", thread));
    query
        .after()
        .ifPresent(
            position -> {
              text.append(" and (m.start_ticks, m.meeting_key) > (:afterStart, :afterKey)");
              values.put("afterStart", position.start());
              values.put("afterKey", position.key().toString());
            });
    text.append(" order by m.start_ticks, m.meeting_key limit :limit");
    values.put("limit", query.limit());
  }

  private void equal(String column, String name, String value) {
    text.append(" and ").append(column).append(" = :").append(name);
    values.put(name, value);
  }

  private static String column(CalendarQuery.Edge edge) {
    return switch (edge) {
      case START -> "m.start_ticks";
      case END -> "m.end_ticks";
    };
  }

  private static String operator(CalendarQuery.Relation relation) {
    return switch (relation) {
      case AT -> " = ";
      case BEFORE -> " < ";
      case UP_TO -> " <= ";
      case AFTER -> " > ";
      case FROM -> " >= ";
    };
  }

  String text() {
    return text.toString();
  }

  Map<String, Object> values() {
    return values;
  }
}
