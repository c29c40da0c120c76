package dev.aftercall.jdbc;

import dev.aftercall.change.Precondition;
import dev.aftercall.change.Versioned;
import dev.aftercall.metering.Applications;
import dev.aftercall.metering.Meter;
import dev.aftercall.metering.Plan;
import dev.aftercall.metering.Usage;
import dev.aftercall.query.Page;
import dev.aftercall.query.Paging;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Applications with their plans, and what they used, in SQL. */
public final class JdbcApplications implements Applications {
  /** Those somebody set a plan for, those that policies name, and those that used something. */
  static final String LIST =
      """
      select app_id from application where tenant_id = :tenant and app_id > :after
      union select app_id from access_policy_app where tenant_id = :tenant and app_id > :after
      union select app_id from metering_month where tenant_id = :tenant and app_id > :after
      order by app_id limit :most
      """;

  private static final String KNOWN =
      """
      select 1 from application where tenant_id = :tenant and app_id = :app
      union select 1 from access_policy_app where tenant_id = :tenant and app_id = :app
      union select 1 from metering_month where tenant_id = :tenant and app_id = :app
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
    return get(handle, tenant, appId).value().plan();
  }

  private static Optional<Versioned<Application>> row(Handle handle, UUID tenant, String appId) {
    return handle
        .createQuery(
            "select metering_plan, version from application"
                + " where tenant_id = :tenant and app_id = :app")
        .bind("tenant", tenant.toString())
        .bind("app", appId)
        .map(
            (row, context) ->
                new Versioned<>(
                    new Application(
                        appId,
                        Plan.valueOf(row.getString("metering_plan").toUpperCase(Locale.ROOT))),
                    row.getLong("version")))
        .findOne();
  }

  /** One that nobody has set anything for has the usual plan and the version 0. */
  private static Versioned<Application> get(Handle handle, UUID tenant, String appId) {
    return row(handle, tenant, appId)
        .orElseGet(() -> new Versioned<>(new Application(appId, Plan.STANDARD), 0));
  }

  @Override
  public Optional<Versioned<Application>> find(UUID tenant, String appId) {
    return database.read(
        handle ->
            known(handle, tenant, appId)
                ? Optional.of(get(handle, tenant, appId))
                : Optional.empty());
  }

  private static boolean known(Handle handle, UUID tenant, String appId) {
    return handle
        .createQuery(KNOWN)
        .bind("tenant", tenant.toString())
        .bind("app", appId)
        .mapTo(Integer.class)
        .findFirst()
        .isPresent();
  }

  @Override
  public Page<Versioned<Application>> list(UUID tenant, Paging paging) {
    return database.read(
        handle ->
            Page.of(
                handle
                    .createQuery(LIST)
                    .bind("tenant", tenant.toString())
                    .bind("after", paging.after().orElse(""))
                    .bind("most", paging.top() + 1)
                    .mapTo(String.class)
                    .list()
                    .stream()
                    .map(appId -> get(handle, tenant, appId))
                    .toList(),
                paging));
  }

  @Override
  public Saved set(UUID tenant, Application application, Precondition precondition) {
    return database.write(
        handle -> {
          boolean known = known(handle, tenant, application.appId());
          long version = lock(handle, tenant, application.appId());
          precondition.check(current(version, known, precondition));
          handle.execute(
              "update application set metering_plan = ?, version = ?"
                  + " where tenant_id = ? and app_id = ?",
              Database.word(application.plan()),
              version + 1,
              tenant.toString(),
              application.appId());
          return new Saved(new Versioned<>(application, version + 1), known);
        });
  }

  /** One that only used something exists for whoever asks for its state, and may be made. */
  private static OptionalLong current(long version, boolean known, Precondition precondition) {
    boolean asked =
        precondition instanceof Precondition.Version
            || precondition instanceof Precondition.Present;
    return version > 0 || (known && asked) ? OptionalLong.of(version) : OptionalLong.empty();
  }

  /** Holds the application's row until the transaction ends; one that is not there is made. */
  private static long lock(Handle handle, UUID tenant, String appId) {
    return handle
        .createQuery(
            """
            insert into application (tenant_id, app_id, metering_plan, version)
            values (:tenant, :app, :plan, 0)
            on conflict (tenant_id, app_id) do update set version = application.version
            returning version
            """)
        .bind("tenant", tenant.toString())
        .bind("app", appId)
        .bind("plan", Database.word(Plan.STANDARD))
        .mapTo(Long.class)
        .one();
  }

  @Override
  public List<Usage> usage(UsageQuery wanted) {
    return database.read(
        handle -> {
          StringBuilder sql = new StringBuilder(USAGE);
          wanted.appId().ifPresent(app -> narrow(sql, "app_id = :only"));
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
          wanted.appId().ifPresent(app -> query.bind("only", app));
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
