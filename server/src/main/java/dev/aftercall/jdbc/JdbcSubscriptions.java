package dev.aftercall.jdbc;

import dev.aftercall.access.SubscriptionAccess.Scope;
import dev.aftercall.identity.Caller;
import dev.aftercall.notification.Lane;
import dev.aftercall.notification.Subscription;
import dev.aftercall.notification.Subscriptions;
import dev.aftercall.time.Ids;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Subscriptions in SQL. */
public final class JdbcSubscriptions implements Subscriptions {
  private static final String LIVING = " and ended_ticks is null and expires_ticks > :now";

  private final Database database;
  private final Ids ids;

  /** Keeps them in that database. */
  public JdbcSubscriptions(Database database, Ids ids) {
    this.database = database;
    this.ids = ids;
  }

  @Override
  public Outcome create(Subscription subscription, Quotas quotas, long now) {
    return database.write(
        handle -> {
          lock(handle, subscription.owner().tenant());
          end(handle, subscription, now);
          Outcome outcome = room(handle, subscription, quotas, now);
          if (outcome == Outcome.CREATED) {
            insert(handle, subscription);
          }
          return outcome;
        });
  }

  /**
   * Until the commit nobody else counts this tenant's subscriptions, and nobody is told of what
   * comes meanwhile: so a subscription hears of everything behind the position it begins at.
   */
  static void lock(Handle handle, UUID tenant) {
    handle
        .createUpdate(
            """
            insert into notification_tenant (tenant_id, position)
            values (:tenant, coalesce(
                (select position from change_counter where tenant_id = :tenant), 0))
            on conflict (tenant_id) do update set tenant_id = excluded.tenant_id
            """)
        .bind("tenant", tenant.toString())
        .execute();
  }

  /** One whose time is over makes room for its successor; what waits for it is still told. */
  private static void end(Handle handle, Subscription successor, long now) {
    handle
        .createUpdate(
            "update subscription set ended_ticks = :now where tenant_id = :tenant"
                + " and topic = :topic and ended_ticks is null and expires_ticks <= :now")
        .bind("now", now)
        .bind("tenant", successor.owner().tenant().toString())
        .bind("topic", successor.topic().key())
        .execute();
  }

  private static Outcome room(Handle handle, Subscription wanted, Quotas quotas, long now) {
    String tenant = wanted.owner().tenant().toString();
    String topic = wanted.topic().key();
    Optional<String> standing =
        handle
            .createQuery(
                "select url from subscription where tenant_id = :tenant and topic = :topic"
                    + " and app_id = :app and ended_ticks is null")
            .bind("tenant", tenant)
            .bind("topic", topic)
            .bind("app", wanted.owner().appId())
            .mapTo(String.class)
            .findOne();
    if (standing.isPresent()) {
      return standing.get().equals(wanted.target().url())
          ? Outcome.DUPLICATE
          : Outcome.APPLICATION_QUOTA;
    }
    if (wanted.topic().scope() instanceof Scope.OfPerson
        && count(handle, " and topic = :topic", tenant, topic, now) >= quotas.perPerson()) {
      return Outcome.PERSON_QUOTA;
    }
    return count(handle, "", tenant, "", now) >= quotas.perTenant()
        ? Outcome.TENANT_QUOTA
        : Outcome.CREATED;
  }

  private static long count(Handle handle, String which, String tenant, String topic, long now) {
    return handle
        .createQuery("select count(*) from subscription where tenant_id = :tenant" + which + LIVING)
        .bind("tenant", tenant)
        .bind("now", now)
        .bindMap(which.isEmpty() ? Map.of() : Map.of("topic", topic))
        .mapTo(Long.class)
        .one();
  }

  private void insert(Handle handle, Subscription it) {
    String lane = lane(handle, it, Lane.Kind.WEBHOOK, it.target().url());
    @Nullable String lifecycle =
        it.target()
            .lifecycleUrl()
            .map(url -> lane(handle, it, Lane.Kind.LIFECYCLE, url))
            .orElse(null);
    SubscriptionRows.bind(
            handle.createUpdate(
                """
                insert into subscription (subscription_id, tenant_id, app_id, owner_kind, owner_id,
                    owner_name, granted, topic, artifact_kind, calls, scope, resource, url,
                    lifecycle_url, client_state, tls, certificate, certificate_id, created_ticks,
                    expires_ticks, authorized_ticks, challenge_ticks, from_position, lane_id,
                    lifecycle_lane)
                values (:id, :tenant, :app, :ownerKind, :ownerId, :ownerName, :granted, :topic,
                    :kind, :calls, :scope, :resource, :url, :lifecycleUrl, :clientState, :tls,
                    :certificate, :certificateId, :created, :expires, :authorized, :challenge,
                    coalesce((select position from change_counter where tenant_id = :tenant), 0),
                    :lane, :lifecycleLane)
                """),
            it)
        .bind("lane", lane)
        .bind("lifecycleLane", lifecycle)
        .execute();
  }

