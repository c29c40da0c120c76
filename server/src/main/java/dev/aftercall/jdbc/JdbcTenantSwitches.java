package dev.aftercall.jdbc;

import dev.aftercall.change.Precondition;
import dev.aftercall.change.Versioned;
import dev.aftercall.ruling.Switches;
import dev.aftercall.ruling.TenantSwitches;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Tenants' switches in SQL. */
public final class JdbcTenantSwitches implements TenantSwitches {
  private final Database database;
  private final RuleChanges changes;

  /** Keeps them in that database. */
  public JdbcTenantSwitches(Database database) {
    this.database = database;
    this.changes = new RuleChanges(database);
  }

  @Override
  public Versioned<Switches> of(UUID tenant) {
    return database.read(handle -> of(handle, tenant));
  }

  private static Versioned<Switches> of(Handle handle, UUID tenant) {
    Set<UUID> exempt =
        handle
            .createQuery("select group_id from download_exempt_group where tenant_id = :tenant")
            .bind("tenant", tenant.toString())
            .mapTo(String.class)
            .stream()
            .map(UUID::fromString)
            .collect(Collectors.toSet());
    return handle
        .createQuery(
            "select participant_download, graph_transcript_access, attributed_transcripts, version"
                + " from tenant_setting where tenant_id = :tenant")
        .bind("tenant", tenant.toString())
        .map(
            (row, context) ->
                new Versioned<>(
                    new Switches(
                        row.getInt(1) != 0, exempt, row.getInt(2) != 0, row.getInt(3) != 0),
                    row.getLong(4)))
        .findOne()
        .orElseGet(() -> new Versioned<>(Switches.DEFAULT.withExemptGroups(exempt), 0));
  }

  @Override
  public Versioned<Switches> change(
      UUID tenant, Precondition precondition, UnaryOperator<Switches> change) {
    return changes.change(
        (handle, version) -> {
          Versioned<Switches> before = of(handle, tenant);
          precondition.check(OptionalLong.of(before.version()));
          Switches after = change.apply(before.value());
          save(handle, tenant, after, version);
          return new Versioned<>(after, version);
        });
  }

  private static void save(Handle handle, UUID tenant, Switches switches, long version) {
    handle.execute(
        "insert into tenant_setting (tenant_id, participant_download, graph_transcript_access,"
            + " attributed_transcripts, version) values (?, ?, ?, ?, ?)"
            + " on conflict (tenant_id) do update"
            + " set participant_download = excluded.participant_download,"
            + " graph_transcript_access = excluded.graph_transcript_access,"
            + " attributed_transcripts = excluded.attributed_transcripts,"
            + " version = excluded.version",
        tenant.toString(),
        switches.participantDownload() ? 1 : 0,
        switches.graphTranscriptAccess() ? 1 : 0,
        switches.attributedTranscripts() ? 1 : 0,
        version);
    handle.execute("delete from download_exempt_group where tenant_id = ?", tenant.toString());
    PreparedBatch exempt =
        handle.prepareBatch(
            "insert into download_exempt_group (tenant_id, group_id) values (?, ?)");
    switches.exemptGroups().forEach(group -> exempt.add(tenant.toString(), group.toString()));
    if (exempt.size() > 0) {
      exempt.execute();
    }
  }
}
