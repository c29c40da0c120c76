package dev.aftercall.jdbc;

import dev.aftercall.change.ChangeRefused;
import dev.aftercall.change.Precondition;
import dev.aftercall.change.Versioned;
import dev.aftercall.query.Page;
import dev.aftercall.query.Paging;
import dev.aftercall.ruling.Consent;
import dev.aftercall.ruling.Consents;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Resource-specific consents in SQL. */
public final class JdbcConsents implements Consents {
  private static final Consent FIRST = new Consent("", "", "");

  private final Database database;
  private final RuleChanges changes;

  /** Keeps them in that database. */
  public JdbcConsents(Database database) {
    this.database = database;
    this.changes = new RuleChanges(database);
  }

  @Override
  public Page<Versioned<Consent>> list(UUID tenant, Optional<String> threadId, Paging paging) {
    Consent after = paging.after().flatMap(Consent::parse).orElse(FIRST);
    return Page.of(
        database.read(
            handle ->
                handle
                    .createQuery(
                        "select thread_id, app_id, permission, version from chat_consent"
                            + " where tenant_id = :tenant"
                            + (threadId.isPresent() ? " and thread_id = :one" : "")
                            + " and (thread_id, app_id, permission) > (:thread, :app, :permission)"
                            + " order by thread_id, app_id, permission limit :most")
                    .bind("tenant", tenant.toString())
                    .bind("one", threadId.orElse(""))
                    .bind("thread", after.threadId())
                    .bind("app", after.appId())
                    .bind("permission", after.permission())
                    .bind("most", paging.top() + 1)
                    .map(
                        (row, context) ->
                            new Versioned<>(
                                new Consent(row.getString(1), row.getString(2), row.getString(3)),
                                row.getLong(4)))
                    .list()),
        paging);
  }

  @Override
  public Optional<Versioned<Consent>> find(UUID tenant, Consent consent) {
    return database.read(handle -> find(handle, tenant, consent));
  }

  private static Optional<Versioned<Consent>> find(Handle handle, UUID tenant, Consent consent) {
    return handle
        .createQuery(
            "select version from chat_consent where tenant_id = :tenant"
                + " and thread_id = :thread and app_id = :app and permission = :permission")
        .bind("tenant", tenant.toString())
        .bind("thread", consent.threadId())
        .bind("app", consent.appId())
        .bind("permission", consent.permission())
        .mapTo(Long.class)
        .findOne()
        .map(version -> new Versioned<>(consent, version));
  }

  @Override
  public Saved give(UUID tenant, Consent consent) {
    return changes.change(
        (handle, version) -> {
          Optional<Versioned<Consent>> before = find(handle, tenant, consent);
          if (before.isPresent()) {
            return new Saved(before.get(), false);
          }
          handle.execute(
              "insert into chat_consent (tenant_id, thread_id, app_id, permission, version)"
                  + " values (?, ?, ?, ?, ?)",
              tenant.toString(),
              consent.threadId(),
              consent.appId(),
              consent.permission(),
              version);
          return new Saved(new Versioned<>(consent, version), true);
        });
  }

  @Override
  public void takeBack(UUID tenant, Consent consent, Precondition precondition) {
    changes.change(
        (handle, version) -> {
          Versioned<Consent> before =
              find(handle, tenant, consent)
                  .orElseThrow(
                      () ->
                          ChangeRefused.notFound(
                              "That consent was not given.",
                              "See what was with GET /admin/v1/rscGrants or 'aftercall rsc"
                                  + " list'."));
          precondition.check(OptionalLong.of(before.version()));
          return handle.execute(
              "delete from chat_consent"
                  + " where tenant_id = ? and thread_id = ? and app_id = ? and permission = ?",
              tenant.toString(),
              consent.threadId(),
              consent.appId(),
              consent.permission());
        });
  }
}