  /** The lane to that address; there is one, whoever comes first. */
  private String lane(Handle handle, Subscription it, Lane.Kind kind, String url) {
    return lane(handle, ids, it.owner().tenant(), it.owner().appId(), kind, url);
  }

  static String lane(Handle handle, Ids ids, UUID tenant, String app, Lane.Kind kind, String url) {
    return handle
        .createQuery(
            """
            insert into notification_lane (lane_id, tenant_id, app_id, kind, url)
            values (:id, :tenant, :app, :kind, :url)
            on conflict (tenant_id, app_id, kind, url) do update set url = excluded.url
            returning lane_id
            """)
        .bind("id", ids.guid().toString())
        .bind("tenant", tenant.toString())
        .bind("app", app)
        .bind("kind", Database.word(kind))
        .bind("url", url)
        .mapTo(String.class)
        .one();
  }

  @Override
  public Optional<Subscription> find(UUID tenant, UUID id, long now) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select * from subscription where subscription_id = :id"
                        + " and tenant_id = :tenant"
                        + LIVING)
                .bind("id", id.toString())
                .bind("tenant", tenant.toString())
                .bind("now", now)
                .map((row, context) -> SubscriptionRows.of(row))
                .findOne());
  }

  @Override
  public List<Subscription> of(Caller owner, long now) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select * from subscription where tenant_id = :tenant and app_id = :app"
                        + " and owner_id = :owner"
                        + LIVING
                        + " order by created_ticks, subscription_id")
                .bind("tenant", owner.tenant().toString())
                .bind("app", owner.appId())
                .bind("owner", owner.who())
                .bind("now", now)
                .map((row, context) -> SubscriptionRows.of(row))
                .list());
  }

  @Override
  public boolean replace(Subscription changed, long now) {
    return database.write(
        handle -> {
          String before =
              handle
                  .createQuery(
                      "select lane_id from subscription where subscription_id = :id" + LIVING)
                  .bind("id", changed.id().toString())
                  .bind("now", now)
                  .mapTo(String.class)
                  .findOne()
                  .orElse(null);
          if (before == null) {
            return false;
          }
          String lane = lane(handle, changed, Lane.Kind.WEBHOOK, changed.target().url());
          SubscriptionRows.bind(
                  handle.createUpdate(
                      """
                      update subscription set granted = :granted, owner_name = :ownerName, url = :url,
                          certificate = :certificate, certificate_id = :certificateId,
                          expires_ticks = :expires, authorized_ticks = :authorized,
                          challenge_ticks = :challenge, refused_ticks = null, lane_id = :lane
                       where subscription_id = :id
                      """),
                  changed)
              .bind("lane", lane)
              .execute();
          if (!lane.equals(before)) {
            handle.execute(
                "update notification set lane_id = ? where lane_id = ? and subscription_id = ?",
                lane,
                before,
                changed.id().toString());
          }
          // What waited for the owner to authorize, or at the old address, goes on now.
          LaneRows.wake(handle, List.of(lane), now);
          return true;
        });
  }

  @Override
  public boolean delete(UUID tenant, UUID id) {
    return database.write(
        handle -> {
          int ours =
              handle.execute(
                  "update subscription set ended_ticks = 0"
                      + " where subscription_id = ? and tenant_id = ?",
                  id.toString(),
                  tenant.toString());
          return ours == 1 && forget(handle, id);
        });
  }

  static boolean forget(Handle handle, UUID id) {
    handle
        .createUpdate(
            "delete from notification where lane_id in"
                + " (select lane_id from subscription where subscription_id = :id"
                + " union select lifecycle_lane from subscription where subscription_id = :id)"
                + " and subscription_id = :id")
        .bind("id", id.toString())
        .execute();
    for (String table : List.of("notification_dead", "notification_attempt", "subscription")) {
      handle.execute("delete from " + table + " where subscription_id = ?", id.toString());
    }
    return true;
  }
}
