package dev.aftercall.jdbc;

import dev.aftercall.metering.Application;
import dev.aftercall.metering.Meter;
import dev.aftercall.metering.Plan;
import dev.aftercall.metering.Usage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Applications with their plans, and what they used, in SQL. */
public final class JdbcApplications {
  /** Those somebody set a plan for, those that policies name, and those that used something. */
  static final String LIST =
      """
      select app_id from application where tenant_id = :tenant and app_id > :after
      union select app_id from access_policy_app where tenant_id = :tenant and app_id > :after
      union select app_id from metering_month where tenant_id = :tenant and app_id > :after
      order by app_id limit :most
      """;

  static final String USAGE =
      """
      select * from metering_month
       where tenant_id = :tenant and month >= :from and month <= :to
         and retrievals > 0 and (month, app_id, meter) > (:month, :app, :meter)
       order by month, app_id, meter limit :most
      """;

  private final Database database;

  /** Reads and writes that database. */
  public JdbcApplications(Database database) {
    this.database = database;
  }

  static Plan plan(Handle handle, UUID tenant, String appId) {
    return find(handle, tenant, appId).map(Application::plan).orElse(Plan.STANDARD);
  }

  private static Optional<Application> find(Handle handle, UUID tenant, String appId) {
    return handle
        .createQuery(
            "select metering_plan, version from application"
                + " where tenant_id = :tenant and app_id = :app")
        .bind("tenant", tenant.toString())
        .bind("app", appId)
        .map(
            (row, context) ->
                new Application(
                    tenant,
                    appId,
                    Plan.valueOf(row.getString("metering_plan").toUpperCase(Locale.ROOT)),
                    row.getLong("version")))
        .findOne();
  }

  /** An application; one that nobody set anything for has the usual plan. */
  public Application get(UUID tenant, String appId) {
    return database.read(handle -> get(handle, tenant, appId));
  }

  private static Application get(Handle handle, UUID tenant, String appId) {
    return find(handle, tenant, appId)
        .orElseGet(() -> new Application(tenant, appId, Plan.STANDARD, 0));
  }

  /** Whether anything is known of it. */
  public boolean known(UUID tenant, String appId) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    select 1 from application where tenant_id = :tenant and app_id = :app
                    union select 1 from access_policy_app
                     where tenant_id = :tenant and app_id = :app
                    union select 1 from metering_month
                     where tenant_id = :tenant and app_id = :app
                    """)
                .bind("tenant", tenant.toString())
                .bind("app", appId)
                .mapTo(Integer.class)
                .findFirst()
                .isPresent());
  }

  /** The applications behind that one, by their ids. */
  public List<Application> list(UUID tenant, String after, int most) {
    return database.read(
        handle ->
            handle
                .createQuery(LIST)
                .bind("tenant", tenant.toString())
                .bind("after", after)
                .bind("most", most)
                .mapTo(String.class)
                .list()
                .stream()
                .map(appId -> get(handle, tenant, appId))
                .toList());
  }

  /**
   * Sets a plan; it counts for sessions that begin from now on.
   *
   * @param expected the version that is to be changed; empty for any
   * @return empty when it is another by now
   */
  public Optional<Application> set(UUID tenant, String appId, Plan plan, Optional<Long> expected) {
    return database.write(
        handle -> {
          int changed =
              handle
                  .createUpdate(
                      """
                      insert into application (tenant_id, app_id, metering_plan, version)
                      select :tenant, :app, :plan, 1 where :expected in (-1, 0)
                      on conflict (tenant_id, app_id) do nothing
                      """)
                  .bind("tenant", tenant.toString())
                  .bind("app", appId)
                  .bind("plan", Database.word(plan))
                  .bind("expected", expected.orElse(-1L))
                  .execute();
          if (changed == 0) {
            changed =
                handle
                    .createUpdate(
                        """
                        update application set metering_plan = :plan, version = version + 1
                         where tenant_id = :tenant and app_id = :app
                           and (version = :expected or :expected = -1)
                        """)
                    .bind("tenant", tenant.toString())
                    .bind("app", appId)
                    .bind("plan", Database.word(plan))
                    .bind("expected", expected.orElse(-1L))
                    .execute();
          }
          return changed == 1 ? find(handle, tenant, appId) : Optional.empty();
        });
  }

  /**
   * What is wanted of the usage.
   *
   * @param from month, included
   * @param to month, included
   * @param after where the page before ended
   */
  public record UsageQuery(
      UUID tenant,
      String from,
      String to,
      Optional<String> app,
      Optional<Meter> meter,
      Optional<Usage> after,
      int most) {}

  /** A page of usage, by month, application and meter. */
  public List<Usage> usage(UsageQuery wanted) {
    return database.read(
        handle -> {
          StringBuilder sql = new StringBuilder(USAGE);
          wanted.app().ifPresent(app -> narrow(sql, "app_id = :only"));
          wanted.meter().ifPresent(meter -> narrow(sql, "meter = :onlyMeter"));
          Query query =
              handle
                  .createQuery(sql.toString())
                  .bind("tenant", wanted.tenant().toString())
                  .bind("from", wanted.from())
                  .bind("to", wanted.to())
                  .bind("month", wanted.after().map(Usage::month).orElse(""))
                  .bind("app", wanted.after().map(Usage::appId).orElse(""))
                  .bind("meter", wanted.after().map(it -> Database.word(it.meter())).orElse(""))
                  .bind("most", wanted.most());
          wanted.app().ifPresent(app -> query.bind("only", app));
          wanted.meter().ifPresent(meter -> query.bind("onlyMeter", Database.word(meter)));
          return query
              .map(
                  (row, context) ->
                      new Usage(
                          row.getString("month"),
                          row.getString("app_id"),
                          Meter.valueOf(row.getString("meter").toUpperCase(Locale.ROOT)),
                          row.getLong("retrievals"),
                          row.getLong("minutes"),
                          row.getLong("amount")))
              .list();
        });
  }

  private static void narrow(StringBuilder sql, String condition) {
    sql.insert(sql.indexOf(" and retrievals"), " and " + condition);
  }
}
