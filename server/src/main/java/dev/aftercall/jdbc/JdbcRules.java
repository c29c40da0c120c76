package dev.aftercall.jdbc;

import dev.aftercall.access.RuleBook;
import dev.aftercall.access.Rules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/**
 * The rules in force, read whole and kept in memory: deciding costs no SQL. {@link #refresh} looks
 * at a version number and reads anew only when it moved, whoever moved it, this process or another.
 */
public final class JdbcRules implements RuleBook {
  private final Database database;
  private volatile Snapshot snapshot;

  private record Snapshot(long version, Map<UUID, Rules> tenants) {}

  /** Reads the rules as they stand. */
  public JdbcRules(Database database) {
    this.database = database;
    this.snapshot = database.read(JdbcRules::load);
  }

  @Override
  public Rules of(UUID tenant) {
    return snapshot.tenants().getOrDefault(tenant, Rules.NONE);
  }

  /** Takes changes up; cheap when there are none. */
  public void refresh() {
    Snapshot now = snapshot;
    snapshot = database.read(handle -> version(handle) == now.version() ? now : load(handle));
  }

  private static long version(Handle handle) {
    return handle.createQuery("select version from rules_version").mapTo(Long.class).one();
  }

  private static Snapshot load(Handle handle) {
    // The version first: a change that slips in between is read now and again at the next look.
    long version = version(handle);
    Map<UUID, Draft> drafts = new HashMap<>();
    Function<RowView, Draft> draft = row -> drafts.computeIfAbsent(tenant(row), any -> new Draft());
    each(
        handle,
        "select tenant_id, name from access_policy",
        row ->
            draft.apply(row).policies.computeIfAbsent(text(row, "name"), any -> new HashSet<>()));
    each(
        handle,
        "select tenant_id, name, app_id from access_policy_app",
        row ->
            draft
                .apply(row)
                .policies
                .computeIfAbsent(text(row, "name"), any -> new HashSet<>())
                .add(text(row, "app_id")));
    each(
        handle,
        "select tenant_id, grantee_kind, grantee_id, name, group_rank from access_policy_grant"
            + " order by group_rank, grantee_id",
        row -> draft.apply(row).grant(row));
    each(
        handle,
        "select tenant_id, group_id, person_id from group_member",
        row ->
            draft
                .apply(row)
                .groups
                .computeIfAbsent(guid(row, "person_id"), any -> new HashSet<>())
                .add(guid(row, "group_id")));
    each(
        handle,
        "select tenant_id, thread_id, app_id, permission from chat_consent",
        row ->
            draft
                .apply(row)
                .consents
                .computeIfAbsent(text(row, "thread_id"), any -> new HashSet<>())
                .add(new Rules.Consent(text(row, "app_id"), text(row, "permission"))));
    each(
        handle,
        "select tenant_id, participant_download from tenant_setting",
        row ->
            draft.apply(row).participants =
                row.getColumn("participant_download", Integer.class) != 0);
    each(
        handle,
        "select tenant_id, group_id from download_exempt_group",
        row -> draft.apply(row).exempt.add(guid(row, "group_id")));
    Map<UUID, Rules> tenants = new HashMap<>();
    drafts.forEach((tenant, rules) -> tenants.put(tenant, rules.finished()));
    return new Snapshot(version, Map.copyOf(tenants));
  }

  private static void each(Handle handle, String sql, java.util.function.Consumer<RowView> use) {
    handle
        .createQuery(sql)
        .reduceRows(
            0,
            (count, row) -> {
              use.accept(row);
              return count + 1;
            });
  }

  private static UUID tenant(RowView row) {
    return guid(row, "tenant_id");
  }

  private static UUID guid(RowView row, String column) {
    return UUID.fromString(text(row, column));
  }

  private static String text(RowView row, String column) {
    return row.getColumn(column, String.class);
  }

  private static final class Draft {
    private final Map<String, Set<String>> policies = new HashMap<>();
    private final Map<UUID, String> userGrants = new HashMap<>();
    private final List<Rules.GroupGrant> groupGrants = new ArrayList<>();
    private Optional<String> globalGrant = Optional.empty();
    private final Map<UUID, Set<UUID>> groups = new HashMap<>();
    private final Map<String, Set<Rules.Consent>> consents = new HashMap<>();
    private boolean participants;
    private final Set<UUID> exempt = new HashSet<>();

    void grant(RowView row) {
      String policy = text(row, "name");
      switch (text(row, "grantee_kind")) {
        case "user" -> userGrants.put(guid(row, "grantee_id"), policy);
        case "group" ->
            groupGrants.add(
                new Rules.GroupGrant(
                    guid(row, "grantee_id"), row.getColumn("group_rank", Integer.class), policy));
        default -> globalGrant = Optional.of(policy);
      }
    }

    Rules finished() {
      return new Rules(
          policies,
          userGrants,
          groupGrants,
          globalGrant,
          groups,
          consents,
          new Rules.Download(participants, exempt));
    }
  }
}
