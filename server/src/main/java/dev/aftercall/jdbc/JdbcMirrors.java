package dev.aftercall.jdbc;

import dev.aftercall.recorder.graph.MirrorStore;
import java.util.Optional;

/** How far mirrors have come, in SQL. */
public final class JdbcMirrors implements MirrorStore {
  private final Database database;

  /** Over that database. */
  public JdbcMirrors(Database database) {
    this.database = database;
  }

  @Override
  public boolean lead(String mirror, String holder, long now, long until) {
    return database.write(
        handle -> {
          handle.execute(
              "insert into mirror (mirror) values (?) on conflict (mirror) do nothing", mirror);
          return handle
                  .createUpdate(
                      // A lease that ends much later is one of a clock that was wrong.
                      "update mirror set lease_owner = :me, lease_ticks = :until"
                          + " where mirror = :mirror and (lease_owner in ('', :me) or :alone = 1"
                          + " or lease_ticks < :now or lease_ticks > :far)")
                  .bind("me", holder)
                  .bind("until", until)
                  .bind("mirror", mirror)
                  .bind("alone", database.embedded() ? 1 : 0)
                  .bind("now", now)
                  .bind("far", until + (until - now))
                  .execute()
              == 1;
        });
  }

  @Override
  public void stepBack(String mirror, String holder) {
    database.write(
        handle ->
            handle.execute(
                "update mirror set lease_owner = '' where mirror = ? and lease_owner = ?",
                mirror,
                holder));
  }

  @Override
  public Optional<String> link(String mirror, String feed) {
    return database.read(
        handle ->
            handle
                .createQuery("select link from mirror_feed where mirror = :mirror and feed = :feed")
                .bind("mirror", mirror)
                .bind("feed", feed)
                .mapTo(String.class)
                .findOne());
  }

  @Override
  public void keep(String mirror, String feed, String link) {
    database.write(
        handle ->
            handle.execute(
                "insert into mirror_feed (mirror, feed, link) values (?, ?, ?)"
                    + " on conflict (mirror, feed) do update set link = excluded.link",
                mirror,
                feed,
                link));
  }

  @Override
  public void forget(String mirror, String feed) {
    database.write(
        handle ->
            handle.execute("delete from mirror_feed where mirror = ? and feed = ?", mirror, feed));
  }

  @Override
  public void succeed(String mirror, long now) {
    database.write(
        handle ->
            handle.execute("update mirror set succeeded_ticks = ? where mirror = ?", now, mirror));
  }

  @Override
  public Optional<Long> succeeded(String mirror) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select succeeded_ticks from mirror where mirror = :mirror"
                        + " and succeeded_ticks is not null")
                .bind("mirror", mirror)
                .mapTo(Long.class)
                .findOne());
  }
}
