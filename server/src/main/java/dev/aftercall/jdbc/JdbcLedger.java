package dev.aftercall.jdbc;

import dev.aftercall.metering.Ledger;
import dev.aftercall.metering.Plan;
import dev.aftercall.metering.Retrieval;
import dev.aftercall.metering.Session;
import dev.aftercall.metering.Tariff;
import dev.aftercall.time.Ticks;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * The ledger in SQL. Whoever begins a session or gives one back holds the month's row of that
 * application and meter until the commit, so that the sum is right and no session begins twice.
 */
public final class JdbcLedger implements Ledger {
  private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("yyyy-MM");
  private static final int TRIES = 5;

  private static final String KEY =
      " where tenant_id = :tenant and app_id = :app and caller_id = :caller"
          + " and artifact_id = :artifact and form = :form";

  static final String LATEST =
      "select * from metering_session" + KEY + " order by ordinal desc limit 1";

  private static final String OWN = KEY + " and ordinal = :ordinal";

  private final Database database;

  /** A ledger in that database. */
  public JdbcLedger(Database database) {
    this.database = database;
  }

  @Override
  public Outcome begin(Retrieval retrieval, long now, Tariff tariff) {
    RuntimeException last = new IllegalStateException("Nothing was tried.");
    for (int i = 0; i < TRIES; i++) {
      try {
        return database.write(handle -> begin(handle, retrieval, now, tariff));
      } catch (UnableToExecuteStatementException e) {
        // At the turn of a month two may hold different months' rows and make the same session.
        last = e;
      }
    }
    throw last;
  }

  private static Outcome begin(Handle handle, Retrieval retrieval, long now, Tariff tariff) {
    Optional<Session> open = open(handle, retrieval, now);
    if (open.isPresent()) {
      return new Outcome.Counted(open.get());
    }
    String month = month(now);
    long used = lock(handle, retrieval, month);
    // Whoever held the row before may have begun it.
    Optional<Session> latest = latest(handle, retrieval);
    if (latest.isPresent() && latest.get().open(now)) {
      return new Outcome.Counted(latest.get());
    }
    Plan plan = JdbcApplications.plan(handle, retrieval.tenant(), retrieval.appId());
    Optional<Long> price = tariff.unitPrice(plan, retrieval.meter(), used, now);
    if (price.isEmpty()) {
      return new Outcome.Exhausted(used);
    }
    Session session =
        new Session(
            retrieval,
            latest.map(Session::ordinal).orElse(0L) + 1,
            month,
            plan,
            price.get(),
            now,
            now + Session.OPEN_TICKS,
            false);
    insert(handle, session, "");
    count(handle, session, 1);
    return new Outcome.Counted(session);
  }

  private static Optional<Session> open(Handle handle, Retrieval retrieval, long now) {
    Optional<Session> open = latest(handle, retrieval).filter(session -> session.open(now));
    if (open.isPresent() && open.get().prolongs(now)) {
      prolong(handle, open.get(), now);
      return open.map(session -> session.prolonged(now));
    }
    return open;
  }

  private static Optional<Session> latest(Handle handle, Retrieval retrieval) {
    return bound(handle.createQuery(LATEST), retrieval)
        .map(
            (row, context) ->
                new Session(
                    retrieval,
                    row.getLong("ordinal"),
                    row.getString("month"),
                    Plan.valueOf(row.getString("plan").toUpperCase(Locale.ROOT)),
                    row.getLong("unit_price"),
                    row.getLong("began_ticks"),
                    row.getLong("until_ticks"),
                    row.getInt("confirmed") != 0))
        .findOne();
  }

  /** Holds the month's row until the transaction ends; gives the minutes used. */
  private static long lock(Handle handle, Retrieval retrieval, String month) {
    return handle
        .createQuery(
            """
            insert into metering_month
              (tenant_id, month, app_id, meter, retrievals, minutes, amount)
            values (:tenant, :month, :app, :meter, 0, 0, 0)
            on conflict (tenant_id, month, app_id, meter)
            do update set minutes = metering_month.minutes
            returning minutes
            """)
        .bind("tenant", retrieval.tenant().toString())
        .bind("month", month)
        .bind("app", retrieval.appId())
        .bind("meter", Database.word(retrieval.meter()))
        .mapTo(Long.class)
        .one();
  }

