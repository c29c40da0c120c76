package dev.aftercall.jdbc;

import dev.aftercall.journal.Chain;
import dev.aftercall.journal.Written;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.api.migration.Context;

/**
 * Version 7 of the schema: the journal's chains, and the ledger of metering. In Java because SQL
 * cannot make the hashes that the entries of earlier versions get; those are chained in the order
 * of their times.
 */
final class JournalColumns extends MigrationInJava {
  static final String VERSION = "7";

  private static final int BATCH = 1_000;

  private static final String CHAIN =
      """
      alter table journal add column seq bigint;
      alter table journal add column hash text not null default '';
      alter table journal add column ranges text not null default '';
      alter table journal add column minutes bigint not null default 0;
      create table journal_chain (
        tenant_id text   not null primary key,
        seq       bigint not null,
        hash      text   not null
      );
      create table journal_archive (
        tenant_id   text   not null,
        from_seq    bigint not null,
        to_seq      bigint not null,
        from_hash   text   not null,
        to_hash     text   not null,
        month       text   not null,
        entries     bigint not null,
        file        text   not null,
        sha256      text   not null,
        primary key (tenant_id, from_seq)
      );
      create table content_session (
        session_id  text    not null primary key,
        tenant_id   text    not null,
        artifact_id text    not null,
        action      text    not null,
        caller_id   text    not null,
        app_id      text    not null,
        rule        text    not null,
        first_ticks bigint  not null,
        last_ticks  bigint  not null,
        decisions   bigint  not null,
        ends        bigint  not null,
        redirects   bigint  not null,
        bytes_sent  bigint  not null,
        ranges      text    not null,
        minutes     bigint  not null
      );
      create index content_session_by_artifact
        on content_session (tenant_id, artifact_id, first_ticks, session_id);
      create index content_session_by_caller
        on content_session (tenant_id, artifact_id, caller_id, app_id, action, last_ticks)
      """;

  /** Made last: filling the columns is quicker without. */
  private static final String INDEXES =
      """
      drop index journal_by_time;
      create unique index journal_by_seq on journal (tenant_id, seq);
      create index journal_by_time on journal (tenant_id, at_ticks, seq);
      create index journal_by_caller on journal (tenant_id, caller_id, at_ticks, seq);
      create index journal_by_app on journal (tenant_id, app_id, at_ticks, seq);
      create index journal_by_target on journal (tenant_id, target_id, at_ticks, seq);
      create index journal_by_request on journal (tenant_id, request_id);
      create index journal_of_refusals on journal (tenant_id, at_ticks, seq) where allowed = 0
      """;

  /** A price is in millionths of a dollar a minute; a month is {@code 2024-05}, in UTC. */
  private static final String METERING =
      """
      create table application (
        tenant_id     text   not null,
        app_id        text   not null,
        metering_plan text   not null,
        version       bigint not null,
        primary key (tenant_id, app_id)
      );
      create table metering_session (
        tenant_id   text    not null,
        app_id      text    not null,
        caller_id   text    not null,
        artifact_id text    not null,
        form        text    not null,
        ordinal     bigint  not null,
        meter       text    not null,
        month       text    not null,
        minutes     bigint  not null,
        plan        text    not null,
        unit_price  bigint  not null,
        began_ticks bigint  not null,
        until_ticks bigint  not null,
        confirmed   integer not null,
        primary key (tenant_id, app_id, caller_id, artifact_id, form, ordinal)
      );
      create index metering_session_by_month
        on metering_session (tenant_id, month, app_id, meter);
      create table metering_month (
        tenant_id  text   not null,
        month      text   not null,
        app_id     text   not null,
        meter      text   not null,
        retrievals bigint not null,
        minutes    bigint not null,
        amount     bigint not null,
        primary key (tenant_id, month, app_id, meter)
      )
      """;

  JournalColumns() {
    super(VERSION, "journal chains and metering");
  }

  @Override
  public void migrate(Context context) throws SQLException {
    Connection connection = context.getConnection();
    run(connection, CHAIN);
    for (UUID tenant : tenants(connection)) {
      chain(connection, tenant);
    }
    run(connection, INDEXES);
    run(connection, METERING);
  }

  private static List<UUID> tenants(Connection connection) throws SQLException {
    List<UUID> tenants = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select distinct tenant_id from journal")) {
      while (rows.next()) {
        tenants.add(UUID.fromString(rows.getString(1)));
      }
    }
    return tenants;
  }

  /** Goes through a tenant's entries by their time, so that memory does not grow with them. */
  private static void chain(Connection connection, UUID tenant) throws SQLException {
    Chain chain = Chain.START;
    long time = Long.MIN_VALUE;
    String id = "";
    try (PreparedStatement read =
            connection.prepareStatement(
                "select "
                    + JournalRows.COLUMNS
                    + " from journal where tenant_id = ? and (at_ticks, entry_id) > (?, ?)"
                    + " order by at_ticks, entry_id limit "
                    + BATCH);
        PreparedStatement write =
            connection.prepareStatement("update journal set seq = ?, hash = ? where entry_id = ?");
        PreparedStatement head =
            connection.prepareStatement(
                "insert into journal_chain (tenant_id, seq, hash) values (?, ?, ?)")) {
      read.setString(1, tenant.toString());
      int found = BATCH;
      while (found == BATCH) {
        read.setLong(2, time);
        read.setString(3, id);
        List<Written> page = new ArrayList<>();
        try (ResultSet row = read.executeQuery()) {
          while (row.next()) {
            page.add(JournalRows.written(row, tenant));
          }
        }
        for (Written written : page) {
          Chain.Link link = chain.next(written);
          write.setLong(1, link.sequence());
          write.setString(2, link.hash());
          write.setString(3, written.id());
          write.addBatch();
          chain = link.end();
          time = written.entry().at();
          id = written.id();
        }
        write.executeBatch();
        found = page.size();
      }
      head.setString(1, tenant.toString());
      head.setLong(2, chain.sequence());
      head.setString(3, chain.hash());
      head.executeUpdate();
    }
  }
}
