package dev.aftercall.jdbc;

import dev.aftercall.preview.KnownPeople;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Organizers, each by one step in an index, however many recordings they have. */
public final class JdbcKnownPeople implements KnownPeople {
  static final String ORGANIZERS =
      """
      with recursive person (id) as (
        select min(organizer_id) from <table> where tenant_id = :tenant
        union all
        select (select min(organizer_id) from <table>
            where tenant_id = :tenant and organizer_id > person.id)
        from person where person.id is not null)
      select id from person where id is not null
      """;

  private final Database database;

  /** Reads that database. */
  public JdbcKnownPeople(Database database) {
    this.database = database;
  }

  @Override
  public Set<UUID> organizers(UUID tenant) {
    Set<UUID> people = new HashSet<>();
    for (String table : new String[] {"recording", "transcript"}) {
      database.read(
          handle ->
              people.addAll(
                  handle
                      .createQuery(ORGANIZERS.replace("<table>", table))
                      .bind("tenant", tenant.toString())
                      .mapTo(String.class)
                      .map(UUID::fromString)
                      .list()));
    }
    return people;
  }
}