  private static int insert(Handle handle, Session session, String onConflict) {
    return bound(
            handle.createUpdate(
                "insert into metering_session (tenant_id, app_id, caller_id, artifact_id, form,"
                    + " ordinal, meter, month, minutes, plan, unit_price, began_ticks,"
                    + " until_ticks, confirmed) values (:tenant, :app, :caller, :artifact, :form,"
                    + " :ordinal, :meter, :month, :minutes, :plan, :price, :began, :until,"
                    + " :confirmed)"
                    + onConflict),
            session.retrieval())
        .bind("ordinal", session.ordinal())
        .bind("meter", Database.word(session.retrieval().meter()))
        .bind("month", session.month())
        .bind("minutes", session.retrieval().minutes())
        .bind("plan", Database.word(session.plan()))
        .bind("price", session.unitPrice())
        .bind("began", session.began())
        .bind("until", session.until())
        .bind("confirmed", session.confirmed() ? 1 : 0)
        .execute();
  }

  private static void count(Handle handle, Session session, int sign) {
    long minutes = session.retrieval().minutes();
    handle.execute(
        """
        update metering_month set retrievals = retrievals + ?, minutes = minutes + ?,
            amount = amount + ?
         where tenant_id = ? and month = ? and app_id = ? and meter = ?
        """,
        sign,
        sign * minutes,
        sign * minutes * session.unitPrice(),
        session.retrieval().tenant().toString(),
        session.month(),
        session.retrieval().appId(),
        Database.word(session.retrieval().meter()));
  }

  @Override
  public boolean confirm(Session session, long now) {
    return database.write(
        handle -> {
          if (session.prolongs(now)) {
            prolong(handle, session, now);
          }
          if (confirmed(handle, session)) {
            return true;
          }
          if (there(handle, session)) {
            return false;
          }
          return countAgain(handle, session) || confirmed(handle, session);
        });
  }

  private static boolean confirmed(Handle handle, Session session) {
    return own(
                handle.createUpdate(
                    "update metering_session set confirmed = 1" + OWN + " and confirmed = 0"),
                session)
            .execute()
        == 1;
  }

  private static boolean there(Handle handle, Session session) {
    return own(handle.createQuery("select ordinal from metering_session" + OWN), session)
        .mapTo(Long.class)
        .findOne()
        .isPresent();
  }

  private static boolean countAgain(Handle handle, Session session) {
    lock(handle, session.retrieval(), session.month());
    Session sure =
        new Session(
            session.retrieval(),
            session.ordinal(),
            session.month(),
            session.plan(),
            session.unitPrice(),
            session.began(),
            session.until(),
            true);
    boolean inserted =
        insert(
                handle,
                sure,
                " on conflict (tenant_id, app_id, caller_id, artifact_id, form, ordinal)"
                    + " do nothing")
            == 1;
    if (inserted) {
      count(handle, sure, 1);
    }
    return inserted;
  }

  @Override
  public void prolong(Session session, long now) {
    database.write(
        handle -> {
          prolong(handle, session, now);
          return true;
        });
  }

  private static void prolong(Handle handle, Session session, long now) {
    own(
            handle.createUpdate(
                "update metering_session set until_ticks = :until"
                    + OWN
                    + " and until_ticks < :until"),
            session)
        .bind("until", now + Session.OPEN_TICKS)
        .execute();
  }

  @Override
  public void giveBack(Session session) {
    database.write(
        handle -> {
          lock(handle, session.retrieval(), session.month());
          int deleted =
              own(
                      handle.createUpdate(
                          "delete from metering_session" + OWN + " and confirmed = 0"),
                      session)
                  .execute();
          if (deleted == 1) {
            count(handle, session, -1);
          }
          return true;
        });
  }

  private static String month(long now) {
    return MONTH.format(Ticks.toInstant(now).atOffset(ZoneOffset.UTC));
  }

  private static <T extends SqlStatement<T>> T own(T statement, Session session) {
    return bound(statement, session.retrieval()).bind("ordinal", session.ordinal());
  }

  private static <T extends SqlStatement<T>> T bound(T statement, Retrieval retrieval) {
    return statement
        .bind("tenant", retrieval.tenant().toString())
        .bind("app", retrieval.appId())
        .bind("caller", retrieval.caller())
        .bind("artifact", retrieval.artifact().toString())
        .bind("form", Database.word(retrieval.form()));
  }
}
